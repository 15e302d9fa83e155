# What must be there, and what to install where it is not. Sourced by job.sh.
# shellcheck shell=bash

operator=https://raw.githubusercontent.com/kubeflow/mpi-operator/v0.8.2/deploy/v2beta1/mpi-operator.yaml

say() { printf 'job.sh: %s\n' "$*" >&2; }
# fail CODE MESSAGE
fail() {
    say "$2"
    exit "$1"
}

need_kubectl() {
    command -v kubectl >/dev/null || fail 3 'kubectl is missing
  remedy: apt-get install kubernetes-client (Debian), or https://kubernetes.io/docs/tasks/tools'
}

need_cluster() {
    need_kubectl
    local told
    told=$(kubectl version --request-timeout=10s 2>&1 >/dev/null) || fail 3 "kubectl reaches no cluster: $(tail -n 1 <<<"$told")
  remedy: kind create cluster; minikube start; aws eks update-kubeconfig --name CLUSTER (kubectl config get-contexts tells what it knows)"
}

need_operator() {
    need_cluster
    kubectl get crd mpijobs.kubeflow.org -o name >/dev/null 2>&1 || fail 3 "the cluster has no MPI Operator (no CRD mpijobs.kubeflow.org)
  remedy: kubectl apply --server-side -f $operator"
    [[ $OVERLAY != eks ]] || kubectl get crd localqueues.kueue.x-k8s.io -o name >/dev/null 2>&1 ||
        fail 3 'the overlay eks wants Kueue (no CRD localqueues.kueue.x-k8s.io)
  remedy: install it (https://kueue.sigs.k8s.io/docs/installation), with a ClusterQueue tessera; or take the queue out of overlays/eks'
}

# The first that is there; Debian has buildah and podman.
image_builder() {
    local tool
    for tool in buildah podman docker; do
        command -v "$tool" >/dev/null && { echo "$tool"; return; }
    done
    fail 3 'nothing to build an image with
  remedy: apt-get install buildah (Debian), or podman, or docker'
}
