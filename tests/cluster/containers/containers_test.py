"""The image built from Debian's packages alone, and the MPIJob of the `local` overlay run in containers by a stand-in for
the operator: launcher to workers as user 1000. It gives the bytes that plain mpirun gives; what is wrong with a job is
told in one message before work starts; a worker that dies or falls silent ends it soon.

    containers_test.py TESSERA        (needs root, Debian, kubectl; says why it skips)
"""
import copy
import csv
import glob
import os
import re
import shutil
import sys
import unittest

import other_mpi
from job_steps import JobSteps  # noqa: F401 (its tests run in the same sandbox)
from prepared import OPERATOR, Prepared, prepare
from sandbox import Sandbox, reason_to_skip
from service_job import ServiceJob  # noqa: F401

SLURM = os.path.join(os.path.dirname(OPERATOR), "slurm")  # where the scaling experiment is
ENDS_WITHIN_S = 20  # what mpi-operator/README.md says of a worker that dies or falls silent


class Jobs(Prepared):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.put_trips()

    def job(self, *arguments, change=None, objects=None, **faults):
        """Runs one command of tessera as the MPIJob with these arguments."""
        from standin import Faults, Operator
        objects = copy.deepcopy(objects or self.objects)
        job = next(each for each in objects if each["kind"] == "MPIJob")
        replicas = job["spec"]["mpiReplicaSpecs"]
        replicas["Launcher"]["template"]["spec"]["containers"][0]["args"] = [str(word) for word in arguments]
        if change:
            change(job["spec"], *(replicas[kind]["template"]["spec"]["containers"][0] for kind in ("Launcher", "Worker")))
        return Operator(self.engine, objects, Faults(**faults)).run()

    def refused(self, code, what, remedy, outcome):
        """One message with its remedy, and no work."""
        self.assertEqual(outcome.code, code, outcome.log)
        self.assertRegex(outcome.log, what)
        self.assertRegex(outcome.log, remedy)
        self.assertNotIn("tessera-launch: runs", outcome.log)
        self.assertNotRegex(outcome.log, "Open MPI failed|ORTE|MPI_ABORT|Primary job")
        self.assertEqual([name for name in os.listdir(self.volume) if name.startswith(("bad", ".tessera-doctor"))], [])

    def test_same_bytes_as_plain_mpirun(self):
        done = self.job("ingest", "/data/in", "--store", "/data/job.h5", "--ledger", "/data/job.json")
        self.assertEqual(done.code, 0, done.log)
        self.assertIn("2 ranks on 2 hosts", done.log)
        self.plain("ingest", "trips", "--store", "plain.h5", "--ledger", "plain.json", ranks=2)
        for ours, theirs in (("job.h5", "plain.h5"), ("job.json", "plain.json")):
            self.assert_same_file(f"{self.volume}/{ours}", f"{self.folder}/{theirs}")
        self.assertEqual(os.stat(f"{self.volume}/job.h5").st_uid, 1000)

        done = self.job("answer", "/data/job.h5", "--requests", "/requests/requests.jsonl", "--output", "/data/job.jsonl")
        self.assertEqual(done.code, 0, done.log)
        self.plain("answer", "plain.h5", "--requests", f"{OPERATOR}/base/requests.jsonl", "--output", "plain.jsonl", ranks=2)
        answers, expected = (without_times(path) for path in (f"{self.volume}/job.jsonl", f"{self.folder}/plain.jsonl"))
        self.assertEqual(answers.count("\n"), 100)
        self.assertEqual(answers, expected)

    def test_the_scaling_experiment(self):
        """The driver as it is in the checkout, on the job's own hosts."""
        files = [f"{SLURM}/scaling.sh", *glob.glob(f"{SLURM}/scaling/*.py")]
        driver = {"kind": "ConfigMap", "metadata": {"name": "tessera-scaling"}, "data": {}}
        for name in files:
            with open(name) as file:
                driver["data"][os.path.basename(name)] = file.read()
        done = self.job("scale", "--rounds", "1", "--trips", "4000", "--trips-a-rank", "2000",
                        objects=[*self.rendered("scaling"), driver])
        self.assertEqual(done.code, 0, done.log)
        with open(f"{self.volume}/scaling/scaling.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({(row["launcher"], row["ranks"], row["hosts"]) for row in rows},
                         {("mpijob", "1", "1"), ("mpijob", "2", "2")})
        self.assertTrue(os.path.exists(f"{self.volume}/scaling/scaling.html"))

    def test_a_failed_command_fails_the_job(self):
        done = self.job("info", "/data/none.h5")
        self.assertEqual(done.code, 1, done.log)
        self.assertIn("/data/none.h5", done.log)
        self.assertEqual(self.job("info", "/data/none.h5", "--no-such-option").code, 2)

    def end_in_the_middle(self, fault, store, told="(worker was lost|a rank was killed).*remedy:"):
        def slow(_spec, _launcher, worker):
            worker["resources"]["limits"]["cpu"] = "300m"
        done = self.job("ingest", "/data/in", "--store", f"/data/{store}", "--overwrite", change=slow, in_the_middle=fault)
        self.assertNotIn(done.code, (0, None), done.log)
        self.assertIn("tessera-launch: runs ", done.log)
        self.assertRegex(done.log, f"(?s){told}")
        print(f"ended {done.after_fault:.1f} s after the fault", end=" ... ", file=sys.stderr)
        self.assertLess(done.after_fault, ENDS_WITHIN_S)
        self.assertFalse(os.path.exists(f"{self.volume}/{store}"), "half a store under its name")
        return done

    def test_a_worker_that_dies_ends_the_job(self):
        self.end_in_the_middle(lambda operator: self.engine.podman("kill", operator.workers[1]), "killed.h5")
        again = self.job("ingest", "/data/in", "--store", "/data/killed.h5")  # whatever was left behind
        self.assertEqual(again.code, 0, again.log)

    def test_a_rank_that_is_killed_ends_the_job(self):
        """By the kernel, for its memory, as a rule; the worker lives on."""
        done = self.end_in_the_middle(lambda _operator: kill_rank(1), "rank.h5", "rank 1 .*tessera-worker-1.* signal 9"
                                      ".*tessera-launch: a rank was killed.*remedy: .*OOMKilled")
        self.assertEqual(done.code, 137, done.log)
        again = self.job("ingest", "/data/in", "--store", "/data/rank.h5")
        self.assertEqual(again.code, 0, again.log)
        before = os.stat(f"{self.volume}/rank.h5")

        done = self.job("ingest", "/data/in", "--store", "/data/rank.h5", "--overwrite", in_the_middle=lambda _: kill_rank(0))
        self.assertEqual(done.code, 137, done.log)
        after = os.stat(f"{self.volume}/rank.h5")
        self.assertEqual((after.st_ino, after.st_mtime_ns), (before.st_ino, before.st_mtime_ns), "the old store was touched")

    def test_a_worker_that_falls_silent_ends_the_job(self):
        self.end_in_the_middle(lambda operator: self.engine.cut_off(operator.workers[1]), "silent.h5")

    def test_a_launcher_that_is_told_to_go_ends_the_job(self):
        """As when its node is drained."""
        self.end_in_the_middle(lambda operator: self.engine.podman("kill", "--signal", "TERM", operator.launcher), "drained.h5",
                               "ended by SIGTERM.*run it again|worker was lost")

    def test_more_ranks_than_slots(self):
        def change(_spec, launcher, _worker):
            set_variable(launcher, "TESSERA_RANKS", "5")
        self.refused(3, "5 ranks are wanted, and .* has 2 slots", "slotsPerWorker",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", change=change))

    def test_no_hostfile(self):
        self.refused(3, "/etc/mpi/hostfile is missing", "operator",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", hostfile=False))

    def test_no_key(self):
        self.refused(3, "id_rsa cannot be read", "sshAuthMountPath",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", key=False))

    def test_a_volume_that_is_read_only(self):
        self.refused(1, "/data: .*Read-only", "writable",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", read_only=True))

    def test_no_shared_file_system(self):
        self.refused(1, "/data: rank . on .*(does not appear|is not what one reads)", "ReadWriteMany",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", shared=False))

    def test_too_little_memory(self):
        """What is likely is told before the work; when the rows read so far certainly need more, it ends."""
        def change(_spec, _launcher, worker):
            worker["resources"]["limits"]["memory"] = "100Mi"
        self.plain("generate", "trips", "--format", "uber", "--trips", 3_000_000, "--seed", 1, "--output", "many.csv")
        shutil.move(f"{self.folder}/many.csv", self.volume)
        done = self.job("ingest", "/data/many.csv", "--store", "/data/oom.h5", change=change)
        self.assertEqual(done.code, 1, done.log)
        self.assertRegex(done.log, r"note: ingest takes some \d+ MiB .* is 100 MiB; .*MEMORY of mpi-operator/size.env")
        self.assertRegex(done.log, r"tessera-worker-.: 1 rank needs \d+ MiB of memory at the least, and the limit .* is 100 MiB; "
                         r"raise it .*MEMORY of mpi-operator/size.env")
        self.assertNotIn("killed (signal", done.log)
        self.assertFalse(os.path.exists(f"{self.volume}/oom.h5"))
        # Where nearly no row is kept, that is enough, and nothing is refused.
        done = self.job("ingest", "/data/many.csv", "--store", "/data/few.h5", "--region=-73.99,40.75,-73.98,40.76", change=change)
        self.assertEqual(done.code, 0, done.log)

    def test_another_open_mpi_on_a_worker(self):
        """One that is so near that its ranks start, and one whose daemon is refused."""
        self.refused(1, "MPI of rank 1 on tessera-worker-1 is Open MPI v4.1.9, and Open MPI v4.* on rank 0", "use one image",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", other_files=other_mpi.near(self.folder)))
        self.refused(3, "worker tessera-worker-1.* has Open MPI 3.1.6, and the launcher 4", "one image for launcher and workers",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", other_files=other_mpi.far(self.folder)))

    def test_a_worker_that_does_not_come(self):
        def change(spec, launcher, worker):
            spec["launcherCreationPolicy"] = "AtStartup"
            worker["command"] = ["sleep", "60"]
            launcher["env"].append({"name": "TESSERA_WAIT", "value": "2"})
        self.refused(3, "worker tessera-worker-0.* does not answer on port 2222", "kubectl logs",
                     self.job("ingest", "/data/in", "--store", "/data/bad.h5", change=change))

    def test_the_image_holds_no_secret(self):
        inspect = self.engine.podman("inspect", "--format", "{{.Config.User}} {{json .Config.Labels}}", "tessera:0.1.0").stdout
        self.assertIn("1000:1000", inspect)
        self.assertIn('"org.opencontainers.image.licenses":"Apache-2.0"', inspect)
        found = self.engine.podman("run", "--rm", "--user", "0", "--network", "none", "--cgroup-parent", self.engine.cgroup,
                                   "tessera:0.1.0", "sh", "-c", "ls /etc/ssh/ssh_host_* /home/mpiuser/.ssh/* 2>/dev/null; "
                                   "find / -xdev -perm /6000 -type f -name 'su*'; tessera --version")
        self.assertNotIn("ssh_host", found.stdout)
        self.assertIn("tessera 0.1.0", found.stdout, found.stderr)


def kill_rank(rank):
    """One process of the job, whatever container it is in."""
    from standin import ranks_running
    for process in ranks_running():
        with open(f"/proc/{process}/environ", encoding="utf-8") as variables:
            if f"OMPI_COMM_WORLD_RANK={rank}" in variables.read().split("\0"):
                os.kill(process, 9)
                return
    raise RuntimeError(f"rank {rank} does not run")


def set_variable(container, name, value):
    next(each for each in container["env"] if each["name"] == name)["value"] = value


def without_times(path):
    with open(path, encoding="utf-8") as file:
        return re.sub(r'"micros":\d+,', "", file.read())


def main():
    if "TESSERA_SANDBOX" in os.environ:
        return unittest.main(verbosity=2)
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    reason = reason_to_skip()
    if reason is None and shutil.which("kubectl") is None:
        reason = "kubectl missing (Debian: kubernetes-client)"
    try:
        import yaml  # noqa: F401
    except ImportError:
        reason = reason or "PyYAML missing (Debian: python3-yaml)"
    if reason:
        print(f"skipped: {reason}")
        return 0
    os.environ["TESSERA_UNDER_TEST"] = os.path.realpath(sys.argv[1])
    with Sandbox() as sandbox:
        prepare(sandbox.folder, os.environ["TESSERA_UNDER_TEST"])
        code = sandbox.enter([sys.executable, os.path.abspath(__file__), *sys.argv[2:]])
    left = sandbox.left_over()
    return code if not left else sys.exit(f"left over: {left}")


if __name__ == "__main__":
    sys.exit(main())
