#!/usr/bin/env bash
# Runs the MPI tests at 2 ranks under valgrind's memcheck, which sees what AddressSanitizer does not: the use of bytes
# that nobody has written. By hand; not part of run.sh. Ranks talk through sockets here, not through shared memory, so
# that memcheck looks at each byte that is sent. Leaks are looked for by the sanitize preset.
#   bash tests/valgrind.sh             all of them, built by the debug preset
#   bash tests/valgrind.sh store       those whose name matches
#   TESSERA_BUILD=FOLDER bash tests/valgrind.sh     those of a build that is there
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in
    -h | --help)
        sed -n '2,8s/^# \{0,1\}//p' tests/valgrind.sh
        exit 0
        ;;
esac
pattern=${1:-.}
command -v valgrind >/dev/null || {
    echo "valgrind.sh: there is no valgrind; as root: apt-get install valgrind" >&2
    exit 1
}
source tests/setup.sh test
build=${TESSERA_BUILD:-}
if [[ -z $build ]]; then
    build="build-debug"
    cmake --preset debug >/dev/null
    cmake --build --preset debug -j "$(nproc)" --target tessera_mpi_tests
fi
logs=$build/valgrind-logs${1:+-of-a-part}
rm -rf "$logs" && mkdir -p "$logs"

export OMP_NUM_THREADS=1 TESSERA_TEST_PATIENCE=1000
export OMPI_MCA_btl=self,tcp OMPI_MCA_btl_tcp_if_include=lo
checked=(valgrind -q --leak-check=no --track-origins=yes --num-callers=30 --suppressions="$PWD/tests/sanitizers/valgrind.supp")
# Debian's Open MPI brings its own.
[[ ! -f /usr/share/openmpi/openmpi-valgrind.supp ]] || checked+=(--suppressions=/usr/share/openmpi/openmpi-valgrind.supp)

# What memcheck found, but for gaps in the headers that Open MPI puts before messages: those bytes come from its own list
# of buffers, whereas bytes of ours that nobody wrote come from where we have made them.
show_findings() {
    awk -v RS='==[0-9]+== \n' '/==[0-9]+==    at / && !/created by a heap allocation\n[^\n]*malloc[^\n]*\n[^\n]*opal_free_list_grow_st/' "$@"
}

passed=0
failed=0
while read -r name program; do
    start=$SECONDS
    log=$logs/$name.log
    printf '%-32s ' "$name"
    status=0
    timeout 3600 mpirun -n 2 --oversubscribe --bind-to none "${checked[@]}" --log-file="$logs/$name.%p.memcheck" "$program" \
        >"$log" 2>&1 </dev/null || status=$?
    # It leaves without MPI_Finalize, which to mpirun is a failure (see full_disk_test.cpp).
    ! grep -q 'every full disk was an error and no more' "$log" || status=0
    findings=$(show_findings "$logs/$name".*.memcheck)
    if ((status == 0)) && [[ -z $findings ]]; then
        passed=$((passed + 1))
        echo "passed after $((SECONDS - start)) s"
    else
        failed=$((failed + 1))
        echo "FAILED after $((SECONDS - start)) s, exit code $status ($log)"
        ((status == 0)) || tail -n 20 "$log"
        head -n 60 <<<"$findings"
    fi
done < <(ctest --test-dir "$build" --show-only=json-v1 -L '^mpi$' -R '\.2r$' |
    python3 -c '
import json, re, sys
for test in json.load(sys.stdin)["tests"]:
    if re.search(sys.argv[1], test["name"]):
        print(test["name"], test["command"][-1])' "$pattern")
echo "$passed passed, $failed failed after $SECONDS s"
((failed == 0 && passed > 0))
