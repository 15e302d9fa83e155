# Runs a program for a script that is itself told to stop: by Slurm before a job's time is over, by Kubernetes before a pod
# goes. Sourced by slurm/launch.sh, and in the image by tessera-launch.
# shellcheck shell=bash

# Whether this script was told to stop.
# shellcheck disable=SC2034  # for who sources this
asked_to_stop=no

# run_child SIGNAL COMMAND...: waits for it, hands SIGNAL to it when the script gets SIGTERM, SIGINT or SIGUSR1, and returns
# its exit code.
run_child() {
    local signal=$1 status child
    shift
    "$@" &
    child=$!
    # shellcheck disable=SC2064  # of this child
    trap "asked_to_stop=yes; echo 'asked to stop' >&2; kill -$signal $child 2>/dev/null" TERM INT USR1
    # A signal that is trapped ends `wait` early: wait again for the child itself.
    while :; do
        status=0
        wait "$child" || status=$?
        kill -0 "$child" 2>/dev/null || break
    done
    trap - TERM INT USR1
    return "$status"
}
