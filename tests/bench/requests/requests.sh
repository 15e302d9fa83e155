#!/usr/bin/env bash
# Measures `answer` and `replay` as whole processes, on made-up trips and, where they are, on real ones.
#   bash tests/bench/requests.sh [TRIPS] [FOLDER]     (default: 5,000,000 trips in a temporary folder)
set -euo pipefail
trips=${1:-5000000}
folder=${2:-$(mktemp -d)}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/setup.sh build >/dev/null

cmake --preset bench -DTESSERA_TESTS=OFF >/dev/null
cmake --build build-bench --target tessera -j "$(nproc)" | tail -n 1
tessera=$PWD/build-bench/tessera

# measure NAME INPUT: a store of the input, requests about it, figures
measure() {
    local here=$folder/$1
    mkdir -p "$here"
    [[ -s $here/trips.h5 ]] || "$tessera" ingest "$2" --store "$here/trips.h5" 2>&1 >/dev/null | tail -n 1
    "$tessera" generate requests --count 100 --store "$here/trips.h5" --output "$here/mixed.jsonl"
    "$tessera" generate requests --count 200000 --mix 1,0,0 --window hour --k 10 --store "$here/trips.h5" \
        --output "$here/nearest.jsonl"
    python3 tests/bench/requests.py "$tessera" "$here/trips.h5" "$here"
}

echo "== requests about $trips made-up yellow trips"
mkdir -p "$folder"
csv=$folder/requests-$trips.csv
[[ -s $csv ]] || "$tessera" generate trips --format yellow --trips "$trips" --seed 3 --output "$csv"
measure "made-up-$trips" "$csv"

for real in ../shared/data/uber/uber-raw-data-may14.csv*; do
    [[ -s $real ]] || continue
    echo "== requests about ${real##*/}"
    measure uber "$real"
    break
done
