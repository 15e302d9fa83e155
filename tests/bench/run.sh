#!/usr/bin/env bash
# Measures ingest as a whole process, the kernels in process, and requests (requests.sh), on made-up trips.
#   bash tests/bench/run.sh [TRIPS] [FOLDER]     (default: 5,000,000 trips in a temporary folder)
set -euo pipefail
trips=${1:-5000000}
folder=${2:-$(mktemp -d)}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/setup.sh test >/dev/null
dpkg-query -W libbenchmark-dev >/dev/null 2>&1 || { echo "install libbenchmark-dev first" >&2; exit 1; }

cmake --preset bench -DTESSERA_TESTS=OFF >/dev/null
cmake --build build-bench --target tessera tessera_bench -j "$(nproc)" | tail -n 1
mkdir -p "$folder"
csv=$folder/yellow.csv
[[ -s $csv ]] || build-bench/tessera generate trips --format yellow --trips "$trips" --seed 3 --dirty 0.01 --output "$csv"
cat "$csv" >/dev/null  # warm

echo "== ingest: CSV to a finished, synced store, whole process; five times each, in turn"
for _ in 1 2 3 4 5; do
    for shape in '1 1' '1 2' '2 1'; do
        read -r ranks threads <<<"$shape"
        printf '%s rank x %s thread: ' "$ranks" "$threads"
        mpirun -n "$ranks" --bind-to none build-bench/tessera ingest "$csv" --store "$folder/yellow.h5" --overwrite \
            --threads "$threads" 2>&1 >/dev/null | tail -n 1
    done
done

for count in 1000000 "$trips"; do
    echo "== kernels in process, store open, $count trips"
    store=$folder/$count.h5
    build-bench/tessera generate trips --format yellow --trips "$count" --seed 3 --output "$folder/part.csv"
    build-bench/tessera ingest "$folder/part.csv" --store "$store" --overwrite >/dev/null 2>&1
    rm "$folder/part.csv"
    for threads in 1 2; do
        echo "-- $threads thread"
        OMP_NUM_THREADS=$threads TESSERA_BENCH_STORE=$store build-bench/tessera_bench --benchmark_min_time=0.5
    done
done

bash tests/bench/requests.sh "$trips" "$folder"
