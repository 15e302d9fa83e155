"""Runs of `answer` that cannot be: wrong options, stores, requests and outputs get one message before any work; an
output that fails under way gets one, too, and ends all ranks."""
import os
import resource
import shlex
import subprocess
import time

from asking import AnswerTest
from program import PATIENCE_S, run_tests
from refusals import Refusals
from stream import Stream

REQUEST = b'{"id":1,"op":"nearest","at":[-73.98,40.75],"k":50}\n'
WRONG = {
    "": ("--requests", "-"),
    "--requests": ("requests",),
    "--requests ''": ("empty",),
    "--requests r.jsonl --from r.jsonl": ("--requests", "--from"),
    "--requests r.jsonl --output a --to b": ("--output", "--to"),
    "--requests r.jsonl --batch 0": ("--batch", "0", "from 1"),
    "--requests r.jsonl --batch all": ("--batch", "all"),
    "--requests r.jsonl --max-line 15": ("--max-line", "15", "16"),
    "--requests r.jsonl --max-k 0": ("--max-k", "0"),
    "--requests r.jsonl --max-rows -1": ("--max-rows", "-1"),
    "--requests r.jsonl --max-rows 99999999999999999999": ("--max-rows",),
    "--requests r.jsonl --repeat 0": ("--repeat", "0"),
    "--requests r.jsonl --repeat 1.5": ("--repeat", "1.5"),
    "--requests - --repeat 2": ("--repeat", "file"),
    "--requests r.jsonl --explain yes": ("",),
    "--requests r.jsonl --metrics m.txt": (".prom",),
    "--requests r.jsonl --metrics m.prom --metrics-every never": ("--metrics-every", "never"),
    "--requests r.jsonl --threads 0": ("--threads", "0"),
    "--requests r.jsonl --box 0,0,1,1": ("box",),
    "--requests kafka://": ("kafka://",),
    "--requests r.jsonl --to kafka://host": ("kafka://host",),
}
FAILING = {
    "absent.h5 --requests r.jsonl": ("absent.h5", "no such store"),
    "r.jsonl --requests r.jsonl": ("r.jsonl",),
    "t.h5 --requests absent.jsonl": ("absent.jsonl", "No such file"),
    "t.h5 --requests folder": ("folder",),
    "t.h5 --requests r.jsonl --output absent/a.jsonl": ("--output", "absent", "mkdir"),
    "t.h5 --requests r.jsonl --output folder": ("--output", "folder"),
    "t.h5 --requests r.jsonl --output t.h5": ("--output", "t.h5"),
    "t.h5 --requests r.jsonl --output link.h5": ("--output", "link.h5"),
    "t.h5 --requests r.jsonl --output r.jsonl": ("--output", "r.jsonl", "--requests"),
    "t.h5 --requests r.jsonl --output ./folder/../r.jsonl": ("--output", "--requests"),
    "t.h5 --requests r.jsonl --latency t.h5": ("--latency", "t.h5"),
    "t.h5 --requests r.jsonl --latency absent/l.csv": ("--latency", "absent"),
    "t.h5 --requests r.jsonl --output a --latency a": ("--latency", "--output"),
    "t.h5 --requests r.jsonl --metrics absent/m.prom": ("--metrics", "absent"),
    "t.h5 --requests r.jsonl --output /dev/full": ("/dev/full", "No space left"),
    "t.h5 --requests r.jsonl --latency /dev/full": ("/dev/full", "No space left"),
}


class RequestsRefused(AnswerTest, Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.write_lines(20 * REQUEST)
        os.mkdir(cls.folder + "/folder")
        os.symlink("t.h5", cls.folder + "/link.h5")

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def check_some_everywhere(self, cases, code, every):
        kept = {name: self.read(name) for name in ("t.h5", "r.jsonl")}
        for number, (words, parts) in enumerate(cases.items()):
            with self.subTest(words):
                self.check_refusal(shlex.split(words), code, *parts)
                if number % every == 0:
                    self.check_refusal(shlex.split(words), code, *parts, ranks=3)
        self.assertEqual(kept, {name: self.read(name) for name in kept})
        self.assertFalse(os.path.exists(self.path("a")))

    def test_wrong_options(self):
        self.check_some_everywhere({f"answer t.h5 {words}": parts for words, parts in WRONG.items()}, 2, 9)

    def test_what_cannot_be_opened(self):
        self.check_some_everywhere({f"answer {words}": parts for words, parts in FAILING.items()}, 1, 4)

    def test_full_standard_output(self):
        for ranks in (None, 3):
            with open("/dev/full", "wb") as full:
                done = self.program.run("answer", "t.h5", "--requests", "r.jsonl", ranks=ranks, stdout=full)
            if ranks is None:
                self.assertEqual(done.code, 1, done)
                self.assertEqual(len(done.messages), 1, done)
                self.assertIn("standard output", done.messages[0])
            self.assertFalse(done.hung, done)  # under mpirun the program writes to mpirun, which does as it likes

    def test_standard_output_is_closed(self):
        """As by `| head -n 1`, over more than a pipe holds: one message and no success; under mpirun, its end."""
        self.write_lines(2000 * REQUEST, "many.jsonl")
        for ranks in (None, 3):
            command = self.program.command_of("answer", "t.h5", "--requests", "many.jsonl", ranks=ranks)
            with subprocess.Popen(command, cwd=self.folder, env=self.program.environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as run:
                self.assertTrue(run.stdout.readline().startswith(b'{"id":1,"op":"nearest"'))
                run.stdout.close()
                err = run.communicate(timeout=60)[1].decode()
            messages = [line for line in err.splitlines() if line.startswith("tessera: ")]
            self.assertLessEqual(len(messages), 1, err)
            if ranks is None:
                self.assertEqual((run.returncode, len(messages)), (1, 1), err)
                self.assertIn("standard output", messages[0])

    def test_standard_output_is_closed_under_a_stream(self):
        """The next answer finds out, and all ends though requests may still come."""
        with Stream(self.program, "answer", "t.h5", "--requests", "-") as stream:
            stream.send(REQUEST)
            stream.read_line()
            stream.selector.unregister(stream.process.stdout)
            stream.process.stdout.close()
            stream.send(REQUEST)
            self.assertEqual(stream.wait(), 1, stream.said())
            self.assertIn("tessera: answering: cannot write standard output", stream.said())

    def test_an_output_that_failed_has_no_name(self):
        """What was there before stays as it was."""
        self.write_lines(b"before\n", "kept.jsonl")
        for ranks in (None, 3):
            words = ["answer", "t.h5", "--requests", "-", "--output", "kept.jsonl"]
            with Stream(self.program, *words, ranks=ranks) as run:
                run.send(REQUEST)
                root = run.pids()[0]
                self.wait_for_partial()
                resource.prlimit(root, resource.RLIMIT_FSIZE, (10_000, 10_000))  # a disk that is full
                run.send(20 * REQUEST)
                self.assertEqual(run.wait(), 1, run.said())
                messages = [line for line in run.said().splitlines() if line.startswith("tessera: ")]
                self.assertEqual(len(messages), 1, run.said())
                self.assertIn("kept.jsonl", messages[0])
            self.assertEqual(self.read("kept.jsonl"), b"before\n")
            self.assertFalse([name for name in os.listdir(self.folder) if "partial" in name])

    def wait_for_partial(self):
        deadline = time.monotonic() + PATIENCE_S
        while not any(".partial" in name for name in os.listdir(self.folder)):
            self.assertLess(time.monotonic(), deadline, "no output is begun")


if __name__ == "__main__":
    run_tests()
