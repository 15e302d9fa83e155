"""Several hosts on one machine: each is a set of Linux namespaces with its own name, network card, processes, /dev/shm
and /etc/hosts, and an ssh server. `head` holds the bridge that joins them. Needs root; nothing of it reaches the
machine's own network, and all of it ends with this process.

    with Hosts(2) as hosts:
        hosts.run("head", ["mpirun", "--host", "h0:1,h1:1", ...])
"""
import os
import shutil
import signal
import subprocess
import tempfile
import time

NETWORK = "10.88.0"
PACKAGES = "openssh-server openssh-client iproute2 util-linux openmpi-bin"
INIT = r"""
set -e
hostname "$1"
ip link set lo up
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount --bind "$2/hosts" /etc/hosts
read -r _ <"$2/$1.go"    # until its network card is there
[ "$1" = head ] || /usr/sbin/sshd -f "$2/sshd_config"
echo up >"$2/$1.up"
exec sleep infinity
"""


def missing():
    """Why hosts cannot be had here; nothing where they can."""
    if os.geteuid() != 0:
        return "hosts of namespaces need root"
    for tool in ("/usr/sbin/sshd", "ssh-keygen", "ip", "unshare", "nsenter", "mpirun"):
        if not shutil.which(tool) and not os.path.exists(tool):
            return f"{tool} is missing (Debian: {PACKAGES})"
    tried = subprocess.run(["unshare", "-u", "-m", "-i", "-n", "-p", "-f", "true"], stderr=subprocess.PIPE, text=True)
    return f"namespaces cannot be made here: {tried.stderr.strip()}" if tried.returncode else None


class Hosts:
    def __init__(self, count):
        self.names = ["head"] + [f"h{i}" for i in range(count)]
        self.outer, self.inner = {}, {}

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="tessera-hosts-")
        os.chmod(self.folder, 0o755)
        try:
            self.write_settings()
            for name in self.names:
                self.start(name)
            self.join()
            for name in self.names[1:]:
                self.wait_for_ssh(name)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.outer.values():
            process.send_signal(signal.SIGKILL)  # --kill-child: the host's first process, and with it all others
        for process in self.outer.values():
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name):
        return f"{NETWORK}.{self.names.index(name) + 1}"

    def path(self, name):
        return os.path.join(self.folder, name)

    def write_settings(self):
        for key in ("user", "host"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.path(key)], check=True)
        os.makedirs("/run/sshd", exist_ok=True)
        lines = ["127.0.0.1 localhost"] + [f"{self.address(name)} {name}" for name in self.names]
        self.write("hosts", "\n".join(lines) + "\n")
        self.write("sshd_config", f"Port 22\nHostKey {self.path('host')}\nAuthorizedKeysFile {self.path('user')}.pub\n"
                   "PermitRootLogin prohibit-password\nPasswordAuthentication no\nStrictModes no\nUsePAM no\nPidFile none\n")
        self.write("ssh_config", f"Host *\n  IdentityFile {self.path('user')}\n  StrictHostKeyChecking no\n"
                   "  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n  ConnectTimeout 5\n")

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)

    def start(self, name):
        os.mkfifo(self.path(name + ".go"))
        with open(self.path(name + ".log"), "w") as log:
            self.outer[name] = subprocess.Popen(
                ["unshare", "-u", "-m", "-i", "-n", "-p", "-f", "--mount-proc", "--propagation", "private", "--kill-child",
                 "sh", "-c", INIT, "host", name, self.folder], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.inner[name] = self.wait_for(lambda: self.child_of(self.outer[name].pid), f"{name} did not start")

    @staticmethod
    def child_of(pid):
        with open(f"/proc/{pid}/task/{pid}/children") as children:
            return next(iter(children.read().split()), None)

    def wait_for(self, look, complaint, patience_s=20):
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.02)
        for name in os.listdir(self.folder):
            if name.endswith(".log"):
                with open(self.path(name)) as log:
                    complaint += "\n" + log.read()
        raise RuntimeError(complaint)

    def join(self):
        """A bridge in `head`, and to each other host a pair of cards."""
        def in_net(name, *command):
            subprocess.run(["nsenter", "-t", self.inner[name], "-n", *command], check=True)
        in_net("head", "ip", "link", "add", "bridge0", "type", "bridge")
        in_net("head", "ip", "addr", "add", f"{self.address('head')}/24", "dev", "bridge0")
        in_net("head", "ip", "link", "set", "bridge0", "up")
        for name in self.names[1:]:
            in_net("head", "ip", "link", "add", f"to-{name}", "type", "veth", "peer", "name", "eth0", "netns",
                   self.inner[name])
            in_net("head", "ip", "link", "set", f"to-{name}", "master", "bridge0", "up")
            in_net(name, "ip", "addr", "add", f"{self.address(name)}/24", "dev", "eth0")
            in_net(name, "ip", "link", "set", "eth0", "up")
        for name in self.names:
            with open(self.path(name + ".go"), "w") as go:
                go.write("go\n")
            self.wait_for(lambda: os.path.exists(self.path(name + ".up")), f"{name} did not come up")

    def wait_for_ssh(self, name):
        self.wait_for(lambda: self.run("head", ["ssh", "-F", self.path("ssh_config"), name, "true"]).returncode == 0,
                      f"no ssh to {name}")

    def environment(self):
        """What Open MPI has to know."""
        card = f"{NETWORK}.0/24"
        return dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                    OMPI_MCA_plm_rsh_args=f"-F {self.path('ssh_config')}", OMPI_MCA_btl_tcp_if_include=card,
                    OMPI_MCA_oob_tcp_if_include=card)

    def command(self, name, command, cwd=None):
        return ["nsenter", "-t", self.inner[name], "-u", "-m", "-i", "-n", "-p", "--", "env", "-C", cwd or os.getcwd(),
                *map(str, command)]

    def run(self, name, command, patience_s=60, cwd=None, **variables):
        """What subprocess.run returns; killed after its time."""
        return subprocess.run(self.command(name, command, cwd), env={**self.environment(), **variables},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=patience_s)

    def start_program(self, name, command, cwd=None, **variables):
        """As run, but does not wait."""
        return subprocess.Popen(self.command(name, command, cwd), env={**self.environment(), **variables}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def silence(self, name):
        """Nothing that it sends arrives any more."""
        subprocess.run(["nsenter", "-t", self.inner["head"], "-n", "ip", "link", "set", f"to-{name}", "down"], check=True)

    def kill(self, name):
        """The whole host, at once."""
        killed = self.outer.pop(name)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
