#!/usr/bin/env bash
# Fuzzes: with Clang's libFuzzer, from the saved corpus on, for as long as one likes.
#   bash tests/fuzz/run.sh                     each target for a minute
#   bash tests/fuzz/run.sh TARGET [SECONDS]    one: csv, fields, gzip, requests, http, options or store
#   bash tests/fuzz/run.sh --built PROGRAM TARGET SECONDS     one that is built already (as CTest does)
# FUZZ_SEED=N repeats a run's choices; FUZZ_KEEP=1 adds inputs that reach new code to the corpus, minimised.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
targets=(csv fields gzip requests http options store)

run_one() { # PROGRAM TARGET SECONDS
    local program=$1 target=$2 seconds=$3 folder log status=0 seed=${FUZZ_SEED:-}
    local corpus=$here/corpus/$target
    [[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "run.sh: '$seconds' is no number of seconds" >&2; return 2; }
    [[ -n $seed ]] || seed=$((RANDOM * 32768 + RANDOM + 1))
    folder=$(dirname "$program")/found/$target
    mkdir -p "$folder/new"
    log=$folder/log
    echo "fuzz $target: $seconds s, seed $seed (FUZZ_SEED)"
    # One thread: what is found can be repeated, and two targets share two cores. MPI leaves memory behind at its end.
    local leaks=1
    [[ $target != store ]] || leaks=0
    rm -rf "$folder/new" && mkdir "$folder/new"
    # The limit is for what hangs: libFuzzer ends by itself, but for an input that it is in.
    OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} ASAN_OPTIONS=detect_leaks=$leaks:${ASAN_OPTIONS:-} UBSAN_OPTIONS=print_stacktrace=1 \
        timeout -k 10 $((seconds + 200)) \
        "$program" -seed="$seed" -max_total_time="$seconds" -max_len=4096 -timeout=60 -rss_limit_mb=3000 \
        -dict="$here/words/$target.dict" -artifact_prefix="$folder/" -print_final_stats=1 \
        "$folder/new" "$corpus" >"$log" 2>&1 || status=$?
    if ((status != 0)); then
        grep -vE '^#[0-9]+' "$log" | tail -n 60 >&2 || true
        echo "fuzz $target FAILED (seed $seed; the whole log: $log)" >&2
        local input
        input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
        [[ -z $input ]] || echo "to repeat: $program $input" >&2
        return 1
    fi
    local runs reached
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(grep -oE 'cov: [0-9]+ ft: [0-9]+' "$log" | tail -n 1)
    echo "fuzz $target: $runs executions, $reached (code edges, features), $(find "$folder/new" -type f | wc -l) new inputs; no fault"
    ((runs > 50)) || { echo "fuzz $target: only $runs executions: it tries next to nothing" >&2; return 1; }
    if [[ ${FUZZ_KEEP:-} == 1 ]]; then
        "$program" -merge=1 -max_len=1000 "$corpus" "$folder/new" >>"$log" 2>&1
        echo "kept in $corpus: $(find "$corpus" -type f | wc -l) inputs"
    fi
}

if [[ ${1:-} == --built ]]; then
    run_one "$2" "$3" "$4"
    exit
fi
if (($# > 0)); then
    [[ " ${targets[*]} " == *" $1 "* ]] || { echo "run.sh: '$1' is no target; there are ${targets[*]}" >&2; exit 2; }
    targets=("$1")
fi
command -v clang++ >/dev/null || { echo "run.sh: there is no clang++; see bash tests/setup.sh test" >&2; exit 1; }
# shellcheck source=tests/setup.sh
source "$here/../setup.sh" test >/dev/null
cd "$here/../.."
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -j "$(nproc)" --target "${targets[@]/#/fuzz_}" | tail -n 3
for target in "${targets[@]}"; do
    run_one "build-fuzz/tests/fuzz/fuzz_$target" "$target" "${2:-60}"
done
