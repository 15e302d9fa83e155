#!/usr/bin/env bash
# What an MPIJob's launcher runs: looks whether the job can work, and tells what it lacks in one message; examines it with
# `tessera doctor`; then runs one command of tessera on all ranks.
#   tessera-launch COMMAND ARGUMENTS...      (of tessera: ingest, answer, info, ...)
#   tessera-launch scale OPTIONS...          (the scaling experiment: the script that is mounted at /scaling)
# --expect-ranks is added, so that a job that lands on the launcher alone fails instead of being reported complete.
# The manifest tells it, by variables:
#   TESSERA_WORKERS, TESSERA_RANKS      how many pods, and ranks on them all
#   OMP_NUM_THREADS                     threads of a rank
#   TESSERA_NETWORK                     the network card that joins the pods, where there are several: eth0
#   TESSERA_WAIT                        seconds to wait for workers (60)
# Exit codes: tessera's own; 3 the job is not as it should be; 137 a rank was killed.
set -euo pipefail
# shellcheck source=slurm/run_child.sh
source /usr/local/lib/tessera/run_child.sh

say() { printf 'tessera-launch: %s\n' "$*" >&2; }
# refuse CODE WHAT REMEDY: the one message, before any work.
refuse() {
    say "$2"
    say "  remedy: $3"
    exit "$1"
}

ranks=${TESSERA_RANKS:?'set in the manifest: workers x slotsPerWorker'}
workers=${TESSERA_WORKERS:?'set in the manifest: the number of workers'}
data=${TESSERA_DATA:-/data}
hostfile=${OMPI_MCA_orte_default_hostfile:-/etc/mpi/hostfile}
key=$HOME/.ssh/id_rsa
(($# > 0)) || refuse 2 'no command' 'tessera-launch ingest FILES... --store /data/trips.h5'

look_at_hostfile() {
    [[ -s $hostfile ]] || refuse 3 "$hostfile is missing or empty: this is not the launcher of an MPIJob" \
        'is the operator running (kubectl get pods -n mpi-operator), and mpiImplementation OpenMPI?'
    mapfile -t hosts < <(awk '!/^#/ && NF {print $1}' "$hostfile")
    local slots
    slots=$(awk '!/^#/ && NF {n = 1; for (i = 2; i <= NF; ++i) if (sub(/^slots=/, "", $i)) n = $i; sum += n} END {print sum + 0}' "$hostfile")
    ((${#hosts[@]} == workers)) || refuse 3 "$hostfile names ${#hosts[@]} hosts where TESSERA_WORKERS says $workers" \
        'make Worker.replicas and TESSERA_WORKERS the same (mpi-operator/size.env does)'
    ((slots >= ranks)) || refuse 3 "$ranks ranks are wanted, and $hostfile has $slots slots on ${#hosts[@]} hosts" \
        'more workers or more slotsPerWorker, or fewer TESSERA_RANKS (mpi-operator/size.env: WORKERS, SLOTS)'
}

look_at_key() {
    [[ -r $key ]] || refuse 3 "$key cannot be read: ssh to the workers will not work" \
        'sshAuthMountPath must be /home/mpiuser/.ssh, and the pod run as user 1000 (the operator makes the secret NAME-ssh)'
}

# Names take a while to be known after the pods are ready, and mpirun asks for them only once.
look_at_workers() {
    local host deadline=$((SECONDS + ${TESSERA_WAIT:-60}))
    for host in "${hosts[@]}"; do
        until timeout 5 bash -c "exec 3<>/dev/tcp/$host/2222" 2>/dev/null; do
            ((SECONDS < deadline)) && { sleep 1; continue; }
            getent hosts "$host" >/dev/null || refuse 3 "worker $host has no address after ${TESSERA_WAIT:-60} s" \
                'kubectl describe pod of that worker: it did not start, or has ended; failed workers are not made again, so start the job anew'
            refuse 3 "worker $host does not answer on port 2222 after ${TESSERA_WAIT:-60} s" \
                'kubectl logs of that worker: sshd did not start (its key, its user), or a NetworkPolicy forbids pods to talk'
        done
    done
}

# For when mpirun could not start anything: daemons of another Open MPI refuse each other, and mpirun does not say so.
look_at_versions() {
    local host ours theirs
    ours=$(mpirun --version | head -n 1)
    for host in "${hosts[@]:0:32}"; do
        theirs=$(timeout 5 ssh "$host" mpirun --version </dev/null 2>/dev/null | head -n 1) || continue
        [[ -z $theirs || $theirs == "$ours" ]] || refuse 3 "worker $host has Open MPI ${theirs##* }, and the launcher ${ours##* }" \
            'one image for launcher and workers (mpi-operator/size.env: IMAGE), pulled anew where its tag has moved'
    done
}

look_at_hostfile
look_at_key
look_at_workers

# For whatever mpirun is called. Unbound: containers see all cores of their node, and would all be bound to its first ones.
# Copies between processes of other containers are forbidden. Heartbeats notice a worker that falls silent within some 7 s.
export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMPI_MCA_orte_heartbeat_rate=2 OMPI_MCA_oob_tcp_keepalive_time=3
export OMPI_MCA_oob_tcp_keepalive_intvl=2 OMPI_MCA_oob_tcp_keepalive_probes=2
if [[ -n ${TESSERA_NETWORK:-} ]]; then
    export OMPI_MCA_btl_tcp_if_include=$TESSERA_NETWORK OMPI_MCA_oob_tcp_if_include=$TESSERA_NETWORK
fi
launch=(mpirun -n "$ranks" --bind-to none -x OMP_NUM_THREADS)

explain() {
    if [[ $asked_to_stop == yes ]] && (($1 != 0)); then
        say 'ended by SIGTERM: the pod was deleted, or its node drained; what was not finished is not there, so run it again'
        return
    fi
    case $1 in
        0 | 1 | 2 | 3) ;;
        137) say "a rank was killed (signal 9): by the memory limit of its worker, as a rule
  remedy: kubectl describe pod of the worker (OOMKilled?); raise MEMORY or WORKERS in mpi-operator/size.env" ;;
        *) say "mpirun ended with $1: a worker was lost, or could not be reached (see above)
  remedy: kubectl get pods (Evicted? OOMKilled? a node gone?), then start the job anew: nothing half-written is left under its name" ;;
    esac
}

# What Kubernetes says to a pod that has to go is passed on: SIGTERM ends mpirun; SIGUSR1 it hands to the ranks, and `answer` and
# `serve` then finish what they have begun.
stop=TERM
if [[ $1 == scale ]]; then
    script=${TESSERA_SCALING:-/scaling/scaling.sh}
    [[ -r $script ]] || refuse 3 "there is no $script, which measures" 'start it by mpi-operator/job.sh scale'
    shift
    command=(bash "$script" --launcher mpirun --label mpijob --tessera "$(command -v tessera)" --outputs "$data/scaling"
        --most-ranks "$ranks" --most-threads "${OMP_NUM_THREADS:-1}" "$@")
else
    command=("${launch[@]}" tessera "$@" --expect-ranks "$ranks")
    case $1 in answer | serve) stop=USR1 ;; esac
fi

status=0
# --quiet: what mpirun would say of a doctor that found something is no news.
run_child TERM "${launch[@]}" --quiet tessera doctor --expect-ranks "$ranks" --expect-hosts "$workers" --path "$data" || status=$?
[[ $asked_to_stop == yes ]] || ((status <= 3)) || look_at_versions
if ((status == 0)); then
    say "runs on $ranks ranks, $workers workers, ${OMP_NUM_THREADS:-?} threads a rank: ${command[*]}"
    run_child "$stop" "${command[@]}" || status=$?
fi
explain "$status"
exit "$status"
