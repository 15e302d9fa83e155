"""What the tests of launchers share: an input, a store and answers made plainly, and the ranks that run."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pipeline"))
from program import Program  # noqa: E402


class LaunchedTest(unittest.TestCase):
    binary = None
    source = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="tessera-cluster-")
        os.chmod(cls.folder, 0o755)
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        program = Program(cls.binary, cls.folder)
        program.generate("input.csv", "--format", "yellow", "--trips", 400_000, "--seed", 4)
        program.must("ingest", "input.csv", "--store", "plain.h5")
        program.must("generate", "requests", "--count", 60, "--seed", 3, "--output", "asked.jsonl")
        program.must("answer", "plain.h5", "--requests", "asked.jsonl", "--output", "plain.jsonl")
        cls.program = program

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    def answers(self, name):
        """Lines without what depends on the clock."""
        with open(self.path(name)) as lines:
            answers = [json.loads(line) for line in lines]
        for answer in answers:
            answer.pop("micros", None)
        return answers

    def endless(self):
        """A list of requests that takes longer than any test."""
        name = self.path("endless.jsonl")
        if not os.path.exists(name):
            with open(self.path("asked.jsonl")) as asked:
                lines = asked.read()
            with open(name, "w") as endless:
                endless.write(lines * 20_000)
        return name

    def ranks_running(self, command="answer"):
        """Process ids of ranks of this test, in whatever container or namespace."""
        ranks = []
        for entry in os.listdir("/proc"):
            try:
                if entry.isdigit():
                    with open(f"/proc/{entry}/cmdline", "rb") as line:
                        words = line.read().split(b"\0")
                    # Of this test: another one may run on this machine.
                    if (words[0].endswith(b"tessera") and command.encode() in words[1:2]
                            and os.readlink(f"/proc/{entry}/cwd").startswith(self.folder)):
                        ranks.append(int(entry))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
        return sorted(ranks)

    def wait_for_ranks(self, count, command="answer", patience_s=30):
        end = time.monotonic() + patience_s
        while len(self.ranks_running(command)) < count:
            self.assertLess(time.monotonic(), end, f"{count} ranks of {command} did not start")
            time.sleep(0.02)


def run_tests():
    """The main of every script: SCRIPT BINARY [unittest's own arguments]."""
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        sys.exit(f"usage: {sys.argv[0]} BINARY [unittest arguments]")
    LaunchedTest.binary = os.path.realpath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
