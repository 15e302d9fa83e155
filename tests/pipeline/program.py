"""Runs the real binary as a user would: plainly as one rank, or under mpirun. Every run has a time limit, after which
it and all its ranks are killed, so that a hang is a failed test and not a hung one."""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

# Programs built with sanitizers are so much slower.
SLOWDOWN = int(os.environ.get("TESSERA_TEST_SLOWDOWN", "1"))
PATIENCE_S = 60 * SLOWDOWN


class Finished:
    """What a run left behind. `messages` are the lines on standard error that are the program's own."""

    def __init__(self, command, code, out, err, seconds):
        self.command, self.code, self.out, self.err, self.seconds = command, code, out, err, seconds

    @property
    def messages(self):
        return [line for line in self.err.splitlines() if line.startswith("tessera: ")]

    @property
    def hung(self):
        return self.code is None

    def __str__(self):
        return (f"$ {' '.join(map(str, self.command))}\nexit code {self.code} after {self.seconds:.1f} s\n"
                f"{self.out[:2000]!r}\n{self.err[:3000]}")


class Program:
    """The binary. `folder` is where it runs, so that names in outputs do not depend on the machine."""

    def __init__(self, binary, folder):
        self.binary, self.folder = os.path.realpath(binary), folder
        self.environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")

    def command_of(self, *arguments, ranks=None, threads=None):
        command = [self.binary, *map(str, arguments)]
        if threads is not None:
            command += ["--threads", str(threads)]
        if ranks is not None:
            command = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks), *command]
        return command

    def run(self, *arguments, ranks=None, threads=None, patience=PATIENCE_S, text=True, stdout=subprocess.PIPE):
        command = self.command_of(*arguments, ranks=ranks, threads=threads)
        begin = time.monotonic()
        # A session of its own, so that ranks can be killed together with mpirun.
        process = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=stdout,
                                   stderr=subprocess.PIPE, start_new_session=True)
        try:
            out, err = process.communicate(timeout=patience)
            code = process.returncode
        except subprocess.TimeoutExpired:
            kill_session(process)
            code = None
            try:
                out, err = process.communicate(timeout=5)
            except subprocess.TimeoutExpired as late:  # a process that left the session holds the pipes
                out, err = late.output, late.stderr or b""
        out = out or b""
        return Finished(command, code, out.decode("utf-8", "replace") if text else out,
                        err.decode("utf-8", "replace"), time.monotonic() - begin)

    def must(self, *arguments, **how):
        """A run that has to succeed."""
        finished = self.run(*arguments, **how)
        if finished.code != 0:
            raise AssertionError(f"should have succeeded:\n{finished}")
        return finished

    def generate(self, name, *arguments):
        self.must("generate", "trips", "--output", name, *arguments)
        return os.path.join(self.folder, name)


def kill_session(process):
    """Ends a run and its ranks; mpirun gives each rank a process group, but the session stays."""
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.getsid(int(entry)) == process.pid:
                os.kill(int(entry), signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


class PipelineTest(unittest.TestCase):
    """A test case with the binary (the script's argument) and a folder of its own that goes away afterwards."""
    binary = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="tessera-pipeline-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.program = Program(cls.binary, cls.folder)

    def path(self, name):
        return os.path.join(self.folder, name)


def run_tests():
    """The main of every script: SCRIPT BINARY [unittest's own arguments]."""
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        sys.exit(f"usage: {sys.argv[0]} BINARY [unittest arguments]")
    PipelineTest.binary = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)


def layouts_of(program, source):
    """The generator's layouts of a source; it lists them when asked for one that does not exist."""
    listed = re.search(r"use one of (.*)$", program.run("generate", "trips", "--format", source, "--layout", "?").err,
                       re.MULTILINE)
    return listed.group(1).split(", ")
