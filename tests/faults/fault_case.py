"""What every fault has in common: it comes, the job ends soon and says why, nothing of it is left, what was there is there or
is replaced as a whole, and the same command run again does all that it should and clears away what was left."""
import concurrent.futures
import itertools
import os
import re
import shutil
import sys
import tempfile
import unittest

import driving
from commands import BY_NAME, Site, contents_of
from faulty import PATIENCE_S, Faulty, Program
from moments import Deeds
from program import PipelineTest
from tally import Tally, print_table

RANKS = (2, 4)
SECONDS = 10           # promised
SECONDS_IN_A_CROWD = 30  # where the machine has several times as much to do as it can
AT_ONCE = int(os.environ.get("TESSERA_FAULTS_AT_ONCE", "6"))  # most of a run is waiting for mpirun
TRACES = ("Segmentation", "terminate called", "what():", "HDF5-DIAG", "core dumped", "free():", "corrupted")


def allowed_seconds():
    return SECONDS if os.getloadavg()[0] < 3 * len(os.sched_getaffinity(0)) else SECONDS_IN_A_CROWD


class FaultTest(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = os.path.realpath(cls.folder)
        cls.program = Program(cls.binary, cls.folder)
        cls.site, cls.tally, cls.numbers, cls.wanted = Site(cls.program), Tally(), itertools.count(), {}
        for command in BY_NAME.values():  # what each writes when nothing goes wrong
            folder = cls.site.make("well-" + command.name.replace(" ", "-"), command)
            run = cls.run_well(folder, command, 2)
            cls.wanted[command.name] = {"stdout": run.out, "answers": run.answers,
                                        **{name: contents_of(f"{folder}/{name}") for name in command.outputs}}

    @classmethod
    def tearDownClass(cls):
        cls.tally.save(cls.__name__)
        print_table(cls.tally.rows)

    @classmethod
    def run_well(cls, folder, command, ranks, log=None):
        run = driving.start(Faulty(cls.binary, folder, log=log), command, ranks)
        with run:
            ended = run.end()
            run.driver.join(5)
        if ended.code != 0:
            raise AssertionError(f"should have gone well:\n{ended}")
        ended.answers = run.answers
        return ended

    @classmethod
    def log_deeds(cls, commands, all_ranks=RANKS):
        """What each rank does in each command, at each number of ranks, when nothing goes wrong."""
        deeds = {}
        for command in commands:
            for ranks in all_ranks:
                name = f"log-{ranks}-{command.name}".replace(" ", "-")
                folder = cls.site.make(name, command)
                cls.run_well(folder, command, ranks, log=cls.site.path(name + ".log"))
                deeds[command.name, ranks] = Deeds(cls.site.path(name + ".log"), ranks, folder)
        return deeds

    def try_all(self, cases):
        """Cases: (fault's name, command, ranks, function of a folder that returns problems). All are tried; then the problems
        are told."""
        told = []
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            tries = [(case, pool.submit(self.try_one, *case)) for case in cases]
            for (fault, command, ranks, _), future in tries:
                problems = future.result()
                self.tally.note(fault, command.name, ranks, not problems)
                if problems:
                    told.append(f"== {fault}, {command.name}, {ranks} ranks\n" + "\n".join(problems))
        if told:
            self.fail(f"{len(told)} of {len(tries)}:\n" + "\n".join(told))

    def try_one(self, _, command, ranks, work):
        folder = self.site.make(f"case-{next(self.numbers)}", command)
        try:
            return work(folder, command, ranks)
        except Exception as error:  # also what the test itself did not expect
            return [f"{type(error).__name__}: {error}"]
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def suffer(self, folder, command, ranks, fault=None, during=None, words=None, marked=True, **around):
        """A run with a fault. `during`: what is done to it once the fault has come. What is not as it should be, and the end."""
        run = driving.start(Faulty(self.binary, folder, fault, **around), command, ranks, words)
        with run:
            if during:
                run.wait_for_mark()
                during(run)
            ended = run.end()
        problems = []
        if marked and not ended.marks:
            problems.append("the fault did not come")
        if ended.code is None:
            problems.append(f"hangs: {PATIENCE_S} s")
        elif ended.seconds > allowed_seconds():
            problems.append(f"took {ended.seconds:.1f} s to end")
        if ended.left_processes:
            problems.append(f"processes are left: {ended.left_processes}")
        problems += [f"a trace of a crash: {trace}" for trace in TRACES if trace in ended.err]
        ended.answers = run.answers
        return problems, ended

    def check_failure(self, folder, command, ended, *says, next_run=True):
        """It failed and said so; nothing is half-written; the next run is as good as any."""
        problems = []
        if ended.code == 0:
            problems.append("exit code 0")
        problems += [f"does not say {what!r}" for what in says if not re.search(what, ended.err, re.MULTILINE)]
        problems += self.check_outputs(folder, command)
        left = self.left_overs(folder)
        for name in re.findall(r"; (\S+) is removed", ended.err):
            if os.path.basename(name) in left:
                problems.append(f"{name} is there, though it is said to be removed")
        if next_run and command.outputs and not command.serves:
            problems += self.check_next_run(folder, command, left)
        return problems + ([str(ended)] if problems else [])

    def check_outputs(self, folder, command):
        """Under its final name each is the old one or the new one, as a whole."""
        problems = []
        for name in command.outputs:
            found, old = contents_of(f"{folder}/{name}"), self.old_output(name)
            if found is None:
                problems.append(f"{name} is gone")
            elif found != old and not command.same(name, found, self.wanted[command.name][name]):
                problems.append(f"{name} is neither old nor whole: {found[:200]!r}")
        return problems

    def old_output(self, name):
        if name.endswith(".h5"):
            return contents_of(self.site.path("old.h5"))
        return contents_of(self.site.path("old-map")) if name == "map" else b"old\n"

    @staticmethod
    def left_overs(folder):
        return [name for name in os.listdir(folder) if "partial" in name]

    def check_next_run(self, folder, command, left):
        for name in os.listdir(folder):
            if name.startswith(".mark"):
                os.remove(f"{folder}/{name}")
        run = driving.start(Faulty(self.binary, folder), command, 2)
        with run:
            ended = run.end()
        problems = [] if ended.code == 0 else [f"the next run fails: {ended}"]
        problems += [f"the next run does not name {name}: {ended.err}" for name in left if name not in ended.err]
        problems += [f"{name} is left after the next run" for name in self.left_overs(folder)]
        for name in command.outputs:
            if not command.same(name, contents_of(f"{folder}/{name}") or b"", self.wanted[command.name][name]):
                problems.append(f"the next run makes another {name}")
        return problems


def run_tests():
    """The main of every script: SCRIPT BINARY [unittest's own arguments]."""
    PipelineTest.binary = sys.argv[1]
    # In memory where there is room: a rank that waits for a busy disk hears no signal, and says nothing.
    if os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 1 << 30:
        tempfile.tempdir = "/dev/shm"
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
