"""The operator's real controller (v0.8.2, over an API kept in memory) takes our manifests: it refuses none, starts the
launcher only when the workers are ready, and makes what the stand-in of the container tests makes. What it refuses,
controller.py refuses.

    real_controller_test.py        (needs kubectl, Go and its module proxy; says why it skips)
"""
import copy
import os
import shutil
import sys
import unittest

import controller
from manifests_test import OPERATOR, OVERLAYS, job_of, kustomize, show
from mutations import MUTATIONS
from real_controller import RealController

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "containers"))
from standin import hostfile_of, launcher_variables, secret_of  # noqa: E402

# What the controller lets pass. The API server refuses the first three by the CRD; nobody the others, and the job waits.
LENIENT = {"an older version", "a number for a text", "a mount without a path",
           "creation policy typo", "restartPolicy in the pod", "managed by nobody"}


@unittest.skipIf(shutil.which("kubectl") is None, "kubectl missing (Debian: kubernetes-client)")
class RealControllerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        try:
            cls.real = RealController()
        except OSError as reason:
            raise unittest.SkipTest(str(reason)) from reason
        cls.addClassCleanup(cls.real.close)
        cls.local = kustomize(f"{OPERATOR}/overlays/local")

    def assert_taken(self, objects):
        made, job = self.real.reconcile(objects), job_of(objects)
        spec, name = job["spec"], job["metadata"]["name"]
        self.assertIsNone(made["errors"])
        self.assertEqual([event for event in made["events"] if not event.startswith("Normal ")], [])
        self.assertEqual(made["earlyJobs"], 0, "the launcher came before the workers were ready")
        workers = spec["mpiReplicaSpecs"]["Worker"]["replicas"]
        self.assertEqual({pod["metadata"]["name"] for pod in made["pods"]}, {f"{name}-worker-{i}" for i in range(workers)})
        self.assertEqual([each["metadata"]["name"] for each in made["jobs"]], [f"{name}-launcher"])
        launcher = made["jobs"][0]["spec"]
        self.assertEqual(launcher["backoffLimit"], spec["runPolicy"]["backoffLimit"])
        self.assert_as_the_stand_in(job, made, launcher["template"]["spec"])

    def assert_as_the_stand_in(self, job, made, launcher):
        self.assertEqual(made["configMaps"][0]["data"]["hostfile"], hostfile_of(job))
        own = {each["name"] for each in job["spec"]["mpiReplicaSpecs"]["Launcher"]["template"]["spec"]["containers"][0]["env"]}
        added = {each["name"]: each.get("value", "") for each in launcher["containers"][0]["env"] if each["name"] not in own}
        self.assertEqual({name: value for name, value in added.items() if "NVIDIA" not in name}, launcher_variables(job))
        for pod in (launcher, made["pods"][0]["spec"]):
            mounts = {each["name"]: each["mountPath"] for each in pod["containers"][0]["volumeMounts"]}
            self.assertEqual(mounts["ssh-auth"], job["spec"]["sshAuthMountPath"])
            secret = next(each["secret"] for each in pod["volumes"] if each["name"] == "ssh-auth")
            self.assertEqual({each["path"] for each in secret["items"]}, set(secret_of("", "")))
            self.assertNotIn("defaultMode", secret)  # then 0644, and root's
            self.assertEqual(pod["restartPolicy"], "Never")
        self.assertEqual(mounts.get("mpi-job-config"), None)
        self.assertIn("/etc/mpi", [each["mountPath"] for each in launcher["containers"][0]["volumeMounts"]])

    def test_overlays(self):
        for overlay in OVERLAYS:
            with self.subTest(overlay):
                self.assert_taken(kustomize(f"{OPERATOR}/overlays/{overlay}"))

    def test_the_way_to_rank_0(self):
        """What the Service, the PodMonitor and the NetworkPolicy select among the pods that the controller makes."""
        objects = show("serve", "/data/trips.h5", WORKERS=3, SLOTS=2)
        made, name = self.real.reconcile(objects), job_of(objects)["metadata"]["name"]
        spec = {each["kind"]: each.get("spec") for each in objects}

        def selected(labels):
            return {pod["metadata"]["name"] for pod in made["pods"] if labels.items() <= pod["metadata"]["labels"].items()}
        self.assertTrue(made["configMaps"][0]["data"]["hostfile"].startswith(f"{name}-worker-0."), "rank 0 is on the first host")
        self.assertEqual(selected(spec["Service"]["selector"]), {f"{name}-worker-0"})
        self.assertEqual(selected(spec["PodMonitor"]["selector"]["matchLabels"]), {f"{name}-worker-0"})
        own = spec["NetworkPolicy"]["podSelector"]["matchLabels"]
        self.assertEqual(selected(own), {f"{name}-worker-{i}" for i in range(3)})
        launcher = made["jobs"][0]["spec"]["template"]["metadata"]["labels"]
        self.assertLessEqual(own.items(), launcher.items())
        self.assertNotIn("tessera-http", [each["metadata"]["name"] for each in made["services"]])

    def test_steps(self):
        for step in ("ingest", "answer", "scale", "serve"):
            with self.subTest(step):
                self.assert_taken(show(step, "--x", OVERLAY="eks", WORKERS=3, SLOTS=2, THREADS=2))

    def test_what_it_refuses_we_refuse(self):
        """And nothing else, but for LENIENT."""
        for name, (needs_schema, break_it, _) in MUTATIONS.items():
            objects = copy.deepcopy(self.local)
            break_it({each["kind"]: each for each in objects}, job_of(objects)["spec"])
            ours = bool(needs_schema or controller.errors_of(job_of(objects)))
            if not ours:
                continue  # a rule of the house
            with self.subTest(name):
                made = self.real.reconcile(objects)
                refused = bool(made["errors"]) or any("ValidationError" in each for each in made["events"] or [])
                self.assertEqual(refused, name not in LENIENT, made["errors"] or made["events"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
