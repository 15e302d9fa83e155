#!/usr/bin/env bash
# Load on `serve` from this machine, by wrk (Debian: wrk):
#   bash tests/bench/serve/load.sh TESSERA STORE [SCRIPT.lua] [SECONDS] [CONNECTIONS]
# One rank of two threads answers; wrk has one thread. The store is to have trips of April 2014. The last line tells
# requests a second, latencies and errors; before it, memory before and after.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
tessera=$1 store=$2 script=${3:-$here/nearest.lua} seconds=${4:-10} connections=${5:-64}
port=${PORT:-18080}

"$tessera" serve "$store" --listen "127.0.0.1:$port" --threads "${THREADS:-2}" &
service=$!
trap 'kill -TERM $service 2>/dev/null; wait $service || true' EXIT
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do
    kill -0 $service || exit 1
    sleep 0.1
done
resident() { awk '/^VmRSS/ {print $2}' "/proc/$service/status"; }
wrk -t1 -c"$connections" -d1s -s "$script" "http://127.0.0.1:$port" >/dev/null # its caches are warm
before=$(resident)
wrk -t1 -c"$connections" -d"${seconds}s" --latency -s "$script" "http://127.0.0.1:$port"
echo "resident KiB: $before before, $(resident) after"
