"""Every manifest that kustomize prints, of the overlays and of `job.sh show`, is right by the operator's real CRD, by its
controller's rules, by Kubernetes' and by ours; and each rule is broken once on purpose, which must be found.

    manifests_test.py        (needs kubectl, python3-yaml; the CRD wants Go and python3-jsonschema)
"""
import copy
import os
import shutil
import subprocess
import sys
import unittest

import controller
import house
import kubernetes
import service
from mutations import MUTATIONS, SERVICE_MUTATIONS

try:
    import yaml
except ImportError:
    sys.exit(print("skipped: PyYAML missing (Debian: python3-yaml)"))

PROJECT = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))
OPERATOR = os.path.join(PROJECT, "mpi-operator")
OVERLAYS = ("local", "eks", "scaling", "serve")


def kustomize(folder):
    return parsed(subprocess.run(["kubectl", "kustomize", folder], capture_output=True, text=True))


def show(step, *arguments, **sizes):
    sizes = {name: str(value) for name, value in sizes.items()}
    return parsed(subprocess.run(["bash", f"{OPERATOR}/job.sh", "show", step, *arguments], capture_output=True, text=True,
                                 env=dict(os.environ, **sizes)))


def parsed(done):
    if done.returncode:
        raise AssertionError(f"{done.args}: {done.stderr}")
    return list(yaml.safe_load_all(done.stdout))


def job_of(objects):
    return next(each for each in objects if each["kind"] == "MPIJob")


class Rules:
    def __init__(self):
        try:
            from crd import Schemas, find_crd
            crd, self.missing = find_crd()
            self.schemas = Schemas(crd) if crd else None
        except ImportError:
            self.schemas, self.missing = None, "jsonschema missing (Debian: python3-jsonschema)"

    def errors_of(self, objects):
        found = []
        for each in objects:
            told = kubernetes.errors_of(each)
            told += self.schemas.errors_of(each) if self.schemas else []
            if each.get("kind") == "MPIJob":
                told += controller.errors_of(each) + house.errors_of(each, objects)
            if each.get("kind") == "Pod":
                told += house.security(each["spec"]) + house.volumes(each["spec"], objects)
            if each.get("kind") == "MPIJob":
                told += service.errors_of(objects)
            found += [f"{each.get('kind')} {error}" for error in told]
        return found


@unittest.skipIf(shutil.which("kubectl") is None, "kubectl missing (Debian: kubernetes-client)")
class Manifests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rules = Rules()
        cls.local = kustomize(f"{OPERATOR}/overlays/local")
        cls.serve = kustomize(f"{OPERATOR}/overlays/serve")

    def assert_right(self, objects):
        self.assertEqual(self.rules.errors_of(objects), [])

    def test_the_real_schema(self):
        """The others do without it where it cannot be had."""
        if self.rules.missing:
            self.skipTest(self.rules.missing)
        self.assertIn("kubeflow.org/v2beta1", self.rules.schemas.versions)

    def test_wrong_logs_are_refused(self):
        for words in ((), ("image",)):
            done = subprocess.run(["bash", f"{OPERATOR}/job.sh", "logs", *words], capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertIn("it is of ingest, answer, scale or serve", done.stderr)

    def test_base_and_overlays(self):
        for name in ("base", *(f"overlays/{each}" for each in OVERLAYS)):
            with self.subTest(name):
                self.assert_right(kustomize(f"{OPERATOR}/{name}"))

    def test_every_step_of_any_size(self):
        for overlay in ("local", "eks"):
            for step in ("ingest", "answer", "scale", "serve"):
                for workers, slots, threads, memory in ((1, 1, 1, 512), (3, 2, 4, 8192), (1000, 16, 8, 65536)):
                    with self.subTest(overlay=overlay, step=step, workers=workers):
                        self.assert_right(show(step, "--x", OVERLAY=overlay, WORKERS=workers, SLOTS=slots, THREADS=threads,
                                               MEMORY=memory, IMAGE="registry.example/a/tessera:1"))

    def test_arguments_arrive_as_they_are(self):
        """Kubernetes puts a variable in for $(NAME), and a dollar for two."""
        words = ["/data/in", 'with "quotes" and \\', "two\nlines", "#: {[x]}", "- no", "", "true", "1", "$(HOME) $$", "été"]
        container = job_of(show("ingest", *words))["spec"]["mpiReplicaSpecs"]["Launcher"]["template"]["spec"]["containers"][0]
        self.assertEqual(container["args"], ["ingest", *(word.replace("$", "$$") for word in words)])

    def test_volumes_for_several_nodes(self):
        claim = next(each for each in kustomize(f"{OPERATOR}/overlays/eks") if each["kind"] == "PersistentVolumeClaim")
        self.assertEqual(claim["spec"]["accessModes"], ["ReadWriteMany"])
        self.assertTrue(claim["spec"]["storageClassName"])

    def test_wrong_sizes_are_refused(self):
        for sizes in ({"WORKERS": "0"}, {"SLOTS": "two"}, {"MEMORY": "-1"}, {"OVERLAY": "azure"}, {"THREADS": "1.5"}):
            with self.subTest(**sizes):
                done = subprocess.run(["bash", f"{OPERATOR}/job.sh", "show", "ingest"], capture_output=True, text=True,
                                      env=dict(os.environ, **sizes))
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertRegex(done.stderr, next(iter(sizes)))

    def test_a_service_runs_for_as_long_as_one_says(self):
        job = job_of(show("serve", "/data/trips.h5", "--max-k", "5", SERVE_HOURS=48))
        self.assertEqual(job["spec"]["runPolicy"]["activeDeadlineSeconds"], 48 * 3600)
        self.assertEqual(job["spec"]["mpiReplicaSpecs"]["Launcher"]["template"]["spec"]["containers"][0]["args"],
                         ["serve", "/data/trips.h5", "--max-k", "5", "--listen", "0.0.0.0:8080", "--token-file", "/token/token"])

    def test_the_image_is_built_from_what_is_sent_to_the_builder(self):
        """What Containerfile copies is there, and .dockerignore lets it in."""
        with open(f"{OPERATOR}/../.dockerignore", encoding="utf-8") as file:
            let_in = [line[1:].strip() for line in file if line.startswith("!")]
        with open(f"{OPERATOR}/Containerfile", encoding="utf-8") as file:
            copied = [word for line in file if line.startswith("COPY ") and "--from=" not in line
                      for word in line.split()[1:-1] if not word.startswith("--")]
        self.assertIn("src", copied)
        for path in copied:
            with self.subTest(path):
                self.assertTrue(os.path.exists(f"{OPERATOR}/../{path}"))
                self.assertTrue(any(path == each or path.startswith(f"{each}/") for each in let_in), ".dockerignore keeps it out")

    def test_what_is_broken_is_found(self):
        self.break_each(self.local, MUTATIONS)

    def test_what_is_broken_in_the_service_is_found(self):
        self.break_each(self.serve, SERVICE_MUTATIONS)

    def break_each(self, whole, mutations):
        for name, (needs_schema, break_it, told) in mutations.items():
            if needs_schema and self.rules.schemas is None:
                continue
            with self.subTest(name):
                objects = copy.deepcopy(whole)
                break_it({each["kind"]: each for each in objects}, job_of(objects)["spec"])
                found = self.rules.errors_of(objects)
                self.assertTrue(found, "nothing was found")
                self.assertRegex("\n".join(found), told)


if __name__ == "__main__":
    unittest.main(verbosity=2)
