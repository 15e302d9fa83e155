"""The bench's programs still run, and what they time is right: we and the peers give the same answers (on a plane, so that
one in a hundred may differ).  python3 smoke_test.py BINARY FOLDER_OF_THE_BENCH_PROGRAMS"""
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pipeline"))
from program import PipelineTest, run_tests  # noqa: E402


class Bench(PipelineTest):
    programs = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("yellow.csv", "--format", "yellow", "--trips", 20_000, "--seed", 3)
        cls.program.must("ingest", "yellow.csv", "--store", "yellow.h5")

    def told(self, name, *words):
        done = subprocess.run([os.path.join(self.programs, name), *words], cwd=self.folder, capture_output=True, text=True,
                              timeout=120, env=self.program.environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def test_races(self):
        for task in ("nearest", "nearest-hour", "count", "rows"):
            for on in ("pickup", "dropoff") if task == "nearest" else ("pickup",):
                with self.subTest(task=task, on=on):
                    told = self.told("tessera_race", "--store", "yellow.h5", "--task", task, "--on", on, "--questions", "300",
                                     "--rounds", "1")
                    shares = {line["who"]: line["agreement"] for line in told if "agreement" in line}
                    self.assertGreater(len(shares), 0)
                    for who, share in shares.items():
                        self.assertGreater(share, 0.99, who)
                    self.assertTrue(any(line["who"] == "ours" and "seconds" in line for line in told))

    def test_group_bys_agree_with_bare_loops(self):
        told = self.told("tessera_loops", "yellow.h5", "1")
        self.assertEqual([line["agreement"] for line in told if "agreement" in line], [1, 1, 1])

    def test_the_rest_runs(self):
        self.assertGreater(len(self.told("tessera_ready", "yellow.h5", "1")), 0)
        done = subprocess.run([os.path.join(self.programs, "tessera_bench"), "--benchmark_min_time=0.001"], cwd=self.folder,
                              capture_output=True, text=True, timeout=300,
                              env=dict(self.program.environment, TESSERA_BENCH_STORE="yellow.h5"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("ERROR", done.stdout)


if __name__ == "__main__":
    Bench.programs = sys.argv.pop(2)
    run_tests()
