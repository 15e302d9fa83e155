#!/usr/bin/env bash
# How cost grows with the trips: 1 to 32 million made-up yellow ones, each size in turn, five times.
#   bash tests/bench/growth/run.sh [--sizes "1 2 4 8 16 32"] [--repeats 5] [--folder FOLDER]
# Sizes are millions of trips (32 take 5.5 GB of CSV and as much of stores, and some 40 minutes). FOLDER keeps the data,
# and gets growth.jsonl (a line a measurement), growth.md (the table) and growth.png (the plot).
set -euo pipefail
sizes="1 2 4 8 16 32" repeats=5 folder=""
while (($# > 0)); do
    case $1 in
        --sizes) sizes=$2 ;;
        --repeats) repeats=$2 ;;
        --folder) folder=$2 ;;
        *) echo "usage: run.sh [--sizes \"1 2 4\"] [--repeats N] [--folder FOLDER]" >&2; exit 2 ;;
    esac
    shift 2
done
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
source tests/setup.sh build >/dev/null
folder=${folder:-$(mktemp -d)}
mkdir -p "$folder"

cmake --preset bench -DTESSERA_TESTS=OFF >/dev/null
cmake --build build-bench --target tessera tessera_nearest_growth -j "$(nproc)" | tail -n 1

# Files of a million trips each: a larger size has all files of a smaller one, and takes no disk of its own.
largest=$(tr ' ' '\n' <<<"$sizes" | sort -n | tail -n 1)
for ((part = 1; part <= largest; ++part)); do
    csv=$(printf '%s/part-%02d.csv' "$folder" "$part")
    [[ -s $csv ]] && continue
    build-bench/tessera generate trips --format yellow --trips 1000000 --seed "$part" --output "$csv.new"
    mv "$csv.new" "$csv"
done
[[ -s $folder/start.h5 ]] || {
    build-bench/tessera generate trips --format yellow --trips 1000 --seed 1 --output "$folder/start.csv"
    build-bench/tessera ingest "$folder/start.csv" --store "$folder/start.h5" >/dev/null 2>&1
}

# shellcheck disable=SC2086  # sizes are words
python3 -B tests/bench/growth/measure.py build-bench "$folder" "$repeats" $sizes
python3 -B tests/bench/growth/table.py "$folder/growth.jsonl" | tee "$folder/growth.md"
for python in python3 /usr/bin/python3; do
    "$python" -c 'import matplotlib' 2>/dev/null && break
done
"$python" -B tests/bench/growth/plot.py "$folder/growth.jsonl" "$folder/growth.png"
