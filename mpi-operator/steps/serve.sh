# job.sh serve: the service, its token, and the way to it. Sourced by job.sh.
# shellcheck shell=bash
: "${outputs:?by job.sh}" "${SERVE_HOURS:?by size.env}"

# serving STORE ARGUMENT...: the objects of the service.
serving() {
    # shellcheck disable=SC2034  # render's
    HOURS=$SERVE_HOURS
    render tessera-serve serve "$@" --listen 0.0.0.0:8080 --token-file /token/token
}

# Once: who has it keeps it.
need_token() {
    on_cluster get secret tessera-token -o name >/dev/null 2>&1 && return
    head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' |
        on_cluster create secret generic tessera-token --from-file=token=/dev/stdin >&2
}

step_serve() {
    local objects states='' began=$SECONDS hinted=no
    (($#)) || fail 2 'serve wants a store, such as: job.sh serve /data/trips.h5'
    need_operator
    objects=$(serving "$@") || fail 1 'kustomize failed, see above'
    on_cluster get pvc tessera-data -o name >/dev/null 2>&1 || fail 1 'there is no volume tessera-data
  remedy: mpi-operator/job.sh deploy'
    need_token
    on_cluster delete mpijob tessera-serve --ignore-not-found --cascade=foreground --wait >/dev/null
    of_kind Service NetworkPolicy <<<"$objects" | kubectl apply -f - >&2
    if kubectl get crd podmonitors.monitoring.coreos.com -o name >/dev/null 2>&1; then
        of_kind PodMonitor <<<"$objects" | kubectl apply -f - >&2
    else
        say 'the cluster has no Prometheus Operator: nothing scrapes /metrics yet (mpi-operator/monitoring/README.md)'
    fi
    of_kind MPIJob <<<"$objects" | kubectl apply -f - >&2
    say "tessera-serve: $WORKERS workers x $SLOTS ranks x $THREADS threads; Ctrl-C leaves it running"
    until on_cluster exec tessera-serve-worker-0 -- tessera-probe serving >/dev/null 2>&1; do
        states=$(states_of tessera-serve)
        if [[ " $states" == *' Succeeded '* || " $states" == *' Failed '* ]]; then
            step_logs serve
            fail 1 "tessera-serve has ended; its logs are in $outputs/tessera-serve"
        fi
        if [[ $hinted == no ]] && ((SECONDS - began > 120)); then
            hinted=yes
            say 'it does not serve after 2 minutes: see kubectl -n tessera get pods,events, and job.sh logs serve'
        fi
        sleep "${POLL:-2}"
    done
    say "it serves, as http://tessera-http.tessera:8080 within the cluster. From here, and the token:
  kubectl -n tessera port-forward service/tessera-http 8080
  kubectl -n tessera get secret tessera-token -o 'jsonpath={.data.token}' | base64 -d
A browser shows the token once: http://localhost:8080/?token=TOKEN"
}
