"""What the service of `tessera serve` keeps: the way to it leads to the one pod that speaks HTTP, everybody is asked for the
token, and probes are such that the job can start."""

FIELDS = {"Service": {"selector", "ports", "type", "clusterIP"}, "NetworkPolicy": {"podSelector", "policyTypes", "ingress"},
          "PodMonitor": {"selector", "podMetricsEndpoints"}}
ENDPOINT = {"port", "path", "interval", "authorization"}


def labels_of_rank_0(job):
    """The operator's labels of the first worker, which is first in the hostfile."""
    return {"training.kubeflow.org/job-name": job["metadata"]["name"], "training.kubeflow.org/job-role": "worker",
            "training.kubeflow.org/replica-index": "0"}


def option(words, name):
    return words[words.index(name) + 1] if name in words[:-1] else None


def errors_of(objects):
    try:
        return faults_of(objects)
    except (KeyError, IndexError, TypeError) as error:
        return [f"{error!r} is missing, or not as it should be"]


def faults_of(objects):
    by_kind = {each["kind"]: each for each in objects}
    job = by_kind["MPIJob"]
    launcher, worker = (job["spec"]["mpiReplicaSpecs"][kind]["template"]["spec"] for kind in ("Launcher", "Worker"))
    serves = launcher["containers"][0]["args"][:1] == ["serve"]
    if not serves:
        return [f"{kind}: without a service" for kind in FIELDS if kind in by_kind]
    found = [f"{kind}: required" for kind in FIELDS if kind not in by_kind]
    if found:
        return found
    for kind, fields in FIELDS.items():
        found += [f"{kind}.spec.{name}: unknown field" for name in sorted(set(by_kind[kind]["spec"]) - fields)]
    if found:
        return found
    found += of_way(by_kind, labels_of_rank_0(job), worker["containers"][0])
    found += of_words(launcher["containers"][0]["args"], worker)
    found += of_probes(worker["containers"][0])
    if by_kind["Service"]["metadata"]["name"] == job["metadata"]["name"]:
        found.append("Service.metadata.name: the operator makes one of the job's name")
    return found


def of_way(by_kind, labels, worker):
    service, policy, monitor = (by_kind[kind]["spec"] for kind in FIELDS)
    ports = {each["name"]: each["containerPort"] for each in worker["ports"]}
    endpoint = monitor["podMetricsEndpoints"][0]
    credentials = endpoint.get("authorization", {}).get("credentials")
    own = {"podSelector": {"matchLabels": {key: labels[key] for key in labels if key.endswith("job-name")}}}
    wanted = [
        ("Service.spec.selector", service["selector"], labels),
        ("PodMonitor.spec.selector", monitor["selector"], {"matchLabels": labels}),
        ("Service's target", ports.get(service["ports"][0]["targetPort"]), 8080),
        ("PodMonitor's port", ports.get(endpoint["port"]), 8080),
        ("PodMonitor's path", endpoint["path"], "/metrics"),
        ("PodMonitor's token", credentials, {"name": "tessera-token", "key": "token"}),
        ("NetworkPolicy.spec.podSelector", {"podSelector": policy["podSelector"]}, own),
        ("NetworkPolicy.spec.ingress", policy["ingress"], [{"from": [own]}, {"ports": [{"protocol": "TCP", "port": "http"}]}]),
    ]
    found = [f"{what}: {value!r} where it must be {expected!r}" for what, value, expected in wanted if value != expected]
    return found + [f"PodMonitor's endpoint: {name}: unknown field" for name in sorted(set(endpoint) - ENDPOINT)]


def of_words(words, worker):
    found = []
    if option(words, "--listen") != "0.0.0.0:8080":
        found.append(f"--listen: {option(words, '--listen')!r}, which no other pod reaches")
    folder, _, name = str(option(words, "--token-file")).rpartition("/")
    mount = next((each for each in worker["containers"][0]["volumeMounts"] if each["mountPath"] == folder), {})
    volume = next((each for each in worker["volumes"] if each["name"] == mount.get("name")), {})
    if volume.get("secret", {}).get("secretName") != "tessera-token" or name != "token":
        found.append("--token-file: is not in the Secret tessera-token")
    elif volume["secret"].get("defaultMode", 0o644) & 0o007 or not worker["securityContext"].get("fsGroup"):
        found.append("the token's defaultMode: others can read it, and the service refuses it")
    return found


def of_probes(worker):
    found = []
    for name, word in (("readinessProbe", "ready"), ("livenessProbe", "live")):
        probe = worker.get(name, {})
        if probe.get("exec") != {"command": ["tessera-probe", word]}:
            # httpGet would never be ready: the launcher, which starts the service, waits for ready workers.
            found.append(f"{name}: must be tessera-probe {word}")
        elif probe.get("timeoutSeconds", 1) < 4:
            found.append(f"{name}.timeoutSeconds: shorter than the probe's own patience of 3 s")
    return found
