# One MPIJob from start to end, and its logs. Sourced by job.sh.
# shellcheck shell=bash
: "${outputs:?by job.sh}"

on_cluster() { kubectl --namespace tessera "$@"; }

# states_of NAME: those that are true, as "Created Running".
states_of() {
    on_cluster get mpijob "$1" --ignore-not-found \
        -o 'jsonpath={range .status.conditions[?(@.status=="True")]}{.type}{" "}{end}'
}

# run_job NAME ARGUMENT...: makes it anew, waits for its end, shows and keeps its logs; the launcher's exit code.
run_job() {
    local name=$1 states='' code began=$SECONDS hinted=no unheard=0
    need_operator
    # First of all: a manifest that cannot be made must not cost the logs of the job before.
    local objects
    objects=$(render "$@") || fail 1 "kustomize failed, see above"
    on_cluster get pvc tessera-data -o name >/dev/null 2>&1 || fail 1 'there is no volume tessera-data
  remedy: mpi-operator/job.sh deploy'
    # With its pods: new ones have their names.
    on_cluster delete mpijob "$name" --ignore-not-found --cascade=foreground --wait >/dev/null
    of_kind MPIJob <<<"$objects" | kubectl apply -f - >&2
    say "$name: $WORKERS workers x $SLOTS ranks x $THREADS threads; Ctrl-C leaves it running (job.sh logs ${name#tessera-})"
    until [[ " $states" == *' Succeeded '* || " $states" == *' Failed '* ]]; do
        sleep "${POLL:-2}"
        # Over hours some question is not answered: the job does not mind.
        if ! states=$(states_of "$name"); then
            ((++unheard < 30)) || fail 1 "the cluster did not answer 30 times; $name goes on without us
  remedy: once it does, mpi-operator/job.sh logs ${name#tessera-}"
            continue
        fi
        unheard=0
        [[ -n $states || -n $(on_cluster get mpijob "$name" --ignore-not-found -o name || echo unheard) ]] ||
            fail 1 "$name is gone: somebody has deleted it"
        if [[ $hinted == no && " $states" != *' Running '* ]] && ((SECONDS - began > 120)); then
            hinted=yes
            say "$name does not run after 2 minutes: see kubectl -n tessera get pods,events (no room? no image? no volume?)"
        fi
    done
    step_logs "${name#tessera-}"
    code=$(on_cluster get pods -l "$(pods_of "$name" launcher)" \
        -o 'jsonpath={.items[*].status.containerStatuses[0].state.terminated.exitCode}')
    code=${code##* }
    [[ " $states" == *' Succeeded '* ]] && { say "$name is done"; return 0; }
    say "$name failed (exit code ${code:-unknown}); its logs are in $outputs/$name"
    [[ ${code:-0} == 0 ]] && code=1
    return "$code"
}

pods_of() { echo "training.kubeflow.org/job-name=$1,training.kubeflow.org/job-role=$2"; }

# step_logs STEP: shows the launcher's, and keeps all there are, with what Kubernetes says of pods that have failed.
step_logs() {
    local name=tessera-$1 folder pod
    need_cluster
    folder=$outputs/$name
    # Asked first, since without pods `kubectl logs` succeeds with nothing.
    [[ -n $(on_cluster get pods -l "$(pods_of "$name" launcher)" -o name) ]] ||
        fail 1 "$name has no launcher to take a log of
  remedy: job.sh $1 starts it; after ttlSecondsAfterFinished (a day) logs are only in $folder"
    mkdir -p "$folder"
    on_cluster logs --tail=-1 -l "$(pods_of "$name" launcher)" >"$folder/launcher.log"
    for pod in $(on_cluster get pods -l "$(pods_of "$name" worker)" -o 'jsonpath={.items[*].metadata.name}'); do
        on_cluster logs --tail=-1 "$pod" >"$folder/$pod.log" 2>&1 || true
    done
    {
        on_cluster describe mpijob "$name"
        on_cluster describe pods -l "training.kubeflow.org/job-name=$name"
    } >"$folder/describe.txt" 2>&1 || true
    cat "$folder/launcher.log"
}
