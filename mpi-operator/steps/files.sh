# Files to and from the volume, through a pod that mounts it for as long as that takes. Sourced by job.sh.
# shellcheck shell=bash
: "${outputs:?by job.sh}"

open_volume() {
    need_cluster
    render tessera | of_kind Pod | kubectl apply -f - >&2
    on_cluster wait --for=condition=Ready pod/tessera-files --timeout=120s >&2 || fail 1 'the pod tessera-files, which is to copy, does not start
  remedy: kubectl -n tessera describe pod tessera-files (no image: job.sh image; no volume: job.sh deploy)'
    trap close_volume EXIT
}
close_volume() { on_cluster delete pod tessera-files --ignore-not-found --wait=false >&2; }

# By tar, under another name first: a file under /data/in is whole.
step_put() {
    local file name
    (($#)) || fail 2 'put wants files: job.sh put trips.csv'
    for file in "$@"; do
        [[ -f $file && -r $file ]] || fail 1 "$file is no file that can be read"
    done
    open_volume
    on_cluster exec tessera-files -- mkdir -p /data/in
    for file in "$@"; do
        name=$(basename -- "$file")
        # shellcheck disable=SC2016  # $1 is for the shell in the pod
        on_cluster exec -i tessera-files -- sh -c 'cat >"/data/in/.$1.part" && mv "/data/in/.$1.part" "/data/in/$1"' put "$name" <"$file"
        say "/data/in/$name: $(stat -c %s -- "$file") bytes"
    done
}

step_results() {
    local names=("$@") folder=$outputs/results
    ((${#names[@]})) || names=(.)
    open_volume
    mkdir -p "$folder"
    on_cluster exec tessera-files -- tar -C /data -cf - --exclude=./in --exclude='*.partial' -- "${names[@]}" | tar -xf - -C "$folder" --no-same-owner
    say "in $folder:"
    (cd "$folder" && find . -type f -printf '%12s  %P\n') >&2
}
