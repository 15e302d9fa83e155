#!/usr/bin/env bash
# Sets up, builds and runs every test; stops at the first failure. The last lines are what was skipped, and why, how many
# faults were survived, and "N passed, N failed".
#   bash tests/run.sh             the default, sanitize, tsan and fuzz presets
#   bash tests/run.sh --quick     the default preset only
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

quick=no
case ${1:-} in
    '') ;;
    --quick) quick=yes ;;
    *)
        echo "run.sh: '$1' is no option of it; there is --quick" >&2
        exit 2
        ;;
esac

cores=$(nproc)
log_folder=build/test-logs
passed=0
failed=0
table=()
ctest_logs=()
notes=()

# The summary that CTest ends with: "98% tests passed, 1 tests failed out of 50".
count_tests() {
    local summary bad all
    summary=$(grep -E '^[0-9]+% tests passed, [0-9]+ tests? failed out of [0-9]+' "$1" | tail -n 1 || true)
    if [[ $summary =~ ,\ ([0-9]+)\ tests?\ failed\ out\ of\ ([0-9]+) ]]; then
        bad=${BASH_REMATCH[1]}
        all=${BASH_REMATCH[2]}
        passed=$((passed + all - bad))
        failed=$((failed + bad))
    fi
}

finish() {
    printf '\n%-34s %8s\n' step seconds
    printf '%s\n' "${table[@]}"
    printf '%-34s %8d\n\n' total "$SECONDS"
    ((${#ctest_logs[@]} == 0)) || awk -f tests/skipped.awk "${ctest_logs[@]}" || true
    ((${#notes[@]} == 0)) || printf '%s\n' "${notes[@]}"
    # of the fault suite, whose last table has all of it
    ((${#ctest_logs[@]} == 0)) || grep -ah '^faults tried ' "${ctest_logs[@]}" | tail -n 1 || true
    echo "$passed passed, $failed failed"
    ((failed == 0))
}

# step NAME COMMAND...: runs it with its output in a log, which is shown when it fails.
step() {
    local name=$1 start=$SECONDS status=0 log before=$failed
    shift
    log=$log_folder/${name//, /-}.log
    printf '%-34s ' "$name"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    count_tests "$log"
    table+=("$(printf '%-34s %8d' "$name" $((SECONDS - start)))")
    if ((status == 0)); then
        echo "done in $((SECONDS - start)) s"
        return 0
    fi
    echo "FAILED after $((SECONDS - start)) s"
    # A step that fails without a failed test (a build, a check) counts as one.
    ((failed > before)) || failed=$((failed + 1))
    # all but what went well, of CTest and of Ninja
    grep -vE '^ *(Start +[0-9]+:|[0-9]+/[0-9]+ Test .* Passed |\[[0-9]+/[0-9]+\] )' "$log" | tail -n 150 || true
    echo "(the whole log: $log)"
    finish
    exit 1
}

check_format() {
    find include src tests -name '*.hpp' -print0 -o -name '*.cpp' -print0 |
        xargs -0 -n 8 -P "$cores" clang-format --dry-run --Werror
}
build() { # PRESET TARGETS...
    local preset=$1 options=()
    shift
    # The bench is built, and run for a moment, so that a change of an interface does not break it unseen.
    [[ $preset != default ]] || options=(-DTESSERA_BENCH=ON)
    cmake --preset "$preset" "${options[@]}"
    cmake --build --preset "$preset" -j "$cores" ${1:+--target "$@"}
}
run_tests() { # PRESET OPTIONS...
    local preset=$1 status=0 log=build-$1/Testing/Temporary/LastTest.log
    shift
    [[ $preset != default ]] || log=build/Testing/Temporary/LastTest.log
    ctest --preset "$preset" -j "$cores" --no-tests=error "$@" || status=$?
    [[ ! -f $log ]] || ctest_logs+=("$log")
    return $status
}

# Many tests of the default build wait rather than compute (for mpirun, brokers, containers): what they leave over of the processors
# goes to the builds of the later steps. These run one after the other, and idle: whatever a test wants, it gets first.
behind=
build_behind() { # COMMANDS...: each of them "PRESET TARGETS..."
    local gentle=() words
    ! chrt --idle 0 true 2>/dev/null || gentle=(chrt --idle --pid 0)
    rm -f "$log_folder"/behind-*
    set -m  # a group of their own, to be ended as one
    (
        set +e
        renice -n 19 "$BASHPID" >/dev/null
        ((${#gentle[@]} == 0)) || "${gentle[@]}" "$BASHPID"
        for words in "$@"; do
            read -ra words <<<"$words"
            start=$SECONDS
            (set -e; build "${words[@]}") >"$log_folder/behind-${words[0]}.log" 2>&1
            echo "$? $((SECONDS - start))" >"$log_folder/behind-${words[0]}.new"
            mv "$log_folder/behind-${words[0]}.new" "$log_folder/behind-${words[0]}.status"
        done
    ) </dev/null >/dev/null 2>&1 &
    behind=$!
    set +m
    trap 'kill -- "-$behind" 2>/dev/null || true' EXIT
}
await_build() { # PRESET
    local file=$log_folder/behind-$1 status=1 seconds=0
    while [[ ! -f $file.status ]] && kill -0 "$behind" 2>/dev/null; do sleep 1; done
    [[ ! -f $file.log ]] || cat "$file.log"
    if [[ -f $file.status ]]; then
        read -r status seconds <"$file.status"
        echo "built in $seconds s, behind other steps"
    else
        echo 'the builds behind other steps were ended'
    fi
    return "$status"
}

# What is installed is worth seeing, so that this step has no log. Slurm, several hosts and containers need root to run:
# for others their packages would be of no use.
level="test"
((EUID != 0)) || level="cluster"
bash tests/setup.sh "$level"
source tests/setup.sh "$level" >/dev/null
table+=("$(printf '%-34s %8d' 'set-up' "$SECONDS")")
mkdir -p "$log_folder"

step 'build, default' build default
step 'format' check_format
# has_runtime NAME: whether Clang is there, and its library of that name.
has_runtime() { command -v clang++ >/dev/null && [[ -f $(clang++ -print-file-name="libclang_rt.$1-$(uname -m).a") ]]; }
if [[ $quick == no ]]; then
    # What the debug preset has, sanitize has too.
    later=('sanitize tessera_local_tests tessera_mpi_tests tessera')
    ! has_runtime tsan || later+=('tsan tessera_thread_tests tessera')
    ! has_runtime fuzzer || later+=('fuzz tessera_fuzz_targets')
    build_behind "${later[@]}"
fi
step 'tests, default' run_tests default
# Where Python has no h5py the pipeline tests are left out: that must not pass for success.
ctest --preset default -N -L pipeline | grep -q 'Total Tests: 0' && { echo 'run.sh: there are no pipeline tests (python3-h5py is missing)' >&2; exit 1; }
if [[ $quick == no ]]; then
    # Of these builds a step shows only what was left to wait for; the end of its log says how long all of it took.
    step 'build, sanitize' await_build sanitize
    step 'tests, sanitize' run_tests sanitize
    if has_runtime tsan; then
        step 'build, tsan' await_build tsan
        step 'tests, tsan' run_tests tsan
    else
        notes+=('skipped: tsan: there is no clang++ with ThreadSanitizer; bash tests/setup.sh test installs it')
    fi
    if has_runtime fuzzer; then
        step 'build, fuzz' await_build fuzz
        step 'fuzz' run_tests fuzz
        grep -hE '^fuzz [a-z]+: .*executions' build-fuzz/Testing/Temporary/LastTest.log || true
    else
        notes+=('skipped: fuzz: there is no clang++ with libFuzzer; bash tests/setup.sh test installs it')
    fi
fi
finish
