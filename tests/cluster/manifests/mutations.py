"""Manifests broken on purpose: name -> (needs the CRD, what breaks it, what must be told). `objects` are by kind."""


def launcher(spec):
    return spec["mpiReplicaSpecs"]["Launcher"]["template"]["spec"]


def worker(spec):
    return spec["mpiReplicaSpecs"]["Worker"]["template"]["spec"]


def first(pod):
    return pod["containers"][0]


def set_variable(container, name, value):
    next(each for each in container["env"] if each["name"] == name)["value"] = value


def rename(mapping, old, new):
    mapping[new] = mapping.pop(old)


MUTATIONS = {
    # the schema
    "a typo in a field": (True, lambda o, s: rename(s, "slotsPerWorker", "slotPerWorker"), "slotPerWorker"),
    "a typo deep in a pod": (True, lambda o, s: rename(first(worker(s)), "readinessProbe", "readynessProbe"), "readynessProbe"),
    "a number for a text": (True, lambda o, s: set_variable(first(launcher(s)), "OMP_NUM_THREADS", 1), "is not of type 'string'"),
    "a text for a number": (True, lambda o, s: s["runPolicy"].update(backoffLimit="1"), "is not of type 'integer'"),
    "a mount without a path": (True, lambda o, s: first(worker(s))["volumeMounts"][0].pop("mountPath"), "mountPath"),
    "a typo in the claim": (True, lambda o, s: rename(o["PersistentVolumeClaim"]["spec"], "accessModes", "accessMode"), "accessMode"),
    "a typo in the pod": (True, lambda o, s: rename(o["Pod"]["spec"], "containers", "container"), "container"),
    "no replica specs": (True, lambda o, s: s.pop("mpiReplicaSpecs"), "mpiReplicaSpecs"),
    # the controller
    "an older version": (False, lambda o, s: o["MPIJob"].update(apiVersion="kubeflow.org/v1"), "kubeflow.org/v1"),
    "cleanPodPolicy typo": (False, lambda o, s: s["runPolicy"].update(cleanPodPolicy="running"), "is none of None, Running, All"),
    "creation policy typo": (False, lambda o, s: s.update(launcherCreationPolicy="WaitForWorkers"), "AtStartup, WaitForWorkersReady"),
    "implementation typo": (False, lambda o, s: s.update(mpiImplementation="OpenMpi"), "is none of OpenMPI"),
    "too long a name": (False, lambda o, s: o["MPIJob"]["metadata"].update(name="t" * 60), "DNS-1035"),
    "a name that begins with a digit": (False, lambda o, s: o["MPIJob"]["metadata"].update(name="1tessera"), "DNS-1035"),
    "a name with a dot": (False, lambda o, s: o["MPIJob"]["metadata"].update(name="tessera.x"), "DNS-1035"),
    "two launchers": (False, lambda o, s: s["mpiReplicaSpecs"]["Launcher"].update(replicas=2), "launcher is 1"),
    "no workers": (False, lambda o, s: s["mpiReplicaSpecs"]["Worker"].update(replicas=0), "workers are from 1"),
    "restartPolicy Always": (False, lambda o, s: s["mpiReplicaSpecs"]["Worker"].update(restartPolicy="Always"), "Never, OnFailure"),
    "restartPolicy in the pod": (False, lambda o, s: launcher(s).update(restartPolicy="Never"), "has no effect"),
    "no launcher": (False, lambda o, s: s["mpiReplicaSpecs"].pop("Launcher"), "Launcher: required"),
    "no containers": (False, lambda o, s: worker(s).update(containers=[]), "at least one"),
    "a negative time": (False, lambda o, s: s["runPolicy"].update(ttlSecondsAfterFinished=-1), "from 0"),
    "managed by nobody": (False, lambda o, s: s["runPolicy"].update(managedBy="me"), "managedBy"),
    # sizes that agree
    "more slots than CPUs": (False, lambda o, s: s.update(slotsPerWorker=2), "CPU limit and slotsPerWorker"),
    "more threads than CPUs": (False, lambda o, s: [set_variable(first(p(s)), "OMP_NUM_THREADS", "4") for p in (launcher, worker)],
                               "CPU limit and slotsPerWorker"),
    "threads of the launcher alone": (False, lambda o, s: set_variable(first(launcher(s)), "OMP_NUM_THREADS", "2"), "launcher's do not agree"),
    "a CPU limit by itself": (False, lambda o, s: first(worker(s))["resources"]["limits"].update(cpu="1500m"), "CPU limit"),
    "more workers than told": (False, lambda o, s: s["mpiReplicaSpecs"]["Worker"].update(replicas=3), "TESSERA_WORKERS"),
    "fewer ranks than slots": (False, lambda o, s: set_variable(first(launcher(s)), "TESSERA_RANKS", "1"), "TESSERA_RANKS"),
    "memory by itself": (False, lambda o, s: first(worker(s))["resources"]["limits"].update(memory="2Gi"), "requests and limits"),
    # the start, and logs
    "a launcher that does not wait": (False, lambda o, s: s.pop("launcherCreationPolicy"), "WaitForWorkersReady"),
    "no readiness probe": (False, lambda o, s: first(worker(s)).pop("readinessProbe"), "readinessProbe"),
    "a probe of another port": (False, lambda o, s: first(worker(s))["readinessProbe"]["tcpSocket"].update(port=22), "2222"),
    "root's ssh": (False, lambda o, s: s.pop("sshAuthMountPath"), "/home/mpiuser/.ssh"),
    "logs removed": (False, lambda o, s: s["runPolicy"].update(cleanPodPolicy="All"), "removes logs"),
    "logs lost by a restart": (False, lambda o, s: s["mpiReplicaSpecs"]["Launcher"].update(restartPolicy="OnFailure"), "loses logs"),
    "tessera by itself": (False, lambda o, s: first(launcher(s)).update(command=["tessera"]), "tessera-launch"),
    "gang with the launcher": (False, lambda o, s: s["runPolicy"]["schedulingPolicy"].update(minAvailable=3), "minAvailable"),
    "no end": (False, lambda o, s: s["runPolicy"].pop("activeDeadlineSeconds"), "activeDeadlineSeconds: required"),
    "little shared memory": (False, lambda o, s: worker(s)["volumes"].__setitem__(
        slice(None), [{**each, "emptyDir": {}} if each["name"] == "shm" else each for each in worker(s)["volumes"]]), "medium Memory"),
    # what pods may do
    "root": (False, lambda o, s: worker(s)["securityContext"].update(runAsUser=0), "runAsUser"),
    "maybe root": (False, lambda o, s: launcher(s)["securityContext"].pop("runAsNonRoot"), "runAsNonRoot"),
    "no seccomp": (False, lambda o, s: launcher(s)["securityContext"].pop("seccompProfile"), "RuntimeDefault"),
    "escalation": (False, lambda o, s: first(worker(s))["securityContext"].pop("allowPrivilegeEscalation"), "allowPrivilegeEscalation"),
    "a capability": (False, lambda o, s: first(worker(s))["securityContext"]["capabilities"].update(add=["SYS_PTRACE"]), "none added"),
    "a token": (False, lambda o, s: launcher(s).pop("automountServiceAccountToken"), "automountServiceAccountToken"),
    "the host's network": (False, lambda o, s: worker(s).update(hostNetwork=True), "hostNetwork"),
    "a root that can be written": (False, lambda o, s: first(launcher(s))["securityContext"].pop("readOnlyRootFilesystem"), "readOnly"),
    "no limits": (False, lambda o, s: first(launcher(s))["resources"].pop("limits"), "limits"),
    # what they mount
    "another claim": (False, lambda o, s: worker(s)["volumes"][0].update(persistentVolumeClaim={"claimName": "x"}), "no PersistentVolumeClaim x"),
    "a mount of nothing": (False, lambda o, s: first(worker(s))["volumeMounts"].append({"name": "x", "mountPath": "/x"}), "no volume x"),
    "a folder of the node": (False, lambda o, s: worker(s)["volumes"].append({"name": "h", "hostPath": {"path": "/"}}), "hostPath"),
    # plain objects
    "an access mode": (False, lambda o, s: o["PersistentVolumeClaim"]["spec"].update(accessModes=["ReadWriteAll"]), "ReadWriteAll"),
    "no size": (False, lambda o, s: o["PersistentVolumeClaim"]["spec"]["resources"]["requests"].update(storage="20 GB"), "is no size"),
    "a map of numbers": (False, lambda o, s: o["ConfigMap"]["data"].update(n=1), "must be a text"),
    "a map too large": (False, lambda o, s: o["ConfigMap"]["data"].update(x="x" * (1 << 20)), "1 MiB"),
    "a label": (False, lambda o, s: o["Namespace"]["metadata"]["labels"].update({"a b": "c"}), "labels"),
    "no namespace": (False, lambda o, s: o["PersistentVolumeClaim"]["metadata"].pop("namespace"), "namespace"),
    "a field of a map": (False, lambda o, s: rename(o["ConfigMap"], "data", "datas"), "datas"),
}

# Of the overlay `serve`.
SERVICE_MUTATIONS = {
    "a service of all workers": (False, lambda o, s: o["Service"]["spec"]["selector"].pop("training.kubeflow.org/replica-index"), "Service.spec.selector"),
    "a service of the launcher": (False, lambda o, s: o["Service"]["spec"]["selector"].update({"training.kubeflow.org/job-role": "launcher"}), "Service.spec.selector"),
    "a service of another job": (False, lambda o, s: o["MPIJob"]["metadata"].update(name="tessera-x"), "Service.spec.selector"),
    "a service of the job's name": (False, lambda o, s: o["Service"]["metadata"].update(name="tessera-serve"), "one of the job's name"),
    "a port that is not there": (False, lambda o, s: o["Service"]["spec"]["ports"][0].update(targetPort="web"), "Service's target"),
    "another port": (False, lambda o, s: first(worker(s))["ports"][1].update(containerPort=80), "PodMonitor's port"),
    "loopback": (False, lambda o, s: first(launcher(s))["args"].__setitem__(3, "127.0.0.1:8080"), "no other pod reaches"),
    "no token": (False, lambda o, s: first(launcher(s)).update(args=["serve", "/data/trips.h5", "--listen", "0.0.0.0:8080"]), "--token-file"),
    "a token that is not mounted": (False, lambda o, s: first(worker(s))["volumeMounts"].pop(), "--token-file"),
    "a token for everybody": (False, lambda o, s: worker(s)["volumes"][-1]["secret"].pop("defaultMode"), "others can read it"),
    "a secret that nobody makes": (False, lambda o, s: worker(s)["volumes"][-1]["secret"].update(secretName="x"), "no Secret x"),
    "a probe that waits for the service": (False, lambda o, s: first(worker(s)).update(readinessProbe={"httpGet": {"path": "/readyz", "port": 8080}}), "readinessProbe"),
    "no liveness": (False, lambda o, s: first(worker(s)).pop("livenessProbe"), "livenessProbe"),
    "an impatient probe": (False, lambda o, s: first(worker(s))["livenessProbe"].pop("timeoutSeconds"), "patience"),
    "a monitor without the token": (False, lambda o, s: o["PodMonitor"]["spec"]["podMetricsEndpoints"][0].pop("authorization"), "PodMonitor's token"),
    "a monitor of another path": (False, lambda o, s: o["PodMonitor"]["spec"]["podMetricsEndpoints"][0].update(path="/"), "PodMonitor's path"),
    "a typo in the monitor": (False, lambda o, s: rename(o["PodMonitor"]["spec"], "podMetricsEndpoints", "podMetricEndpoints"), "podMetric"),
    "ssh for everybody": (False, lambda o, s: o["NetworkPolicy"]["spec"]["ingress"][1]["ports"].append({"protocol": "TCP", "port": "ssh"}), "NetworkPolicy.spec.ingress"),
    "a monitor of no version": (False, lambda o, s: o["PodMonitor"].update(apiVersion="v1"), "monitoring.coreos.com/v1"),
}
