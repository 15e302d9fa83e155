"""mpi-operator/job.sh, every step, against a kubectl that has the stand-in behind it."""
import os
import shutil
import subprocess
import sys

from prepared import OPERATOR, Prepared

HERE = os.path.dirname(os.path.abspath(__file__))


class JobSteps(Prepared):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tools = os.path.join(cls.folder, "tools")
        os.makedirs(tools)
        with open(f"{tools}/kubectl", "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nexec {sys.executable} {HERE}/kubectl.py "$@"\n')
        os.chmod(f"{tools}/kubectl", 0o755)
        cls.outputs = os.path.join(cls.folder, "outputs")
        cls.environment = dict(os.environ, TESSERA_REAL_KUBECTL=shutil.which("kubectl"), PATH=f"{tools}:{os.environ['PATH']}",
                               TESSERA_OUTPUTS=cls.outputs, POLL="0.1")

    def step(self, *words, code=0, told="(?s).*", **environment):
        done = subprocess.run(["bash", f"{OPERATOR}/job.sh", *words], capture_output=True, text=True,
                              env={**self.environment, **environment}, stdin=subprocess.DEVNULL, cwd=self.folder)
        self.assertEqual(done.returncode, code, f"{words}: {done.stdout}{done.stderr}")
        self.assertRegex(done.stdout + done.stderr, told)

        return done

    def log_of(self, job):
        with open(f"{self.outputs}/mpi-operator/{job}/launcher.log", encoding="utf-8") as file:
            return file.read()

    def test_from_deploy_to_destroy(self):
        self.step("ingest", "/data/in", "--store", "/data/x.h5", code=1, told="job.sh deploy")
        for _ in range(2):  # each step can be repeated
            self.step("deploy")
        self.step("put", "trips/yellow.csv", "trips/uber.csv", told=r"/data/in/uber.csv: \d+ bytes")
        self.assert_same_file(f"{self.volume}/in/uber.csv", f"{self.folder}/trips/uber.csv")
        for _ in range(2):
            self.step("ingest", "/data/in", "--store", "/data/trips.h5", "--overwrite", "--ledger", "/data/ledger.json",
                      told="tessera-ingest is done", WORKERS="3", MEMORY="700")
        self.assertIn("3 ranks on 3 hosts", self.log_of("tessera-ingest"))
        # A few questions that are not answered are no reason to give up.
        self.step("answer", "/data/trips.h5", "--requests", "/requests/requests.jsonl", "--output", "/data/answers.jsonl",
                  told="tessera-answer is done", TESSERA_UNHEARD="3")
        self.step("ingest", "/data/none.csv", "--store", "/data/none.h5", code=1, POLL="0", TESSERA_UNHEARD="30",
                  told="did not answer 30 times; tessera-ingest goes on without us\n.*job.sh logs ingest")
        self.step("ingest", "/data/none.csv", "--store", "/data/none.h5", code=1, told="is gone", TESSERA_GONE="1")

        self.step("ingest", "/data/none.csv", "--store", "/data/none.h5", code=1, told="/data/none.csv")
        self.assertIn("/data/none.csv", self.log_of("tessera-ingest"))  # survives the failure
        self.step("logs", "ingest", told="/data/none.csv")
        self.step("logs", "scale", code=1, told="no launcher")

        self.step("results", told="answers.jsonl")
        results = f"{self.outputs}/mpi-operator/results"
        self.assertEqual(sorted(os.listdir(results)), ["answers.jsonl", "ledger.json", "trips.h5"])
        self.plain("ingest", "trips", "--store", "steps.h5", "--ledger", "steps.json", ranks=2)
        self.assert_same_file(f"{results}/trips.h5", f"{self.folder}/steps.h5")
        self.assert_same_file(f"{results}/ledger.json", f"{self.folder}/steps.json")

        self.step("destroy", told="is kept")
        self.step("destroy", "--data")
        self.step("destroy", "--data")
        self.assertEqual([name for name in os.listdir(f"{self.folder}/cluster") if "Namespace" not in name], [])

    def test_what_is_missing_is_told(self):
        self.step("ingest", "x", code=3, told="no MPI Operator.*\n.*kubectl apply --server-side", TESSERA_NO_OPERATOR="1")
        self.step("deploy", code=3, told="reaches no cluster.*\n.*kind create cluster", TESSERA_NO_CLUSTER="1")
        bare = os.path.join(self.folder, "bare")  # neither kubectl nor anything that builds an image
        os.makedirs(bare)
        for tool in filter(shutil.which, ("bash", "dirname", "git", "realpath", "sed")):
            os.symlink(shutil.which(tool), f"{bare}/{tool}")
        self.step("deploy", code=3, told="kubectl is missing.*\n.*kubernetes-client", PATH=bare)
        self.step("image", code=3, told="nothing to build an image with.*\n.*buildah", PATH=bare)

    def test_wrong_words(self):
        self.step(code=2, told="Each step by itself")
        self.step("--help", told="Example:")
        self.step("destory", code=2, told="'destory' is no step")
        self.step("destroy", "--everything", code=2, told="only --data")
        self.step("put", code=2, told="wants files")
        self.step("put", "none.csv", code=1, told="none.csv is no file")
        self.step("serve", code=2, told="serve wants a store")
        self.step("ingest", code=2, told="ingest /data/in --store")
