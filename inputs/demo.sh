#!/usr/bin/env bash
# From nothing to answers on Debian 12: installs what is missing, builds, takes or makes trips, asks the main questions
# on two ranks, and leaves the results in outputs/.
#   bash inputs/demo.sh                   on made-up trips
#   bash inputs/demo.sh FILE|FOLDER...    on your own: yellow, green or Uber, .csv or .csv.gz
set -euo pipefail

# Paths in the arguments mean what they meant where the script was called.
inputs=()
for input in "$@"; do
    case $input in -h | --help) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;; esac
    [[ -e $input ]] || { echo "demo: $input: no such file or folder" >&2; exit 1; }
    inputs+=("$(realpath -- "$input")")
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds_at_start=$SECONDS

say() { printf '\n== %s\n' "$*"; }
# Shows a command, then runs it.
show() {
    printf '$ %s\n' "$*"
    "$@"
}

say 'Packages'
source tests/setup.sh build

say 'Build (build/tessera); the first time takes some minutes: tail -f build/build.log shows how far it is'
mkdir -p build
# quietly LOG COMMAND...: the output goes to a log, which is shown if the command fails.
quietly() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 || { cat "$log"; echo "demo: this failed: $*" >&2; exit 1; }
}
[[ -f build/build.ninja ]] || quietly build/configure.log cmake --preset default
quietly build/build.log cmake --build build --target tessera -j "$(nproc)"
tail -n 1 build/build.log

run=(mpirun -n 2 --oversubscribe --bind-to none build/tessera)
empire_state=-73.9857,40.7484

if ((${#inputs[@]} == 0)); then
    say 'Input: 300,000 made-up trips of each publisher, one in a hundred dirty'
    mkdir -p outputs/made-up
    seed=0
    for format in yellow green uber; do
        seed=$((seed + 1))
        file=outputs/made-up/$format.csv
        [[ -s $file ]] || show build/tessera generate trips --format "$format" --trips 300000 --seed $seed --dirty 0.01 --output "$file"
    done
    inputs=(outputs/made-up)
fi

say 'Ingest: read, clean, tile, store'
show "${run[@]}" ingest "${inputs[@]}" --store outputs/trips.h5 --overwrite \
    --ledger outputs/ledger.json --rejects outputs/rejects.csv

say 'What is in the store, and how would eight ranks share it?'
show "${run[@]}" info outputs/trips.h5 --plan 8 --output outputs/info.txt
cat outputs/info.txt

say 'How many rides, for how much, how long, hour by hour?'
show "${run[@]}" aggregate outputs/trips.h5 --by source,hour --measure trips,mean:fare,p50:duration --output outputs/hours.csv
head -n 6 outputs/hours.csv

# The first day of the store is a day that it has, whatever was taken in.
day=$(sed -n 's/^pick-ups  *\([0-9-]*\)T.*/\1/p' outputs/info.txt)
[[ -n $day ]] || { echo "demo: no trip was kept; the ledger above tells why" >&2; exit 1; }
say "Which rides started around the Empire State Building on $day from 8 to 9 in the morning?"
show "${run[@]}" range outputs/trips.h5 --box -73.99,40.745,-73.98,40.752 --from "${day}T08:00" --to "${day}T09:00" --output outputs/morning.csv
head -n 4 outputs/morning.csv

say 'Which rides started nearest to it?'
show "${run[@]}" nearest outputs/trips.h5 --at "$empire_state" --k 10 --format geojson --output outputs/nearest.geojson
show "${run[@]}" nearest outputs/trips.h5 --at "$empire_state" --k 3

say 'A hundred mixed requests about where and when these trips are, answered together'
show build/tessera generate requests --count 100 --seed 1 --store outputs/trips.h5 --output outputs/requests.jsonl
show "${run[@]}" answer outputs/trips.h5 --requests outputs/requests.jsonl --output outputs/answers.jsonl --latency outputs/latency.csv
head -n 3 outputs/answers.jsonl | cut -c 1-160

say 'The trips again as a live feed, hour by hour, as fast as it goes'
show "${run[@]}" replay outputs/trips.h5 --speed 0 --every 1h --output outputs/replay.jsonl
head -n 3 outputs/replay.jsonl | cut -c 1-160

say 'A picture of all pick-ups'
show "${run[@]}" heatmap outputs/trips.h5 --output outputs/pickups.png

say "Done in $((SECONDS - seconds_at_start)) s. Written:"
# shellcheck disable=SC2012  # names are ours
ls -l outputs | awk 'NR > 1 && $9 != "README.md" {printf "  %11s  outputs/%s\n", $5, $9}'
cat <<'TEXT'

Try next:
  look at outputs/pickups.png, or at all of it in a browser:
  build/tessera serve outputs/trips.h5      # http://127.0.0.1:8080/
  build/tessera aggregate outputs/trips.h5 --by hour,weekday --measure trips,p90:duration
  build/tessera range outputs/trips.h5 --box -73.80,40.63,-73.76,40.66 --on dropoff --count
  build/tessera replay outputs/trips.h5 --speed 3600 --every 15m | cut -c 1-120      # an hour a second
  h5dump -d /trips/pickup_time -c 5 outputs/trips.h5      # the store is plain HDF5
  bash inputs/demo.sh YOUR-FILES.csv
TEXT
