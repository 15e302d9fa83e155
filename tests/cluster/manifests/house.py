"""What our MPIJobs keep beyond what the operator asks: sizes that agree with each other, pods that may do no more than they
must, volumes that exist, and logs that survive a failure."""

UNITS = {"m": 1e-3, "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30}


def quantity(text):
    text = str(text)
    for unit, factor in UNITS.items():
        if text.endswith(unit):
            return float(text[:-len(unit)]) * factor
    return float(text)


def variables(container):
    return {each["name"]: each.get("value") for each in container.get("env", [])}


def errors_of(job, objects):
    spec, found = job["spec"], []
    try:
        launcher, worker = (spec["mpiReplicaSpecs"][kind]["template"]["spec"] for kind in ("Launcher", "Worker"))
        found += sizes(spec, launcher["containers"][0], worker["containers"][0])
        found += start(spec, launcher, worker)
        for at, pod in (("Launcher", launcher), ("Worker", worker)):
            found += [f"{at}: {error}" for error in security(pod) + volumes(pod, objects)]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        found.append(f"{error!r} is missing, or not as it should be")
    return found


def sizes(spec, launcher, worker):
    slots, workers = spec["slotsPerWorker"], spec["mpiReplicaSpecs"]["Worker"]["replicas"]
    told, limits = variables(launcher), worker["resources"]["limits"]
    threads = told["OMP_NUM_THREADS"]
    pairs = [
        ("Worker's OMP_NUM_THREADS and the launcher's", variables(worker)["OMP_NUM_THREADS"], threads),
        ("CPU limit and slotsPerWorker x OMP_NUM_THREADS", quantity(limits["cpu"]), slots * float(threads)),
        ("TESSERA_WORKERS and Worker.replicas", told["TESSERA_WORKERS"], str(workers)),
        ("TESSERA_RANKS and workers x slots", told["TESSERA_RANKS"], str(workers * slots)),
        ("requests and limits of a worker", worker["resources"]["requests"], limits),
    ]
    return [f"{what} do not agree: {one!r}, {other!r}" for what, one, other in pairs if one != other]


def start(spec, launcher, worker):
    policy, found = spec["runPolicy"], []
    wanted = [
        ("launcherCreationPolicy", spec.get("launcherCreationPolicy"), "WaitForWorkersReady"),
        ("sshAuthMountPath", spec.get("sshAuthMountPath"), "/home/mpiuser/.ssh"),
        ("cleanPodPolicy (All removes logs, None keeps workers running)", policy.get("cleanPodPolicy"), "Running"),
        ("Launcher.restartPolicy (OnFailure loses logs)", spec["mpiReplicaSpecs"]["Launcher"].get("restartPolicy"), "Never"),
        ("Worker.restartPolicy", spec["mpiReplicaSpecs"]["Worker"].get("restartPolicy"), "Never"),
        ("launcher's command", launcher["containers"][0].get("command"), ["tessera-launch"]),
        ("worker's readinessProbe (port 2222)", looks_at_sshd(worker["containers"][0]), True),
        # A gang scheduler that waits for the launcher, too, would wait for ever: the launcher waits for the workers.
        ("schedulingPolicy.minAvailable, which must be the workers", policy.get("schedulingPolicy", {}).get("minAvailable"),
         spec["mpiReplicaSpecs"]["Worker"]["replicas"]),
    ]
    found += [f"{what}: {value!r} where it must be {expected!r}" for what, value, expected in wanted if value != expected]
    found += [f"runPolicy.{name}: required" for name in ("ttlSecondsAfterFinished", "activeDeadlineSeconds", "backoffLimit")
              if name not in policy]
    shm = [each["name"] for each in worker["containers"][0]["volumeMounts"] if each["mountPath"] == "/dev/shm"]
    medium = [each.get("emptyDir", {}).get("medium") for each in worker["volumes"] if each["name"] in shm]
    if medium != ["Memory"]:
        found.append("Worker: /dev/shm must be an emptyDir of medium Memory: 64 MiB are too little")
    return found


def looks_at_sshd(worker):
    """Whether readiness means that sshd answers: by a look at its port, or by the probe that looks at the service, too."""
    probe = worker.get("readinessProbe", {})
    return probe.get("tcpSocket") == {"port": 2222} or probe.get("exec") == {"command": ["tessera-probe", "ready"]}


def security(pod):
    """Kubernetes' Pod Security Standard `restricted`, which our namespace enforces, and a root file system that is fixed."""
    found = []
    context = pod.get("securityContext", {})
    if context.get("runAsNonRoot") is not True or not context.get("runAsUser"):
        found.append("securityContext: runAsNonRoot with a runAsUser")
    if context.get("seccompProfile") != {"type": "RuntimeDefault"}:
        found.append("securityContext.seccompProfile: RuntimeDefault")
    if pod.get("automountServiceAccountToken") is not False:
        found.append("automountServiceAccountToken: false")
    for name in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(name):
            found.append(f"{name}: not here")
    for container in pod.get("containers", []):
        own = container.get("securityContext", {})
        if own.get("allowPrivilegeEscalation") is not False or own.get("privileged"):
            found.append("allowPrivilegeEscalation: false")
        if own.get("capabilities", {}).get("drop") != ["ALL"] or own["capabilities"].get("add"):
            found.append("capabilities: all dropped, none added")
        if own.get("readOnlyRootFilesystem") is not True:
            found.append("readOnlyRootFilesystem: true")
        if not {"cpu", "memory"} <= set(container.get("resources", {}).get("limits", {})):
            found.append("resources.limits: cpu and memory")
    return found


def volumes(pod, objects):
    """Every mount has its volume, every volume its object; tessera-scaling is made by `job.sh scale`, and tessera-token, which
    is in no file, by `job.sh serve`."""
    found, named = [], {each["name"]: each for each in pod.get("volumes", [])}
    there = {(each["kind"], each["metadata"]["name"]) for each in objects} | {("ConfigMap", "tessera-scaling"), ("Secret", "tessera-token")}
    mounts = [each for container in pod.get("containers", []) for each in container.get("volumeMounts", [])]
    found += [f"volumeMounts: there is no volume {each['name']}" for each in mounts if each["name"] not in named]
    if len({each["mountPath"] for each in mounts}) != len(mounts):
        found.append("volumeMounts: two at one path")
    for volume in named.values():
        claim = volume.get("persistentVolumeClaim", {}).get("claimName")
        configuration = volume.get("configMap", {}).get("name")
        secret = volume.get("secret", {}).get("secretName")
        for kind, name in (("PersistentVolumeClaim", claim), ("ConfigMap", configuration), ("Secret", secret)):
            if name and (kind, name) not in there:
                found.append(f"volumes: there is no {kind} {name}")
        if "hostPath" in volume:
            found.append("volumes: hostPath is forbidden by the namespace")
    return found
