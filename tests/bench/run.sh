#!/usr/bin/env bash
# We and the peers, side by side: the table of tests/bench/RESULTS.md.
#   bash tests/bench/run.sh [OPTION...] [SECTION...]     (default: all sections; see tests/bench/sections)
#   --folder F          where data, the peers and the figures are kept (default: tessera-bench in the temporary folder)
#   --trips N           yellow trips of all but ingest (default: 5,000,000)
#   --ingest-trips N    yellow trips that are ingested (default: 20,000,000, 3.4 GB)
#   --rounds N          turns of each (default: 5)
#   --under COMMAND     what all that is measured runs under, as in 'taskset -c 0,1'
# Sections may be run one at a time: figures stay in the folder, and the table is made of all that are there.
set -euo pipefail
bench_folder=${TMPDIR:-/tmp}/tessera-bench
trips=5000000 ingest_trips=20000000 rounds=5 under=
all_sections=(nearest dropoff windows range loops ready memory cold requests sedona ingest gzip polars micro serve)

while [[ ${1:-} == --* ]]; do
    case $1 in
        --folder) bench_folder=$2 ;;
        --trips) trips=$2 ;;
        --ingest-trips) ingest_trips=$2 ;;
        --rounds) rounds=$2 ;;
        --under) under=$2 ;;
        --help)
            sed -n '2,10s/^# \{0,1\}//p' "$0"
            exit 0
            ;;
        *)
            echo "run.sh: what is $1? See --help" >&2
            exit 2
            ;;
    esac
    shift 2
done
mkdir -p "$bench_folder"
bench_folder=$(cd "$bench_folder" && pwd)
sections=("$@")
((${#sections[@]})) || sections=("${all_sections[@]}")

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/setup.sh build >/dev/null
source tests/bench/common.sh
source tests/bench/data.sh
source tests/bench/postgis.sh
source tests/bench/setup_peers.sh

cmake --preset bench -DTESSERA_TESTS=OFF >"$bench_folder/configure.log"
cmake --build build-bench --target tessera tessera_bench tessera_mpi_bench tessera_peer_programs -j "$(nproc)" | tail -n 1
for section in "${sections[@]}"; do
    [[ -e $bench/sections/$section.sh ]] || { echo "run.sh: there is no section $section" >&2; exit 2; }
done
for section in "${sections[@]}"; do
    echo "== $section: $(sed -n '1s/^# //p' "$bench/sections/$section.sh")"
    # Shells of their own: a section that fails leaves the others alone.
    if ! (source "$bench/sections/$section.sh"); then echo "== $section failed" >&2; fi
done
"$python" tests/bench/table/results.py "$bench_folder" "$bench/RESULTS.md"
