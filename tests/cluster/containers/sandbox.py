"""A place of its own for containers: mounts, network and processes in new namespaces, which end with it whatever
happens, state in one folder, and one group of cgroups. Needs root.

    with Sandbox() as sandbox:          # in the test's own process
        sandbox.enter([python, script])  # in the namespaces; returns the exit code
"""
import os
import shutil
import subprocess
import tempfile
import time

PACKAGES = ("mmdebstrap", "buildah", "podman", "runc", "ip", "unshare", "ssh-keygen")
PACKAGES_BY_NAME = "mmdebstrap buildah podman runc iproute2 util-linux openssh-client"


def reason_to_skip():
    """Why containers cannot be had here; nothing when they can."""
    if os.geteuid() != 0:
        return "containers need root here"
    if not os.path.exists("/etc/debian_version"):
        return "this is no Debian"
    missing = [tool for tool in PACKAGES if shutil.which(tool) is None]
    if missing:
        return f"{', '.join(missing)} missing (Debian: {PACKAGES_BY_NAME})"
    tried = subprocess.run([*NAMESPACES, "true"], capture_output=True, text=True)
    return f"no namespaces here: {tried.stderr.strip()}" if tried.returncode else None


NAMESPACES = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]


class Sandbox:
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="tessera-containers-")
        os.chmod(self.folder, 0o755)
        self.cgroup = "/" + os.path.basename(self.folder)
        return self

    def __exit__(self, *_):
        self.remove_cgroups()
        shutil.rmtree(self.folder, ignore_errors=True)

    def enter(self, command):
        environment = dict(os.environ, TESSERA_SANDBOX=self.folder, TESSERA_SANDBOX_CGROUP=self.cgroup)
        return subprocess.run([*NAMESPACES, *command], env=environment).returncode

    def remove_cgroups(self):
        """Empty ones, in every hierarchy: their processes have ended with the namespaces."""
        hierarchies = [line.split()[1] for line in open("/proc/mounts", encoding="utf-8") if " cgroup" in line]
        for hierarchy in hierarchies:
            for folder, _, _ in os.walk(hierarchy + self.cgroup, topdown=False):
                remove_patiently(folder)


def remove_patiently(folder):
    for _ in range(50):  # the kernel takes a moment to let processes go
        try:
            return os.rmdir(folder)
        except FileNotFoundError:
            return None
        except OSError:
            time.sleep(0.1)
    return None
