#!/usr/bin/env bash
# Probes of a worker of `tessera serve`, run within its container (exec). The service is on the worker that has rank 0, and
# there only while its job runs: a worker where nothing listens on its port is as well as sshd is.
#   tessera-probe ready      sshd answers, and the service, where it listens, takes requests (/readyz)
#   tessera-probe live       the service, where it listens, answers (/healthz)
#   tessera-probe serving    the service listens, and takes requests
# TESSERA_SSH_PORT (2222) and TESSERA_HTTP_PORT (8080) are where.
set -euo pipefail

ssh=${TESSERA_SSH_PORT:-2222}
http=${TESSERA_HTTP_PORT:-8080}
patience=${TESSERA_PROBE_PATIENCE:-3}  # seconds that the service may take

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# asks PATH: whether the service says 200.
asks() {
    local answer=''
    exec 3<>"/dev/tcp/127.0.0.1/$http"
    printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3
    read -r -t "$patience" -u 3 answer || true
    exec 3>&-
    [[ $answer == 'HTTP/1.1 200 '* ]] && return
    echo "$1: ${answer:-no answer within $patience s}" >&2
    return 1
}

case ${1:-} in
    ready) listens "$ssh" && { ! listens "$http" || asks /readyz; } ;;
    live) ! listens "$http" || asks /healthz ;;
    serving) listens "$http" && asks /readyz ;;
    *) echo "tessera-probe: '${1:-}' is none of ready, live, serving" >&2; exit 2 ;;
esac
