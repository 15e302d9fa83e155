# job.sh image: builds the image, and brings it to where the cluster finds it. Sourced by job.sh.
# shellcheck shell=bash
: "${here:?by job.sh}" "${project:?by job.sh}"

build_from_base() {
    local builder=$1 command=build
    [[ $builder == buildah ]] && command=bud
    shift
    "$builder" "$command" -f "$here/Containerfile" -t "$IMAGE" --build-arg REVISION="$revision" "$@" "$project"
}

# Without a registry: Debian's packages by mmdebstrap, the program as built here.
build_from_packages() {
    local builder=$1 command=build folder
    local options=()
    shift
    [[ $builder == buildah ]] && command=bud
    # Nothing runs within the build, so that it needs no isolation that a container might not give.
    [[ $builder == docker ]] || options=(--isolation chroot)
    command -v mmdebstrap >/dev/null || fail 3 'mmdebstrap is missing
  remedy: apt-get install mmdebstrap (Debian); or leave --scratch away, where a registry has debian:12-slim'
    [[ -x $project/build/tessera ]] || fail 3 "there is no program at $project/build/tessera
  remedy: cmake --preset default && cmake --build build --target tessera (on Debian 12, as in the image)"
    folder=$(mktemp -d "${TMPDIR:-/tmp}/tessera-image-XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    bash "$here/image/rootfs.sh" "$folder/rootfs.tar"
    cp "$here"/image/{launch.sh,probe.sh,ssh_config,sshd_config} "$project/slurm/run_child.sh" "$folder"
    cp "$project/build/tessera" "$folder"
    if command -v strip >/dev/null; then strip "$folder/tessera"; fi
    "$builder" "$command" "${options[@]}" -f "$here/Containerfile.scratch" -t "$IMAGE" --build-arg REVISION="$revision" "$@" "$folder"
    rm -rf "$folder"
    trap - EXIT
}

# kind and minikube have no way to an image on this machine but this.
load_into_local_cluster() {
    local builder=$1 load archive
    if command -v kind >/dev/null && [[ -n $(kind get clusters 2>/dev/null) ]]; then
        load=(kind load image-archive)
    elif command -v minikube >/dev/null && minikube status >/dev/null 2>&1; then
        load=(minikube image load)
    else
        say 'built; no cluster of kind or minikube runs here to load it into'
        return
    fi
    archive=$(mktemp -u "${TMPDIR:-/tmp}/tessera-image-XXXXXX.tar")
    case $builder in
        docker) docker save -o "$archive" "$IMAGE" ;;
        *) "$builder" push "$IMAGE" "docker-archive:$archive:$IMAGE" ;;
    esac
    "${load[@]}" "$archive"
    rm -f "$archive"
}

step_image() {
    local builder way=build_from_base push=no revision
    revision=$(git -C "$project" rev-parse --short HEAD 2>/dev/null || echo unknown)
    while (($#)); do
        case $1 in
            --scratch) way=build_from_packages ;;
            --push) push=yes ;;
            *) break ;;
        esac
        shift
    done
    builder=$(image_builder)
    "$way" "$builder" "$@"
    if [[ $push == yes ]]; then
        "$builder" push "$IMAGE"
    elif [[ $OVERLAY == local ]]; then
        load_into_local_cluster "$builder"
    else
        say "built $IMAGE; the cluster pulls it from its registry: job.sh image --push"
    fi
}
