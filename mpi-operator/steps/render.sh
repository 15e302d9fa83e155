# The manifest of one step: an overlay, and on top what size.env and the command line say. Sourced by job.sh.
# shellcheck shell=bash
: "${here:?by job.sh}"

# The text as a string of JSON, which is one of YAML, too.
quoted() {
    local text=$1
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\t'/\\t}
    printf '"%s"' "$text"
}

check_sizes() {
    local name
    for name in WORKERS SLOTS THREADS MEMORY HOURS SERVE_HOURS; do
        [[ ${!name} =~ ^[1-9][0-9]{0,6}$ ]] || fail 2 "$name is '${!name}'; it must be a whole number from 1 (mpi-operator/size.env)"
    done
    ((WORKERS <= 10000)) || fail 2 "WORKERS is $WORKERS; a job may have 10000"
    [[ -f $here/overlays/$OVERLAY/kustomization.yaml ]] ||
        fail 2 "OVERLAY is '$OVERLAY'; there are: $(cd "$here/overlays" && echo *)"
}

# patch_of NAME ARGUMENT...: operations on the MPIJob (JSON 6902). Numbers of env are places in base/mpijob.yaml.
patch_of() {
    local name=$1 argument list='' cpu=$((SLOTS * THREADS)) pod=/spec/mpiReplicaSpecs
    local launcher=$pod/Launcher/template/spec/containers/0 worker=$pod/Worker/template/spec/containers/0
    shift
    # Kubernetes puts variables in for $(NAME) in arguments, and a dollar for two.
    for argument in "$@"; do list+=${list:+, }$(quoted "${argument//\$/\$\$}"); done
    cat <<TEXT
- {op: replace, path: /metadata/name, value: $name}
- {op: replace, path: /spec/slotsPerWorker, value: $SLOTS}
- {op: replace, path: /spec/runPolicy/activeDeadlineSeconds, value: $((HOURS * 3600))}
- {op: replace, path: /spec/runPolicy/schedulingPolicy/minAvailable, value: $WORKERS}
- {op: replace, path: $pod/Worker/replicas, value: $WORKERS}
- {op: replace, path: $launcher/args, value: [$list]}
- {op: replace, path: $launcher/image, value: $(quoted "$IMAGE")}
- {op: replace, path: $launcher/env/0/value, value: "$WORKERS"}
- {op: replace, path: $launcher/env/1/value, value: "$((WORKERS * SLOTS))"}
- {op: replace, path: $launcher/env/2/value, value: "$THREADS"}
- {op: replace, path: $launcher/env/3/value, value: $(quoted "$NETWORK")}
- {op: replace, path: $worker/image, value: $(quoted "$IMAGE")}
- {op: replace, path: $worker/env/0/value, value: "$THREADS"}
- {op: replace, path: $worker/resources/requests/cpu, value: "$cpu"}
- {op: replace, path: $worker/resources/limits/cpu, value: "$cpu"}
- {op: replace, path: $worker/resources/requests/memory, value: ${MEMORY}Mi}
- {op: replace, path: $worker/resources/limits/memory, value: ${MEMORY}Mi}
TEXT
}

# render NAME ARGUMENT...: all objects, with the MPIJob of this name. Kustomize wants its files in a folder, and takes no
# absolute paths in it.
render() {
    local folder status=0 step=${1#tessera-} bases
    folder=$(mktemp -d "${TMPDIR:-/tmp}/tessera-job-XXXXXX")
    bases=$(realpath --relative-to="$folder" "$here/overlays/$OVERLAY")
    # One file: older ones refuse two patches that touch the same field.
    case $step in
        scale) cat "$here/overlays/scaling/job.yaml" >"$folder/size.yaml" ;;
        serve)
            cat "$here/overlays/serve/job.yaml" >"$folder/size.yaml"
            bases+=", $(realpath --relative-to="$folder" "$here/overlays/serve/http")"
            ;;
    esac
    patch_of "$@" >>"$folder/size.yaml"
    cat >"$folder/kustomization.yaml" <<TEXT
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
bases: [$bases]
patchesJson6902:
  - target: {group: kubeflow.org, version: v2beta1, kind: MPIJob, name: tessera}
    path: size.yaml
  - target: {version: v1, kind: Pod, name: tessera-files}
    path: image.yaml
TEXT
    echo "- {op: replace, path: /spec/containers/0/image, value: $(quoted "$IMAGE")}" >"$folder/image.yaml"
    kubectl kustomize "$folder" 2>"$folder/log" || status=$?
    # Its warnings about words that older ones need are of no use to anybody.
    ((status == 0)) || cat "$folder/log" >&2
    rm -rf "$folder"
    return "$status"
}

# of_kind KIND...: of objects on standard input those of these kinds.
of_kind() {
    awk -v kinds=" $* " 'function out() { if (wanted) printf "---\n%s", text; text = ""; wanted = 0 }
        $0 == "---" { out(); next }
        /^kind: / { wanted = index(kinds, " " $2 " ") }
        { text = text $0 "\n" }
        END { out() }'
}
