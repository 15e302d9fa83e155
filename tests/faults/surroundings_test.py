"""Surroundings that are not as one would like them: disks that are full or read-only, limits of memory, readers that go away,
outputs that are no files, two runs into one output. For real where this is root, who alone may mount."""
import os
import subprocess
import unittest

import driving
from commands import BY_NAME, COMMANDS, TO_STDOUT, contents_of
from fault_case import RANKS, FaultTest, run_tests
from faulty import PATIENCE_S, Faulty

WRITERS = [command for command in COMMANDS if command.outputs and not command.serves]
MIB = 1 << 20


def mounted(script, *words):
    """Words before mpirun: it runs where this is mounted, and nobody else sees it. `$1`, `$2` ...: the words."""
    return ["unshare", "-m", "bash", "-c", f'{script} || exit 99; shift {len(words)}; exec "$@"', "-", *words]


MAY_MOUNT = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0
needs_mounts = unittest.skipUnless(MAY_MOUNT, "SKIPPED: may not mount here (needs root)")


class Surroundings(FaultTest):
    def fail_in(self, around, *says, before=(), words=None, next_run=False):
        def work(folder, command, ranks):
            around_here = [word.replace("FOLDER", folder) for word in around]
            problems, ended = self.suffer(folder, command, ranks, words=words, marked=False, around=around_here, before=before)
            if ended.code == 99:
                problems.append("could not mount")
            return problems + self.check_failure(folder, command, ended, r"^tessera: \S.*: ", *says, next_run=next_run)
        return work

    @needs_mounts
    def test_a_small_disk(self):
        """All outputs on a disk that has no room for them."""
        around = mounted('mount -t tmpfs -o size=8k none "$1/small"; cd "$1"', "FOLDER")

        def work(folder, command, ranks):
            os.mkdir(f"{folder}/small")
            first = next(iter(command.outputs))
            words = [word if word != first else f"small/{first}" for word in command.words]
            return self.fail_in(around, "No space left|no room|free space", words=words)(folder, command, ranks)
        self.try_all([("small disk", command, ranks, work) for command in WRITERS for ranks in RANKS
                      if command.name not in ("info", "aggregate")])  # whose answers fit

    @needs_mounts
    def test_a_read_only_folder(self):
        around = mounted('mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && cd "$1"', "FOLDER")
        self.try_all([("read-only folder", command, ranks, self.fail_in(around, "Read-only file system"))
                      for command in WRITERS for ranks in RANKS])

    @unittest.skipUnless(os.geteuid() == 0, "SKIPPED: needs root, to run as somebody else")
    def test_a_folder_of_somebody_else(self):
        os.chmod(self.folder, 0o755)
        others = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        if subprocess.run([*others, "test", "-x", self.binary]).returncode != 0:
            self.skipTest("SKIPPED: others may not run the program where it was built")
        self.try_all([("folder of somebody else", command, ranks, self.fail_in(others, "Permission denied"))
                      for command in WRITERS for ranks in RANKS])

    @needs_mounts
    def test_no_shared_memory(self):
        """/dev/shm, in which ranks of a host talk, is full: that is Open MPI's to tell, or it does without."""
        # its folder may be in the real /dev/shm, and is to be seen in the small one
        around = mounted('mount --bind "$1" /mnt && mount -t tmpfs -o size=64k none /dev/shm && mkdir -p "$1" && '
                         'mount --bind /mnt "$1" && cd "$1"', "FOLDER")

        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, marked=False, around=[word.replace("FOLDER", folder) for word in around])
            return problems + ([] if ended.code == 0 else self.check_failure(folder, command, ended, next_run=False))
        self.try_all([("/dev/shm is full", command, ranks, work) for command in COMMANDS for ranks in RANKS])

    def test_a_limit_of_memory(self):
        """From what hardly starts to what is enough: done and right, or refused, but nothing in between."""
        def work_at(mib):
            def work(folder, command, ranks):
                problems, ended = self.suffer(folder, command, ranks, marked=False, before=["prlimit", f"--as={mib * MIB}"])
                problems = [problem for problem in problems if not problem.startswith("a trace")]  # Open MPI's and OpenMP's own
                if ended.code == 0:
                    return problems + self.check_outputs(folder, command)
                return problems + self.check_failure(folder, command, ended, r"\S", next_run=False)
            return work
        sizes = {"ingest": (100, 180, 250, 300, 350, 400), "answer FILE": (100, 180, 250, 300, 350, 400)}
        self.try_all([("limited memory", command, ranks, work_at(mib)) for command in COMMANDS for ranks in RANKS
                      for mib in sizes.get(command.name, (150, 280))])

    def test_a_reader_that_goes(self):
        """COMMAND | head -n 1: it ends soon, and the reader has what it wanted."""
        around = ["bash", "-c", '"$@" | head -n 1; exit ${PIPESTATUS[0]}', "-"]

        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, marked=False, around=around)
            if "mpirun: SIGPIPE detected" in ended.err:  # mpirun then ends the job, and crashes itself at times (Open MPI 4.1.4)
                problems = [problem for problem in problems if not problem.startswith("a trace")]
            if not ended.out:
                problems.append("the reader has nothing")
            return problems + self.check_outputs(folder, command) + ([str(ended)] if problems else [])
        self.try_all([("output is a closed pipe", command, ranks, work) for command in TO_STDOUT for ranks in RANKS])

    def test_outputs_that_are_no_files(self):
        """A folder and a full device are refused; a pipe whose reader goes, too. (For a pipe without one it waits, as all do.)"""
        cases = []
        for command in WRITERS:
            first = next(iter(command.outputs))
            for ranks in RANKS:
                def into(place, *says, command=command, first=first):
                    return self.fail_in([], *says, words=[place if word == first else word for word in command.words])
                if first not in ("map", "n.h5"):
                    cases.append(("output is /dev/full", command, ranks, into("/dev/full", "No space left on device")))
                if first != "map":
                    cases.append(("output is a folder", command, ranks, into("in", "folder|directory")))
        self.try_all(cases)

    def test_closed_descriptors(self):
        """A descriptor that is closed at the start must not become a store's. (mpirun gives ranks all three: so without it.)"""
        cases = []
        for closing in ("<&-", ">&-", "<&- >&-", "2>&-", "2>/dev/full"):
            for command in (BY_NAME["ingest"], BY_NAME["answer -"], BY_NAME["range"]):
                def work(folder, command, _, closing=closing):
                    words = ["bash", "-c", f'exec "$@" {closing}', "-", self.program.binary, *command.words]
                    done = subprocess.run(words, cwd=folder, input=command.stdin or b"", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                          timeout=PATIENCE_S, check=False)
                    needs = {"ingest": (">&-", "2>/dev/full"), "answer -": ("<&-", ">&-", "2>/dev/full"), "range": ()}[command.name]
                    fails = any(each in needs for each in closing.split())
                    problems = [] if done.returncode == int(fails) else [f"exit code {done.returncode}: {done.stderr}"]
                    if done.returncode == 0:
                        problems += [f"another {name}" for name in command.outputs
                                     if not command.same(name, contents_of(f"{folder}/{name}"), self.wanted[command.name][name])]
                    return problems + self.check_outputs(folder, command)
                cases.append((f"started with {closing}", command, 1, work))
        self.try_all(cases)

    def test_two_runs_into_one_output(self):
        """The first is held in the middle of its writing; the second is refused, or writes its own; the first ends well."""
        def work(folder, command, ranks):
            first = driving.start(Faulty(self.binary, folder, "0 write partial 1 hold"), command, ranks)
            with first:
                if not first.wait_for_mark():
                    return ["the first was not held"]
                return self.second(folder, command, ranks, first)
        self.try_all([("two runs into one output", command, ranks, work) for command in WRITERS for ranks in RANKS])

    def second(self, folder, command, ranks, first):
        run = driving.start(Faulty(self.binary, folder), command, ranks)
        with run:
            second = run.end()
        first.remove_marks()
        ended = first.end()
        problems = [] if ended.code == 0 else [f"the first fails: {ended}"]
        if second.code != 0 and "another process is writing it" not in second.err:
            problems.append(f"the second: {second}")
        problems += self.check_outputs(folder, command)
        return problems + [f"{name} is left" for name in self.left_overs(folder)]


if __name__ == "__main__":
    run_tests()
