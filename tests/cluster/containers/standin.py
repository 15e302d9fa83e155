"""Stands in for the MPI Operator's controller (v0.8, kubeflow.org/v2beta1, Open MPI): takes the objects of a manifest and
does with containers what the controller does with pods. A secret with a new key at sshAuthMountPath, a hostfile in
/etc/mpi of the launcher, its variables, worker pods NAME-worker-I that answer by their names, a launcher when they are
ready (WaitForWorkersReady) that is tried backoffLimit + 1 times. At the end all of it is removed. (real_controller_test.py
compares the parts with what the real controller makes.)"""
import dataclasses
import os
import pathlib
import socket
import subprocess
import time

from engine import must
from pods import bind, memory, options_of, quantity, write_files


@dataclasses.dataclass
class Faults:
    """What is to go wrong."""
    hostfile: bool = True
    key: bool = True
    read_only: bool = False
    shared: bool = True
    other_files: dict = dataclasses.field(default_factory=dict)  # of the last worker: in the image -> what lies there instead
    in_the_middle: object = None  # called with the operator once all ranks run


@dataclasses.dataclass
class Outcome:
    code: int
    log: str
    seconds: float  # of the launcher
    after_fault: float  # from the fault in the middle to the launcher's end
    attempts: int


def hostfile_of(job):
    name, space = job["metadata"]["name"], job["metadata"].get("namespace", "default")
    slots, workers = job["spec"].get("slotsPerWorker", 1), job["spec"]["mpiReplicaSpecs"]["Worker"]["replicas"]
    return "".join(f"{name}-worker-{i}.{name}.{space}.svc slots={slots}\n" for i in range(workers))


def launcher_variables(job):
    return {
        "K_MPI_JOB_ROLE": "launcher",
        "OMPI_MCA_orte_keep_fqdn_hostnames": "true",
        "OMPI_MCA_orte_default_hostfile": "/etc/mpi/hostfile",
        "OMPI_MCA_plm_rsh_args": "-o ConnectionAttempts=10",
        "OMPI_MCA_orte_set_default_slots": str(job["spec"].get("slotsPerWorker", 1)),
    }


def secret_of(private, public):
    """As files at sshAuthMountPath."""
    return {"id_rsa": private, "id_rsa.pub": public, "authorized_keys": public}


class Operator:
    def __init__(self, engine, objects, faults=Faults()):
        self.engine, self.faults = engine, faults
        self.maps, self.secrets = ({each["metadata"]["name"]: each["data"] for each in objects if each["kind"] == kind}
                                   for kind in ("ConfigMap", "Secret"))
        self.job = next(each for each in objects if each["kind"] == "MPIJob")
        self.name = self.job["metadata"]["name"]
        self.namespace = self.job["metadata"].get("namespace", "default")
        self.spec = self.job["spec"]
        self.launcher = f"{self.name}-launcher"
        replicas = self.spec["mpiReplicaSpecs"]["Worker"]["replicas"]
        self.workers = [f"{self.name}-worker-{i}" for i in range(replicas)]
        self.folder = os.path.join(engine.folder, f"job-{time.monotonic_ns()}")

    def domain_of(self, pod):
        return f"{pod}.{self.name}.{self.namespace}.svc"

    def run(self, patience=60):
        os.makedirs(self.folder)
        try:
            for pod in (self.launcher, *self.workers):
                self.engine.add_host(pod)
            self.make_secret_and_hostfile()
            for pod in self.workers:
                self.start("Worker", pod, {"K_MPI_JOB_ROLE": "worker"}, "--detach")
            if self.spec.get("launcherCreationPolicy") == "WaitForWorkersReady":
                self.wait_for_workers()
            return self.run_launcher(patience)
        finally:
            self.engine.remove_all()

    def make_secret_and_hostfile(self):
        group = self.spec["mpiReplicaSpecs"]["Launcher"]["template"]["spec"].get("securityContext", {}).get("fsGroup", 0)
        key = os.path.join(self.folder, "key")
        must("ssh-keygen", "-q", "-t", "ecdsa", "-b", "521", "-m", "PEM", "-N", "", "-C", "", "-f", key)
        private, public = (pathlib.Path(path).read_text(encoding="utf-8") for path in (key, key + ".pub"))
        self.secret = write_files(os.path.join(self.folder, "ssh"), secret_of(private, public), group)
        self.no_secret = write_files(os.path.join(self.folder, "no-ssh"), {}, group)
        hostfile = {"hostfile": hostfile_of(self.job)} if self.faults.hostfile else {}
        self.config = write_files(os.path.join(self.folder, "mpi"), hostfile, group)

    def volumes_of(self, template, pod):
        group = template["spec"].get("securityContext", {}).get("fsGroup", 0)
        found = {}
        for volume in template["spec"].get("volumes", []):
            name = volume["name"]
            own = os.path.join(self.folder, pod, name)
            if "persistentVolumeClaim" in volume:
                shared = os.path.join(self.engine.folder, "volume", volume["persistentVolumeClaim"]["claimName"])
                source = shared if self.faults.shared or pod == self.workers[0] else own
                os.makedirs(source, exist_ok=True)
                os.chown(source, 0, group)
                os.chmod(source, 0o2775)
                found[name] = bind(source)
                if self.faults.read_only:
                    found[name] = lambda path, _, source=source: bind(source)(path, True)
            elif "configMap" in volume:
                if not os.path.isdir(own):
                    write_files(own, self.maps[volume["configMap"]["name"]], group)
                found[name] = bind(own)
            elif "secret" in volume:
                if not os.path.isdir(own):
                    write_files(own, self.secrets[volume["secret"]["secretName"]], group, volume["secret"].get("defaultMode", 0o644))
                found[name] = bind(own)
            elif volume.get("emptyDir", {}).get("medium") == "Memory":
                found[name] = memory(quantity(volume["emptyDir"].get("sizeLimit", 0)))
            elif "emptyDir" in volume:
                os.makedirs(own, exist_ok=True)
                os.chmod(own, 0o777)
                found[name] = bind(own)
            else:
                raise RuntimeError(f"volume {name}: {volume} is nothing that the stand-in knows")
        return found

    def start(self, kind, pod, environment, *how, **options):
        template = self.spec["mpiReplicaSpecs"][kind]["template"]
        container = template["spec"]["containers"][0]
        if kind == "Worker" and not container.get("command") and not container.get("args"):
            container["command"] = ["/usr/sbin/sshd", "-De"]
        words = ["run", *how, "--name", pod, "--hostname", pod, "--network", f"ns:/run/netns/{pod}", "--pull", "never",
                 "--cgroup-parent", self.engine.cgroup]
        for host, (address, _) in self.engine.hosts.items():
            for name in (host, f"{host}.{self.name}", self.domain_of(host)):
                words += ["--add-host", f"{name}:{address}"]
        words += options_of(template, self.volumes_of(template, pod), environment)
        key = self.secret if self.faults.key or kind == "Worker" else self.no_secret
        words += bind(key)(self.spec.get("sshAuthMountPath", "/root/.ssh"), True)
        if pod == self.workers[-1]:
            for path, instead in self.faults.other_files.items():
                words += bind(instead)(path, True)
        if kind == "Launcher":
            words += bind(self.config)("/etc/mpi", True)
        done = self.engine.podman(*words, container["image"], *container.get("args", []), **options)
        if kind == "Worker" and done.returncode:
            raise RuntimeError(f"{pod}: {done.stderr}")
        return done

    def wait_for_workers(self):
        """By the probe of the manifest: TCP, from outside of the pod, or a command within."""
        container = self.spec["mpiReplicaSpecs"]["Worker"]["template"]["spec"]["containers"][0]
        probe = container["readinessProbe"]
        must("ip", "address", "replace", "10.78.0.1/24", "dev", "pods")
        deadline = time.monotonic() + 20
        for pod in self.workers:
            while True:
                fault = self.fault_of(probe, pod)
                if not fault:
                    break
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{pod} was not ready: {fault}; {self.engine.podman('logs', pod)}")
                time.sleep(0.1)

    def fault_of(self, probe, pod):
        """What a probe finds; nothing when all is well."""
        if "exec" in probe:
            done = self.engine.podman("exec", pod, *probe["exec"]["command"])
            return f"{probe['exec']['command']}: {done.stderr}" if done.returncode else None
        try:
            socket.create_connection((self.engine.hosts[pod][0], probe["tcpSocket"]["port"]), 1).close()
        except OSError as error:
            return error

    def run_launcher(self, patience):
        attempts = self.spec.get("runPolicy", {}).get("backoffLimit", 6) + 1
        log, outcome = "", None
        for attempt in range(1, attempts + 1):
            begin = time.monotonic()
            self.start("Launcher", self.launcher, launcher_variables(self.job), "--detach")
            fault_at = self.wait_for_the_middle(begin + patience)
            code = self.wait_for_launcher(begin + patience)
            end = time.monotonic()
            done = self.engine.podman("logs", self.launcher, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, capture_output=False)
            log += done.stdout
            outcome = Outcome(code, log, end - begin, end - (fault_at or end), attempt)
            self.engine.podman("rm", "--force", self.launcher)
            if code == 0:
                break
        return outcome

    def wait_for_launcher(self, deadline):
        while time.monotonic() < deadline:
            state = self.engine.podman("inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", self.launcher).stdout.split()
            if state and state[0] == "exited":
                return int(state[1])
            time.sleep(0.1)
        raise RuntimeError(f"the launcher is not done in time: {self.engine.podman('logs', self.launcher)}")

    def wait_for_the_middle(self, deadline):
        """Until every rank of the command itself runs; doctor went before it."""
        if self.faults.in_the_middle is None:
            return None
        while time.monotonic() < deadline:
            if len(ranks_running()) >= len(self.workers):
                at = time.monotonic()
                self.faults.in_the_middle(self)
                return at
            time.sleep(0.02)
        raise RuntimeError(f"the ranks were not there in time: {self.engine.podman('logs', self.launcher)}")


def ranks_running():
    """Process ids of `tessera ingest` and the like, in any container: they are in the sandbox's list of processes."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = pathlib.Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"tessera") and len(words) > 1 and words[1] in (b"ingest", b"answer", b"serve"):
            found.append(int(process))
    return found
