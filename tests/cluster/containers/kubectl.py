"""As much of kubectl, and of a cluster behind it, as mpi-operator/job.sh uses: objects are files, an MPIJob that is applied
is run by the stand-in, to its end, and the pod that copies files is a container for each command.

TESSERA_REAL_KUBECTL is the real one, for what needs no cluster; TESSERA_NO_CLUSTER and TESSERA_NO_OPERATOR take things away.
TESSERA_UNHEARD=N: the first N questions about a job that runs are not answered. TESSERA_GONE: it is deleted as soon as it runs."""
import json
import os
import pathlib
import re
import subprocess
import sys

import yaml
from engine import Engine
from standin import Operator

STATE = pathlib.Path(os.environ["TESSERA_SANDBOX"], "cluster")
JOB = "training.kubeflow.org/job-name="


def path_of(kind, name):
    kinds = {"pod": "Pod", "pvc": "PersistentVolumeClaim", "mpijob": "MPIJob", "configmap": "ConfigMap",
             "service": "Service", "networkpolicy": "NetworkPolicy", "podmonitor": "PodMonitor", "secret": "Secret"}
    return STATE / f"{kinds.get(kind, kind)}-{name}.json"


def objects():
    return [json.loads(path.read_text()) for path in STATE.glob("*.json")]


def apply():
    for each in filter(None, yaml.safe_load_all(sys.stdin.read())):
        path = path_of(each["kind"], each["metadata"]["name"])
        path.write_text(json.dumps(each))
        if each["kind"] == "MPIJob":
            others = [other for other in objects() if other["kind"] != "MPIJob"]
            outcome = Operator(engine(), [*others, each]).run()
            each["status"] = {"exit": outcome.code, "log": outcome.log}
            path.write_text(json.dumps(each))
            if "TESSERA_GONE" in os.environ:
                path.unlink()
        print(f"{each['kind']}/{each['metadata']['name']} applied")


def is_unheard():
    asked = STATE / "unheard"  # as many bytes as were asked in vain
    before = asked.stat().st_size if asked.exists() else 0
    if before >= int(os.environ.get("TESSERA_UNHEARD", "0")):
        asked.unlink(missing_ok=True)
        return False
    asked.write_bytes(b"." * (before + 1))
    return True


def get(words, told):
    kind, names = words[0], [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    if kind == "crd":
        return 1 if "TESSERA_NO_OPERATOR" in os.environ else 0
    if kind == "pods":  # by their job: the launcher's name, its exit code, or the workers' names
        if not path_of("mpijob", re.search(JOB + "([^,]*)", told).group(1)).exists():
            return 0
        if "-o name" in told:
            return print("pod/launcher") or 0
        job = json.loads(path_of("mpijob", re.search(JOB + "([^,]*)", told).group(1)).read_text())
        workers = range(job["spec"]["mpiReplicaSpecs"]["Worker"]["replicas"])
        print(job["status"]["exit"] if "exitCode" in told
              else " ".join(f"{job['metadata']['name']}-worker-{i}" for i in workers))
        return 0
    path = path_of(kind, names[0])
    if kind == "mpijob" and is_unheard():
        return print("Unable to connect to the server: EOF", file=sys.stderr) or 1
    if not path.exists():
        return 0 if "--ignore-not-found" in words else 1
    if kind == "mpijob":
        print("Created Running", "Failed" if json.loads(path.read_text())["status"]["exit"] else "Succeeded", end=" ")
    else:
        print(f"{kind}/{names[0]}")
    return 0


def logs(told):
    found = re.search(JOB + "([^,]*)", told)
    if not found:
        return print("the log of a worker") or 0
    path = path_of("mpijob", found.group(1))
    if not path.exists():
        return 0  # as the real one does
    print(json.loads(path.read_text())["status"]["log"], end="")
    return 0


def execute(words):
    if not path_of("pod", "tessera-files").exists():
        return print("no pod tessera-files", file=sys.stderr) or 1
    command = words[words.index("--") + 1:]
    volume = os.path.join(os.environ["TESSERA_SANDBOX"], "volume", "tessera-data")
    os.makedirs(volume, exist_ok=True)
    os.chown(volume, 0, 1000)
    os.chmod(volume, 0o2775)
    interactive = "-i" in words[:words.index("--")]
    return subprocess.run(["podman", "run", "--rm", "-i", "--network", "none", "--cgroup-parent", engine().cgroup, "--volume",
                           f"{volume}:/data", "tessera:0.1.0", *command], env=engine().environment, cwd=engine().folder,
                          stdin=None if interactive else subprocess.DEVNULL).returncode


def engine():
    return Engine(os.environ["TESSERA_SANDBOX"], os.environ["TESSERA_SANDBOX_CGROUP"])


def main(words):
    STATE.mkdir(exist_ok=True)
    if words[:1] == ["--namespace"]:
        words = words[2:]
    told = " ".join(words)
    if words[0] == "kustomize" or "--dry-run=client" in words:
        return subprocess.run([os.environ["TESSERA_REAL_KUBECTL"], *words]).returncode
    if "TESSERA_NO_CLUSTER" in os.environ:
        return print("The connection to the server localhost:8080 was refused", file=sys.stderr) or 1
    if words[0] == "apply":
        return apply() or 0
    if words[0] == "get":
        return get(words[1:], told)
    if words[0] == "logs":
        return logs(told)
    if words[0] == "exec":
        return execute(words)
    if words[0] == "delete":
        for name in (word for word in words[2:] if not word.startswith("-")):
            path_of(words[1], name).unlink(missing_ok=True)
        return 0
    return 0 if words[0] in ("version", "wait", "describe") else print(f"not known here: {told}", file=sys.stderr) or 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
