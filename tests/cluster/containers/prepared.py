"""What the container tests start from: the image, made-up trips on the volume, and the manifest's objects."""
import os
import shutil
import subprocess
import unittest

PROJECT = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))
OPERATOR = os.path.join(PROJECT, "mpi-operator")


def prepare(folder, tessera):
    """What needs the machine's network: Debian's packages (TESSERA_ROOTFS may name what rootfs.sh made before)."""
    context = os.path.join(folder, "context")
    os.makedirs(context)
    if "TESSERA_ROOTFS" in os.environ:
        shutil.copy(os.environ["TESSERA_ROOTFS"], f"{context}/rootfs.tar")
    else:
        subprocess.run(["bash", f"{OPERATOR}/image/rootfs.sh", f"{context}/rootfs.tar"], check=True)
    for name in ("mpi-operator/image/launch.sh", "mpi-operator/image/probe.sh", "mpi-operator/image/ssh_config",
                 "mpi-operator/image/sshd_config", "slurm/run_child.sh"):
        shutil.copy(f"{PROJECT}/{name}", context)
    subprocess.run(["strip", "-o", f"{context}/tessera", tessera], check=True)


class Prepared(unittest.TestCase):
    ready = None

    @classmethod
    def setUpClass(cls):
        from engine import Engine
        cls.folder = os.environ["TESSERA_SANDBOX"]
        cls.tessera = os.environ["TESSERA_UNDER_TEST"]
        cls.volume = os.path.join(cls.folder, "volume", "tessera-data")
        cls.objects = cls.rendered("local")
        first = Prepared.ready is None
        if first:
            Prepared.ready = Engine(cls.folder, os.environ["TESSERA_SANDBOX_CGROUP"])
            Prepared.ready.build(f"{OPERATOR}/Containerfile.scratch", os.path.join(cls.folder, "context"), "tessera:0.1.0")
            os.makedirs(os.path.join(cls.folder, "trips"))
            for seed, kind in enumerate(("yellow", "uber")):
                cls.plain("generate", "trips", "--format", kind, "--trips", 150_000, "--seed", seed, "--dirty", 0.01,
                          "--output", f"trips/{kind}.csv")
        cls.engine = Prepared.ready
        shutil.rmtree(cls.volume, ignore_errors=True)
        os.makedirs(cls.volume)

    @staticmethod
    def rendered(overlay):
        import yaml
        done = subprocess.run(["kubectl", "kustomize", f"{OPERATOR}/overlays/{overlay}"], check=True, text=True,
                              capture_output=True)
        return list(yaml.safe_load_all(done.stdout))

    @classmethod
    def plain(cls, *words, ranks=1):
        launch = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "-n", str(ranks)] if ranks > 1 else []
        return subprocess.run([*launch, cls.tessera, *map(str, words)], check=True, capture_output=True, text=True,
                              cwd=cls.folder).stdout

    @classmethod
    def put_trips(cls):
        shutil.copytree(os.path.join(cls.folder, "trips"), os.path.join(cls.volume, "in"))

    def assert_same_file(self, one, other):
        self.assertEqual(subprocess.run(["cmp", one, other], check=False, capture_output=True, text=True).stdout, "")
        self.assertTrue(os.path.getsize(one) == os.path.getsize(other) > 0)
