"""doctor and size from outside, and launches that are not what was meant."""
import json
import os
import subprocess

from program import PipelineTest, run_tests

SET_UP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "setup.sh")


class Doctor(PipelineTest):
    def test_all_ranks_are_found(self):
        for ranks in (1, 2, 3, 4):
            with self.subTest(ranks=ranks):
                shown = json.loads(self.program.must("doctor", "--json", "--path", ".", ranks=ranks, threads=1).out)
                self.assertEqual(shown["ranks"], ranks)
                self.assertEqual(len(shown["hosts"]), 1)
                host = shown["hosts"][0]
                self.assertEqual([rank["rank"] for rank in host["ranks"]], list(range(ranks)))
                self.assertEqual({rank["threads"] for rank in host["ranks"]}, {1})
                self.assertEqual(set(host["ranks"][0]["cores"]), os.sched_getaffinity(0))
                self.assertTrue(all(rank["writes_together"] for rank in shown["path"]["ranks"]))
        self.assertEqual(os.listdir(self.folder), [])

    def test_expectations(self):
        done = self.program.run("doctor", "--expect-ranks", 3, ranks=2)
        self.assertEqual(done.code, 3)
        self.assertIn("PROBLEM  2 ranks where --expect-ranks says 3", done.out)
        self.assertIn("-> mpirun -n 3", done.out)
        self.assertEqual(done.messages, ["tessera: the launch is not what was expected (see above)"])
        self.assertEqual(self.program.run("doctor", "--expect-ranks", 2, "--expect-hosts", 1, ranks=2).code, 0)
        self.assertEqual(self.program.run("doctor", "--expect-hosts", 2, ranks=2).code, 3)

    def test_a_place_that_is_not_there_or_cannot_be_written(self):
        done = self.program.run("doctor", "--path", "no/such", ranks=2)
        self.assertEqual(done.code, 1)
        self.assertIn("no/such: rank 0 on", done.out)
        self.assertIn("No such file or directory", done.out)
        done = self.program.run("doctor", "--path", "/proc", ranks=2)
        self.assertEqual(done.code, 1)
        self.assertIn("cannot be written", done.out)

    def test_too_many_threads_are_noted(self):
        done = self.program.must("doctor", "--threads", 64, ranks=2)
        self.assertRegex(done.out, r"warning  .*2 ranks have 128 threads, and may use \d+ core")

    def test_output_goes_to_a_file(self):
        self.program.must("doctor", "--json", "--output", "doctor.json", ranks=2)
        with open(self.path("doctor.json")) as file:
            self.assertEqual(json.load(file)["ranks"], 2)
        os.remove(self.path("doctor.json"))


class NoLauncher(PipelineTest):
    def test_no_daemon_is_started(self):
        """Open MPI's daemon holds the output open, and at times outlives the job for ever. Here Open MPI finds another in
        its place, which tells that it was asked for."""
        with open(self.path("orted"), "w") as file:
            file.write(f"#!/bin/sh\ntouch {self.path('asked')}\nexit 1\n")
        os.chmod(self.path("orted"), 0o755)
        self.program.environment["OPAL_BINDIR"] = self.folder
        self.program.generate("y.csv", "--trips", 2000)
        for command in (["ingest", "y.csv", "--store", "y.h5"],
                        ["ingest", "y.csv", "--store", "y.h5", "--overwrite", "--compress", "deflate"],
                        ["info", "y.h5"], ["replay", "y.h5", "--speed", "0", "--every", "1d"], ["doctor", "--path", "."]):
            with self.subTest(command=command):
                self.program.must(*command)
                self.assertEqual(set(os.listdir(self.folder)) - {"y.h5"}, {"orted", "y.csv"})


class SetUp(PipelineTest):
    def test_a_shell_that_sources_it_lives_on(self):
        """Though a command fails there, as doctor does on purpose. Without apt-get nothing is installed."""
        script = f"PATH={self.folder}; source {SET_UP} build; false; echo $OMPI_ALLOW_RUN_AS_ROOT $UNKNOWN goes on"
        done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, "1 goes on\n"))


class Alone(PipelineTest):
    """One rank where the environment speaks of several."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("u.csv", "--format", "uber", "--trips", 500)
        cls.program.must("ingest", "u.csv", "--store", "u.h5")
        with open(os.path.join(cls.folder, "hosts"), "w") as file:
            file.write("w0 slots=2\nw1 slots=2\n")

    def run_in(self, variables, *words):
        before = dict(self.program.environment)
        try:
            self.program.environment.update(variables)
            return self.program.run(*words)
        finally:
            self.program.environment = before

    def test_the_remedy_is_that_of_the_launcher(self):
        done = self.run_in({"SLURM_NTASKS": "4"}, "info", "u.h5", "--expect-ranks", 4)
        self.assertEqual((done.code, done.messages), (3, ["tessera: started on 1 rank where --expect-ranks says 4; remedy: "
                                                          "srun --mpi=pmix -K1 tessera ..."]))

    def test_is_noted_and_goes_on(self):
        count = ("range", "u.h5", "--count")
        for variables, by in (({"SLURM_JOB_ID": "1", "SLURM_NTASKS": "4"}, "SLURM_NTASKS=4"),
                              ({"OMPI_MCA_orte_default_hostfile": self.path("hosts")}, "has 4 slots")):
            with self.subTest(by=by):
                done = self.run_in(variables, *count)
                self.assertEqual(done.code, 0)
                self.assertEqual(done.out, "500\n")
                self.assertIn("note: runs on one rank, though", done.err)
                self.assertIn(by, done.err)
                self.assertIn("--expect-ranks 4", done.err)
                self.assertEqual(self.run_in(variables, *count, "--expect-ranks", 1).err, "")
                self.assertEqual(self.run_in(variables, *count, "--expect-ranks", 4).code, 3)
        self.assertEqual(self.run_in({"SLURM_JOB_ID": "1", "SLURM_NTASKS": "1"}, *count).err, "")
        self.assertEqual(self.run_in({"SLURM_JOB_ID": "1", "SLURM_NTASKS": "4"}, "info", "u.h5").err, "")


class Size(PipelineTest):
    def test_a_prediction_is_for_any_number_of_ranks(self):
        shown = json.loads(self.program.must("size", "--trips", "165e6", "--ranks", "1,64,4096", "--json").out)
        self.assertEqual([row["ranks"] for row in shown["predictions"]], [1, 64, 4096])
        self.assertEqual([row["hosts"] for row in shown["predictions"]], [1, 2, 128])
        for row in shown["predictions"]:
            ingest = row["ingest"]
            parts = sum(ingest[f"{part}_seconds"] for part in ("start", "read", "tile", "exchange", "write"))
            self.assertAlmostEqual(ingest["total_seconds"], parts)
            self.assertEqual(ingest["exchange_messages"], row["ranks"] * (row["ranks"] - 1) if row["ranks"] > 1 else 0)

    def test_measured_costs_give_back_what_was_measured(self):
        """The prediction for the very run that the costs were taken from."""
        self.program.generate("y.csv", "--format", "yellow", "--trips", 200_000)
        self.program.must("ingest", "y.csv", "--store", "y.h5", "--timings", "t.json", threads=1)
        with open(self.path("t.json")) as file:
            told = json.load(file)
        self.assertEqual(told["input_bytes"], os.path.getsize(self.path("y.csv")))
        shown = json.loads(self.program.must("size", "--trips", told["trips"], "--csv-bytes", told["input_bytes"] / told["trips"],
                                             "--ranks", 1, "--measured", "t.json", "--json").out)
        predicted = shown["predictions"][0]["ingest"]
        for stage in told["stages"]:
            if stage["stage"] != "all":
                work = stage["seconds"]["mean"] - sum(kind["seconds"]["mean"] for kind in stage["collectives"])
                self.assertAlmostEqual(predicted[stage["stage"] + "_seconds"], work, delta=0.01 * work + 1e-4)

    def test_wrong_words_are_refused(self):
        for words, why in ((("--trips", "many"), "must be a number"), (("--trips", "0"), "must be a number"),
                           (("--trips", "5", "--ranks", "0"), "must be a whole number"),
                           (("--trips", "5", "--bandwidth", "nan"), "must be a number")):
            done = self.program.run("size", *words)
            self.assertEqual(done.code, 2)
            self.assertIn(why, done.err)
        done = self.program.run("size", "--trips", 5, "--measured", "no.json")
        self.assertEqual(done.code, 1)
        self.assertIn("no.json: cannot be read", done.err)


if __name__ == "__main__":
    run_tests()
