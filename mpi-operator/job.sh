#!/usr/bin/env bash
# Tessera on Kubernetes, as MPIJobs of the MPI Operator. Each step by itself; all can be repeated safely.
#   job.sh image [--scratch] [--push]    builds the image, and loads it into kind or minikube, or pushes it
#                                        (--scratch: from Debian's packages alone, without a registry)
#   job.sh deploy                        namespace, volume, requests
#   job.sh put FILE...                   copies files to /data/in
#   job.sh ingest ARGUMENT...            tessera ingest with these arguments, on all ranks; waits, shows the log
#   job.sh answer ARGUMENT...            tessera answer, likewise
#   job.sh scale [OPTION...]             the scaling experiment (options of slurm/scaling.sh), results in /data/scaling
#   job.sh serve STORE [ARGUMENT...]     tessera serve with a token; waits until it serves, and leaves it running
#   job.sh logs ingest|answer|scale|serve   the logs again, also of a job that failed; kept in outputs/mpi-operator
#   job.sh results [NAME...]             copies files of /data (all but /data/in) to outputs/mpi-operator/results
#   job.sh destroy [--data]              ends and removes the jobs; with --data the volume, and all in it, too
#   job.sh show STEP [ARGUMENT...]       prints the manifest of ingest, answer, scale or serve, and does nothing
# How large a job is, and for which cluster: mpi-operator/size.env.
# Example:
#   mpi-operator/job.sh image && mpi-operator/job.sh deploy && mpi-operator/job.sh put trips.csv
#   WORKERS=4 mpi-operator/job.sh ingest /data/in --store /data/trips.h5 --overwrite
#   mpi-operator/job.sh answer /data/trips.h5 --requests /requests/requests.jsonl --output /data/answers.jsonl
# Exit codes: those of tessera; 2 the command line or size.env is wrong; 3 something is missing, or the job not as expected.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
project=$(dirname "$here")
# shellcheck disable=SC2034  # of the parts
outputs=${TESSERA_OUTPUTS:-$project/outputs}/mpi-operator
# shellcheck source=/dev/null
source "$here/size.env"
for part in need render image run files serve; do
    # shellcheck source=/dev/null
    source "$here/steps/$part.sh"
done

usage() { sed -n '2,/^set -euo/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }

step_deploy() {
    (($# == 0)) || fail 2 "deploy takes no arguments, such as '$1'"
    need_operator
    render tessera | of_kind Namespace | kubectl apply -f -
    render tessera | of_kind PersistentVolumeClaim ConfigMap LocalQueue | kubectl apply -f -
    if [[ -n $REQUESTS ]]; then
        [[ -r $REQUESTS ]] || fail 1 "REQUESTS is $REQUESTS, which cannot be read"
        on_cluster create configmap tessera-requests --from-file="requests.jsonl=$REQUESTS" --dry-run=client -o yaml | on_cluster apply -f -
    fi
}

step_scale() {
    need_operator
    [[ -r $project/slurm/scaling.sh ]] || fail 3 "there is no $project/slurm/scaling.sh: the checkout is not whole"
    on_cluster create configmap tessera-scaling --from-file="$project/slurm/scaling.sh" --from-file="$project/slurm/scaling" \
        --dry-run=client -o yaml | on_cluster apply -f - >&2
    run_job tessera-scale scale "$@"
}

step_show() {
    local step=${1:-}
    case $step in
        ingest | answer | scale) need_kubectl; render "tessera-$step" "$@" ;;
        serve) need_kubectl; shift; serving "$@" ;;
        *) fail 2 "show '$step': it is ingest, answer, scale or serve that can be shown" ;;
    esac
}

step_destroy() {
    case ${1:-} in '' | --data) ;; *) fail 2 "destroy '$1': there is only --data" ;; esac
    need_cluster
    # By their names: what else is in the namespace is not ours.
    on_cluster delete mpijob tessera tessera-ingest tessera-answer tessera-scale tessera-serve --ignore-not-found
    on_cluster delete service tessera-http --ignore-not-found
    on_cluster delete networkpolicy tessera-serve --ignore-not-found
    on_cluster delete secret tessera-token --ignore-not-found
    if kubectl get crd podmonitors.monitoring.coreos.com -o name >/dev/null 2>&1; then
        on_cluster delete podmonitor tessera-serve --ignore-not-found
    fi
    on_cluster delete pod tessera-files --ignore-not-found
    on_cluster delete configmap tessera-requests tessera-scaling --ignore-not-found
    if [[ ${1:-} == --data ]]; then
        on_cluster delete pvc tessera-data --ignore-not-found
    else
        say 'the volume tessera-data is kept, with all in it (destroy --data removes it)'
    fi
}

step=${1:-}
(($# == 0)) || shift
case $step in deploy | put | ingest | answer | scale | serve | results | show) check_sizes ;; esac
case $step in
    -h | --help | help) usage ;;
    '') usage >&2; exit 2 ;;
    image | deploy | put | results | scale | serve | show | destroy) "step_$step" "$@" ;;
    logs)
        case ${1:-} in
            ingest | answer | scale | serve) step_logs "$1" ;;
            *) fail 2 "logs '${1:-}': it is of ingest, answer, scale or serve" ;;
        esac
        ;;
    ingest | answer)
        (($#)) || fail 2 "$step wants the arguments of tessera $step, such as: $(usage | sed -n "s/.*job.sh \($step \/data.*\)/\1/p")"
        run_job "tessera-$step" "$step" "$@"
        ;;
    *) fail 2 "'$step' is no step; job.sh --help tells them" ;;
esac
