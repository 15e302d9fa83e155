"""The scripts of slurm/ on a real Slurm: the same bytes as plain mpirun at any number of ranks and nodes; ranks and nodes
that die, jobs that are stopped and requeued, and launches that are wrong end as README says."""
import csv
import filecmp
import glob
import os
import shutil
import time
import unittest

import slurm_site
from launched import LaunchedTest, run_tests


@unittest.skipIf(slurm_site.missing(), slurm_site.missing())
class Slurm(LaunchedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = slurm_site.SlurmSite(2, cpus=4)  # more than there are, so that four ranks fit one node
        cls.site.__enter__()
        cls.addClassCleanup(cls.site.__exit__)
        # A checkout as users have it: scripts, outputs, and the program where env.sh looks for it.
        shutil.copytree(os.path.join(cls.source, "slurm"), cls.path("slurm"))
        os.makedirs(cls.path("outputs"))
        os.makedirs(cls.path("build"))
        os.symlink(cls.binary, cls.path("build/tessera"))

    def submit(self, nodes, ranks, script, *words, **variables):
        return self.site.submit("-N", nodes, "-n", ranks, *variables.pop("options", []), f"slurm/{script}.sbatch", *words,
                                cwd=self.folder, **variables)

    def log(self, script, job):
        with open(self.path(f"outputs/{script}-{job}.log")) as log:
            return log.read()

    def must(self, nodes, ranks, script, *words, **variables):
        job = self.submit(nodes, ranks, script, *words, **variables)
        shown = self.site.wait(job)
        self.assertEqual(shown["JobState"], "COMPLETED", self.log(script, job))
        return job

    def half_written(self, output):
        """Bytes of an output that has not its name yet."""
        return sum(os.path.getsize(name) for name in glob.glob(self.path(output) + ".partial*"))

    def test_the_same_bytes_as_mpirun(self):
        launchers = [("srun", 1, 1), ("srun", 1, 2), ("srun", 2, 2), ("srun", 2, 4), ("mpirun", 1, 2), ("mpirun", 2, 4)]
        for launcher, nodes, ranks in launchers:
            with self.subTest(launcher=launcher, nodes=nodes, ranks=ranks):
                self.must(nodes, ranks, "ingest", "input.csv", "--store", "made.h5", "--overwrite",
                          TESSERA_LAUNCHER=launcher)
                self.assertTrue(filecmp.cmp(self.path("made.h5"), self.path("plain.h5"), shallow=False))
                job = self.must(nodes, ranks, "answer", "made.h5", "--requests", "asked.jsonl", TESSERA_LAUNCHER=launcher)
                self.assertEqual(self.answers(f"outputs/answers-{job}.jsonl"), self.answers("plain.jsonl"))
                log = self.log("answer", job)
                self.assertIn(f"{ranks} ranks x 1 threads on {nodes} node(s) by {launcher}", log)
                self.assertIn(f"{nodes} host{'s' if nodes > 1 else ''}", log)

    def test_cpus_per_task_become_threads(self):
        job = self.must(1, 2, "ingest", "input.csv", "--store", "made.h5", "--overwrite", options=["-c", 2])
        self.assertIn("2 ranks x 2 threads", self.log("ingest", job))

    def test_tasks_can_be_told_by_node(self):
        for options, ranks in ((["--ntasks-per-node=2"], 4), ([], 2)):
            job = self.site.submit("-N", 2, *options, "slurm/ingest.sbatch", "input.csv", "--store", "made.h5", "--overwrite",
                                   cwd=self.folder)
            self.assertEqual(self.site.wait(job)["JobState"], "COMPLETED", self.log("ingest", job))
            self.assertIn(f"{ranks} ranks on 2 hosts", self.log("ingest", job))

    def test_a_rank_that_dies_ends_the_job(self):
        for launcher in ("srun", "mpirun"):
            with self.subTest(launcher=launcher):
                job = self.submit(2, 4, "answer", "plain.h5", "--requests", self.endless(), "--output", "never.jsonl",
                                  TESSERA_LAUNCHER=launcher)
                self.wait_for_ranks(4)
                begin = time.monotonic()
                os.kill(self.ranks_running()[-1], 9)
                shown = self.site.wait(job, patience_s=30)
                self.assertLess(time.monotonic() - begin, 15)
                self.assertEqual(shown["JobState"], "FAILED", self.log("answer", job))
                self.assertEqual(self.ranks_running(), [])

    def test_a_killed_ingest_leaves_the_old_store_and_can_be_run_again(self):
        shutil.copy(self.path("plain.h5"), self.path("old.h5"))
        before = os.stat(self.path("old.h5"))
        job = self.submit(1, 2, "ingest", "input.csv", "--store", "old.h5", "--overwrite")
        self.wait_for_ranks(2, "ingest")
        os.kill(self.ranks_running("ingest")[0], 9)
        self.assertEqual(self.site.wait(job)["JobState"], "FAILED", self.log("ingest", job))
        self.assertEqual(os.stat(self.path("old.h5")).st_mtime_ns, before.st_mtime_ns)
        self.must(1, 2, "ingest", "input.csv", "--store", "old.h5", "--overwrite")
        self.assertTrue(filecmp.cmp(self.path("old.h5"), self.path("plain.h5"), shallow=False))

    def test_a_requeued_ingest_does_its_work_again(self):
        job = self.submit(1, 2, "ingest", "input.csv", "--store", "again.h5")
        self.wait_for_ranks(2, "ingest")
        self.site.on("head", ["scontrol", "requeue", job], check=True)
        self.site.wait(job, {"PENDING"})
        # Slurm lets a requeued job wait two minutes; the impatient may say now.
        self.site.hosts.wait_for(lambda: self.site.on(
            "head", ["scontrol", "update", f"job={job}", "StartTime=now"]).returncode == 0, "cannot be started")
        self.assertEqual(self.site.wait(job, patience_s=150)["JobState"], "COMPLETED", self.log("ingest", job))
        self.assertIn("start 2", self.log("ingest", job))
        self.assertTrue(os.path.exists(self.path("again.h5")), self.log("ingest", job))
        self.assertTrue(filecmp.cmp(self.path("again.h5"), self.path("plain.h5"), shallow=False))

    def test_a_step_that_cannot_start_fails_the_job(self):
        """srun itself returns 0 then."""
        of_all = self.site
        with slurm_site.SlurmSite(1, cpus=4) as self.site:
            self.site.on("h0", ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", f"{self.site.base}/pmix"], check=True)
            self.assertIn("launch failed", (done := self.site.on("head", ["srun", "--mpi=pmix", "true"])).stderr)
            self.assertEqual(done.returncode, 0, "srun tells by itself by now: the mark of launch.sh can go")
            job = self.submit(1, 2, "ingest", "input.csv", "--store", "unstarted.h5")
            self.assertEqual(self.site.wait(job)["ExitCode"], "1:0", self.log("ingest", job))
            self.assertIn("srun did not start doctor (try 3 of 3)", self.log("ingest", job))
        self.site = of_all

    def test_a_cancelled_answer_finishes_what_it_has_begun(self):
        for launcher in ("srun", "mpirun"):
            with self.subTest(launcher=launcher):
                output = f"stopped-{launcher}.jsonl"
                job = self.submit(1, 2, "answer", "plain.h5", "--requests", self.endless(), "--output", output,
                                  TESSERA_LAUNCHER=launcher)
                self.wait_for_ranks(2)
                self.site.hosts.wait_for(lambda: self.half_written(output), "no answer came")
                self.site.on("head", ["scancel", "--batch", "--signal=TERM", job], check=True)
                shown = self.site.wait(job, patience_s=30)
                self.assertEqual(shown["JobState"], "COMPLETED", self.log("answer", job))
                with open(self.path(output)) as answers:
                    self.assertTrue(answers.read().endswith("}\n"))

    def test_what_is_wrong_is_told_before_work_starts(self):
        job = self.submit(1, 2, "ingest", "input.csv")
        self.assertEqual(self.site.wait(job)["ExitCode"], "2:0")
        self.assertIn("ingest: --store FILE is missing", self.log("ingest", job))
        job = self.submit(1, 2, "answer", "--requests", "asked.jsonl", "plain.h5")
        self.assertEqual(self.site.wait(job)["ExitCode"], "2:0")
        self.assertIn("answer: the store comes first", self.log("answer", job))
        job = self.submit(1, 2, "ingest", "input.csv", "--store", "no/such/folder/x.h5")
        self.assertEqual(self.site.wait(job)["JobState"], "FAILED")
        self.assertIn("no/such/folder: rank 0 on h0: No such file or directory", self.log("ingest", job))
        job = self.submit(1, 2, "ingest", "input.csv", "--store", "x.h5", TESSERA="/no/such/program")
        self.assertEqual(self.site.wait(job)["ExitCode"], "3:0")
        self.assertIn("there is no program at /no/such/program", self.log("ingest", job))
        # Without PMIx every task would be a job of its own, of one rank.
        job = self.submit(1, 2, "ingest", "input.csv", "--store", "x.h5", TESSERA_SRUN_OPTIONS="--mpi=none")
        shown = self.site.wait(job)
        self.assertEqual(shown["JobState"], "FAILED")
        self.assertIn("TESSERA_SRUN_OPTIONS is '--mpi=none'", self.log("ingest", job))
        self.assertFalse(os.path.exists(self.path("x.h5")))

    def test_the_scaling_experiment(self):
        job = self.must(2, 2, "scaling", "--launcher", "srun,mpirun", "--rounds", 1, "--trips", 20_000, "--trips-a-rank",
                        10_000)
        with open(self.path("outputs/scaling.csv"), newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({(row["launcher"], row["ranks"], row["hosts"]) for row in rows if row["command"] == "answer"},
                         {(launcher, ranks, hosts) for launcher in ("srun", "mpirun") for ranks, hosts in
                          (("1", "1"), ("2", "2"))}, self.log("scaling", job))
        with open(self.path("outputs/scaling.html")) as page:
            self.assertIn("Launcher against launcher", page.read())

    def test_a_dead_node_ends_the_job(self):
        """At once where mpirun or srun misses who worked there; else when Slurm has not heard of the node for a while."""
        of_all = self.site
        for launcher in ("mpirun", "srun"):
            with self.subTest(launcher=launcher), slurm_site.SlurmSite(2, cpus=4) as self.site:
                job = self.submit(2, 2, "answer", "plain.h5", "--requests", self.endless(), "--output", "never.jsonl",
                                  TESSERA_LAUNCHER=launcher, options=["--no-requeue"])
                self.wait_for_ranks(2)
                self.site.hosts.kill("h1")
                shown = self.site.wait(job, patience_s=90)
                self.assertIn(shown["JobState"], {"FAILED", "NODE_FAIL"}, self.log("answer", job))
                self.site.hosts.wait_for(lambda: not self.ranks_running(), "ranks went on", patience_s=30)
                self.assertFalse(os.path.exists(self.path("never.jsonl")))
        self.site = of_all


if __name__ == "__main__":
    run_tests()
