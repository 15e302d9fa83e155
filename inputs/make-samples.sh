#!/usr/bin/env bash
# Makes again what is shipped: samples/, 200 made-up rows in every publisher's byte layout, one row in ten dirty; and
# requests-100.jsonl, a mixed list of 100 requests about the city and the month that made-up trips are of.
#   bash inputs/make-samples.sh [FOLDER]     (default: inputs)
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$top/inputs}
tessera=${TESSERA:-$top/build/tessera}
mkdir -p "$folder/samples"

make_sample() { # FORMAT LAYOUT OPTIONS...
    local format=$1 layout=$2
    shift 2
    "$tessera" generate trips --format "$format" --layout "$layout" --trips 200 --seed 2014 --dirty 0.1 "$@" \
        --output "$folder/samples/$format-$layout.csv"
}

for layout in 2009 2010 2011 2014 2015 2015-07 socrata-2014; do make_sample yellow "$layout"; done
for layout in 2013 2014 2015 2015-07 2016 socrata-2013 socrata-2014 socrata-2014-display; do make_sample green "$layout"; done
for layout in 2014 mixed; do make_sample uber "$layout"; done
make_sample yellow 2016 --no-final-newline
make_sample uber excel --byte-order-mark

"$tessera" generate requests --count 100 --seed 1 --output "$folder/requests-100.jsonl"
