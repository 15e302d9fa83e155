"""Podman within the sandbox: storage in its folder, a bridge that joins the containers, and a network namespace for each."""
import os
import subprocess

SUBNET = "10.78.0"


class Engine:
    def __init__(self, folder, cgroup):
        self.folder, self.cgroup, self.hosts = folder, cgroup, {}
        self.environment = dict(os.environ, CONTAINERS_STORAGE_CONF=self.write("storage.conf", f"""
[storage]
driver = "overlay"
runroot = "{folder}/run"
graphroot = "{folder}/graph"
"""), CONTAINERS_CONF=self.write("containers.conf", """
[containers]
# What is asked for by default is more than a container of its own may give.
default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]
log_driver = "k8s-file"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
"""))
        if not os.path.exists(f"{folder}/graph"):
            self.make_network()

    @staticmethod
    def make_network():
        must("mount", "-t", "tmpfs", "none", "/run")
        os.makedirs("/run/netns")
        must("ip", "link", "set", "lo", "up")
        must("ip", "link", "add", "pods", "type", "bridge")
        must("ip", "link", "set", "pods", "up")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def build(self, containerfile, context, tag):
        must("buildah", "bud", "-q", "--isolation", "chroot", "-f", containerfile, "-t", tag, context,
             env=self.environment)

    def podman(self, *words, **options):
        # There, since its monitor writes a file "oom" where it was called.
        return subprocess.run(["podman", *map(str, words)], env=self.environment, text=True, stdin=subprocess.DEVNULL,
                              cwd=self.folder, **{"capture_output": True, **options})

    def add_host(self, name):
        """A network namespace with an address on the bridge, in which a container of this name will be."""
        address = f"{SUBNET}.{10 + len(self.hosts)}"
        card = f"pod{len(self.hosts)}"
        self.hosts[name] = (address, card)
        must("ip", "netns", "add", name)
        must("ip", "link", "add", card, "type", "veth", "peer", "name", "eth0", "netns", name)
        must("ip", "link", "set", card, "master", "pods", "up")
        must("ip", "-n", name, "address", "add", f"{address}/24", "dev", "eth0")
        for link in ("eth0", "lo"):
            must("ip", "-n", name, "link", "set", link, "up")

    def cut_off(self, name):
        """Its network falls silent: nothing tells the other side."""
        must("ip", "link", "set", self.hosts[name][1], "down")

    def remove_all(self):
        self.podman("rm", "--all", "--force", "--time", "0")
        for name, (_, card) in self.hosts.items():
            subprocess.run(["ip", "link", "delete", card], check=False, capture_output=True)
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)
        self.hosts = {}


def must(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
