"""Ranks that do not see the same files, and processes that want the same store: refused, not waited for."""
import fcntl
import os
import subprocess

from program import PATIENCE_S, PipelineTest, run_tests


class Rivals(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("y.csv", "--trips", "2000")
        cls.program.must("ingest", "y.csv", "--store", "y.h5")

    def run_apart(self, *words):
        """Rank 0 in one folder and rank 1 in another, as on hosts that share no disk; (exit code, standard error)."""
        command = []
        for folder in ("a", "b"):
            command += [":"] * bool(command) + ["-n", "1", "--wdir", self.path(folder), self.program.binary, *words]
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        done = subprocess.run(["mpirun", "--oversubscribe", "--bind-to", "none", *command], env=environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S)
        return done.returncode, done.stderr

    def test_ranks_that_do_not_share_a_disk(self):
        for folder in ("a", "b"):
            os.makedirs(self.path(folder))
            os.link(self.path("y.csv"), self.path(f"{folder}/y.csv"))
        os.link(self.path("y.h5"), self.path("a/y.h5"))
        for words in (["range", "y.h5", "--count"], ["ingest", "y.csv", "--store", "new.h5"]):
            with self.subTest(words):
                code, err = self.run_apart(*words)
                self.assertEqual(code, 1, err)
                self.assertRegex(err, "rank 1: .*not what rank 0 sees.*hosts share")
        self.assertEqual(sorted(os.listdir(self.path("a"))), ["y.csv", "y.h5"])

    def test_a_store_that_is_being_written(self):
        """A claimed partial file is left alone; one that nobody claims any more, as after a kill, is replaced."""
        with open(self.path("new.h5.partial"), "wb") as rival:
            rival.write(b"half a store")
            rival.flush()
            fcntl.flock(rival, fcntl.LOCK_EX)
            for ranks in (None, 2):
                done = self.program.run("ingest", "y.csv", "--store", "new.h5", ranks=ranks)
                self.assertEqual((done.code, len(done.messages)), (1, 1), done)
                self.assertIn("another process is writing it", done.messages[0])
                self.assertEqual(os.path.getsize(self.path("new.h5.partial")), len(b"half a store"))
        self.program.must("ingest", "y.csv", "--store", "new.h5", ranks=2)
        self.assertFalse(os.path.exists(self.path("new.h5.partial")))


if __name__ == "__main__":
    run_tests()
