"""The controller's own rules for an MPIJob (kubeflow/mpi-operator v0.8.2, ValidateMPIJob), and those that it does not
check but that bite later. What it refuses is told by an event alone: kubectl apply says that all is well."""
import re

CLEAN = ("None", "Running", "All")
RESTART = ("Never", "OnFailure")
IMPLEMENTATIONS = ("OpenMPI", "Intel", "MPICH")
CREATION = ("AtStartup", "WaitForWorkersReady")
MANAGED_BY = ("kubeflow.org/mpi-operator", "kueue.x-k8s.io/multikueue")


def errors_of(job):
    spec = job.get("spec", {})
    found = []

    def one_of(value, known, at):
        if value not in known:
            found.append(f"{at}: {value!r} is none of {', '.join(known)}")

    def not_negative(value, at):
        if not isinstance(value, int) or value < 0:
            found.append(f"{at}: {value!r} must be a whole number from 0")

    replicas = spec.get("mpiReplicaSpecs") or {}
    workers = (replicas.get("Worker") or {}).get("replicas", 1)
    last = f"{job['metadata'].get('name', '')}-worker-{max(1, workers if isinstance(workers, int) else 1) - 1}"
    if len(last) > 63 or not re.fullmatch("[a-z]([-a-z0-9]*[a-z0-9])?", last):
        found.append(f"metadata.name: pod name {last!r} is no DNS-1035 label of at most 63 letters")
    if "Launcher" not in replicas:
        found.append("mpiReplicaSpecs.Launcher: required")
    for kind, replica in replicas.items():
        at = f"mpiReplicaSpecs.{kind}"
        one_of(kind, ("Launcher", "Worker"), "mpiReplicaSpecs")
        one_of(replica.get("restartPolicy", "Never"), RESTART, f"{at}.restartPolicy")
        count = replica.get("replicas", 1)
        if count != 1 if kind == "Launcher" else not isinstance(count, int) or count < 1:
            found.append(f"{at}.replicas: {count!r}; the launcher is 1, workers are from 1")
        pod = replica.get("template", {}).get("spec", {})
        if not pod.get("containers"):
            found.append(f"{at}.template.spec.containers: at least one")
        if "restartPolicy" in pod:
            found.append(f"{at}.template.spec.restartPolicy: has no effect; it belongs to {at}")
    policy = spec.get("runPolicy", {})
    one_of(policy.get("cleanPodPolicy", "None"), CLEAN, "runPolicy.cleanPodPolicy")
    for name in ("ttlSecondsAfterFinished", "activeDeadlineSeconds", "backoffLimit"):
        if name in policy:
            not_negative(policy[name], f"runPolicy.{name}")
    if "managedBy" in policy:
        one_of(policy["managedBy"], MANAGED_BY, "runPolicy.managedBy")
    not_negative(spec.get("slotsPerWorker", 1), "slotsPerWorker")
    one_of(spec.get("mpiImplementation", "OpenMPI"), IMPLEMENTATIONS, "mpiImplementation")
    # Not the controller's: a word that it does not know means that the launcher waits.
    one_of(spec.get("launcherCreationPolicy", "AtStartup"), CREATION, "launcherCreationPolicy")
    return found
