"""A running `answer -` whose input and output are pipes, and its processes. Nothing waits longer than PATIENCE_S for an
answer; whatever happens, all processes are gone afterwards."""
import os
import selectors
import subprocess
import tempfile
import time

from program import PATIENCE_S, kill_session


class Stream:
    """`keep_input`: what the program leaves unread can be had afterwards."""

    def __init__(self, program, *arguments, ranks=None, threads=None, keep_input=False):
        self.command = program.command_of(*arguments, ranks=ranks, threads=threads)
        self.binary, self.ranks, self.unread, self.sent = program.binary, ranks, b"", 0
        self.errors = tempfile.TemporaryFile()
        self.input, far_end = (open(end, mode, 0) for end, mode in zip(reversed(os.pipe()), ("wb", "rb")))
        self.process = subprocess.Popen(self.command, cwd=program.folder, env=program.environment, bufsize=0,
                                        stdin=far_end, stdout=subprocess.PIPE, stderr=self.errors,
                                        start_new_session=True)
        self.kept_input = far_end if keep_input else None
        if not keep_input:
            far_end.close()
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        kill_session(self.process)
        self.process.wait()
        for file in (self.input, self.kept_input, self.process.stdout, self.errors):
            if file:
                file.close()
        self.selector.close()

    def send(self, data):
        """All of it, however long the program takes to read it."""
        view = memoryview(data)
        while view:
            taken = self.input.write(view)
            self.sent += taken
            view = view[taken:]

    def read_line(self, patience=PATIENCE_S):
        """The next answer; what there is where the output ends before."""
        while b"\n" not in self.unread and self.read_some(patience):
            pass
        line, end, self.unread = self.unread.partition(b"\n")
        return line + end

    def read_some(self, patience=PATIENCE_S):
        """Whether there was more before the end."""
        if not self.selector.select(patience):
            raise AssertionError(f"no answer for {patience} s: {self.command}\n{self.said()}")
        data = self.process.stdout.read(1 << 20)
        self.unread += data
        return data != b""

    def has_answer(self, patience):
        return bool(self.unread) or bool(self.selector.select(patience))

    def read_lines(self, count):
        return [self.read_line() for _ in range(count)]

    def read_rest(self):
        """All that is still to come."""
        parts = [self.unread]
        self.unread = b""
        while self.read_some():
            parts.append(self.unread)
            self.unread = b""
        return b"".join(parts)

    def end_input(self):
        self.input.close()

    def unread_input(self):
        """What nobody has read, once the program has ended; also ends the input."""
        self.input.close()
        return self.kept_input.read()

    def wait(self, patience=PATIENCE_S):
        """Its exit code; None where it does not end."""
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return None

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def pids(self):
        """The process of each rank, once all are there."""
        if self.ranks is None:
            return [self.process.pid]
        found, deadline = {}, time.monotonic() + PATIENCE_S
        while len(found) < self.ranks and time.monotonic() < deadline:
            for entry in filter(str.isdigit, os.listdir("/proc")):
                rank = self.rank_of(int(entry))
                if rank is not None:
                    found[rank] = int(entry)
        return [found[rank] for rank in range(self.ranks)]

    def rank_of(self, pid):
        try:
            if os.getsid(pid) != self.process.pid or os.readlink(f"/proc/{pid}/exe") != self.binary:
                return None
            with open(f"/proc/{pid}/environ", "rb") as file:
                variables = dict(entry.partition(b"=")[::2] for entry in file.read().split(b"\0"))
            return int(variables[b"OMPI_COMM_WORLD_RANK"])
        except (OSError, KeyError):  # it has just gone, or is mpirun's
            return None


def resident_kib(pid, which="VmRSS"):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(which))


def watch_resident_kib(pids, seconds):
    """What each process holds, again and again, for so long or until one of them is gone: mpirun takes all that ranks
    write, so that they may end long before their answers are read."""
    samples, deadline = [], time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            samples.append([resident_kib(pid) for pid in pids])
        except (OSError, StopIteration):  # gone, or a zombie, which has no memory
            break
        time.sleep(0.01)
    return samples


def processor_seconds(pid):
    """Time on a processor so far, of all threads. To the nanosecond: /proc/PID/stat counts ticks of the clock, and what
    sleeps by the clock meets too many of them, or none."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
            total += int(file.read().split()[0])
    return total / 1e9
