# Starts the program on all tasks of a job; the batch scripts source it after env.sh.

# Slurm runs a copy of the script, under a name of its own.
fail() {
    echo "${SLURM_JOB_NAME:-slurm}: $*" >&2
    exit 3
}
# For a command line that is wrong.
wrong() {
    echo "$SLURM_JOB_NAME: $*" >&2
    exit 2
}
[[ -n ${SLURM_JOB_ID:-} ]] || fail "this is a batch script; submit it: sbatch -n 4 slurm/${SLURM_JOB_NAME:-ingest}.sbatch ..."
[[ -x $TESSERA ]] || fail "there is no program at $TESSERA; build it (cmake --preset default && cmake --build build), or set TESSERA"
mkdir -p "$TESSERA_OUTPUTS"
nodes=${SLURM_JOB_NUM_NODES:?}
tasks=${SLURM_NTASKS:-$nodes} # sbatch -N alone: one a node
# --cpus-per-task becomes the threads of each rank.
export OMP_NUM_THREADS=${SLURM_CPUS_PER_TASK:-1}

# shellcheck source=slurm/run_child.sh
source "${here:?by the batch script}/run_child.sh"

# tessera_on_all COMMAND...: waits for it, and passes on the signal that Slurm sends before it ends the job (--signal), so
# that `answer` finishes what it has begun. Returns the program's exit code.
tessera_on_all() {
    local stop=TERM program=("$TESSERA" "$@" --expect-ranks "$tasks")
    # SIGTERM would end the step (srun) or the job (mpirun) at once; this one both pass on, and `answer` knows it.
    [[ $1 == answer ]] && stop=USR1
    case $TESSERA_LAUNCHER in
        srun)
            run_by_srun "$stop" "${program[@]}"
            ;;
        mpirun)
            # shellcheck disable=SC2086
            run_child "$stop" mpirun -n "$tasks" $TESSERA_MPIRUN_OPTIONS -x OMP_NUM_THREADS "${program[@]}"
            ;;
        *) wrong "TESSERA_LAUNCHER is '$TESSERA_LAUNCHER'; it must be srun or mpirun" ;;
    esac
}

# run_by_srun SIGNAL PROGRAM COMMAND...: what does not start is tried again, as another step. After a requeue what looks after
# a step of the first start may still be there, and Slurm then refuses the new step of that number.
run_by_srun() {
    local stop=$1 status try mark=$TESSERA_OUTPUTS/.started-$SLURM_JOB_ID
    shift
    for try in 1 2 3; do
        status=0
        rm -f "$mark"
        # -K1: when a rank dies the others are ended, who would wait for it for ever. -c: srun does not take it from sbatch.
        # srun returns 0 when it cannot start its tasks: the first one leaves a mark before it becomes the program.
        # shellcheck disable=SC2086,SC2016  # options are words; each task looks up its own number
        run_child "$stop" srun $TESSERA_SRUN_OPTIONS --kill-on-bad-exit=1 --ntasks="$tasks" \
            --cpus-per-task="$OMP_NUM_THREADS" bash -c '((SLURM_PROCID > 0)) || : >"$0"; exec "$@"' "$mark" "$@" || status=$?
        if [[ -e $mark ]]; then
            rm -f "$mark"
            return "$status"
        fi
        [[ $asked_to_stop == no ]] || break
        echo "$SLURM_JOB_NAME: srun did not start $2 (try $try of 3), see above" >&2
    done
    return $((status > 0 ? status : 1))
}

# value_of OPTION ARGUMENT...: what an option of the program is given as; nothing where it is not.
value_of() {
    local option=$1
    shift
    while (($#)); do
        case $1 in
            "$option") echo "${2:-}"; return ;;
            "$option"=*) echo "${1#*=}"; return ;;
        esac
        shift
    done
}

# Before the work: are these the ranks and nodes that were asked for, and do all see the place?
examine() {
    local status=0
    tessera_on_all doctor --expect-hosts "$nodes" --path "$1" >&2 || status=$?
    ((status == 0)) && return
    case $TESSERA_LAUNCHER in
        srun) echo "the ranks are not fit for work, see above; if they did not find each other: TESSERA_SRUN_OPTIONS is '$TESSERA_SRUN_OPTIONS', and srun --mpi=list tells what there is" >&2 ;;
        mpirun) echo "the ranks are not fit for work, see above; or try TESSERA_LAUNCHER=srun" >&2 ;;
    esac
    exit "$status"
}

echo "job $SLURM_JOB_ID: $tasks ranks x $OMP_NUM_THREADS threads on $nodes node(s) by $TESSERA_LAUNCHER, start $((${SLURM_RESTART_COUNT:-0} + 1)), $(date -u +%FT%TZ)" >&2
