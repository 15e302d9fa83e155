"""A place of its own for containers: mounts, network and processes in new namespaces, which end with it whatever
happens, state in one folder, and one group of cgroups. Needs root.

    with Sandbox() as sandbox:          # in the test's own process
        sandbox.enter([python, script])  # in the namespaces; returns the exit code
"""
import ctypes
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOOLS = ("mmdebstrap", "buildah", "podman", "runc", "ip", "unshare", "ssh-keygen")
PACKAGES = "mmdebstrap buildah podman runc iproute2 util-linux openssh-client"


def reason_to_skip():
    """Why containers cannot be had here; nothing when they can."""
    if os.geteuid() != 0:
        return "containers need root here"
    if not os.path.exists("/etc/debian_version"):
        return "this is no Debian"
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"{', '.join(missing)} missing (Debian: {PACKAGES})"
    tried = subprocess.run([*NAMESPACES, "true"], capture_output=True, text=True)
    return f"no namespaces here: {tried.stderr.strip()}" if tried.returncode else None


NAMESPACES = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]


PREFIX = "tessera-containers-"
HIERARCHIES = [line.split()[1] for line in open("/proc/mounts", encoding="utf-8") if " cgroup" in line]


def end_with_parent():
    """Killed as this process may be (by a test's time limit), what is in the namespaces ends with it."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Sandbox:
    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))
        for left in glob.glob(os.path.join(tempfile.gettempdir(), PREFIX + "*")):  # by a test that was killed
            if not os.path.exists(f"/proc/{left.split('-')[-2]}"):
                remove(left)
        self.folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
        os.chmod(self.folder, 0o755)
        self.cgroup = "/" + os.path.basename(self.folder)
        return self

    def __exit__(self, *_):
        remove(self.folder)

    def enter(self, command):
        environment = dict(os.environ, TESSERA_SANDBOX=self.folder, TESSERA_SANDBOX_CGROUP=self.cgroup)
        return subprocess.run([*NAMESPACES, *command], env=environment, preexec_fn=end_with_parent).returncode

    def left_over(self):
        """What should not be there after the end; mounts of the sandbox are gone with its namespace."""
        mounts = [line for line in open("/proc/mounts", encoding="utf-8") if self.folder in line]
        return mounts + [place for place in [self.folder, *(each + self.cgroup for each in HIERARCHIES)] if os.path.exists(place)]


def remove(folder):
    """The folder, and its cgroups: empty ones, in every hierarchy, since their processes have ended with the namespaces."""
    for hierarchy in HIERARCHIES:
        for group, _, _ in os.walk(f"{hierarchy}/{os.path.basename(folder)}", topdown=False):
            remove_patiently(group)
    shutil.rmtree(folder, ignore_errors=True)


def remove_patiently(folder):
    for _ in range(50):  # the kernel takes a moment to let processes go
        try:
            return os.rmdir(folder)
        except FileNotFoundError:
            return None
        except OSError:
            time.sleep(0.1)
    return None
