"""A run of the real program in which something goes wrong on purpose, and all that is to be known of its end. The shim
(shim/fault.cpp says what it understands) is loaded before each rank; what it does, it notes in a mark beside `mark`."""
import os
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pipeline"))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "serve"))
from program import PATIENCE_S, Program
from stream import Stream

SHIM = os.path.abspath(os.environ.get("TESSERA_FAULTS_SHIM", "build/tests/faults/libtessera_faults.so"))


class Faulty(Program):
    """The binary in a folder of its own. `fault`: as the shim reads it; `before`: words before the program (prlimit ...);
    `around`: words before mpirun."""

    def __init__(self, binary, folder, fault=None, log=None, before=(), around=()):
        super().__init__(binary, folder)
        self.mark, self.before, self.around = os.path.join(folder, ".mark"), list(before), list(around)
        self.environment.update(TESSERA_FAULT_HOME=folder, TESSERA_FAULT_MARK=self.mark, OMP_NUM_THREADS="1",
                                OMPI_MCA_btl_vader_single_copy_mechanism="none", **({"TESSERA_FAULT": fault} if fault else {}),
                                **({"TESSERA_FAULT_LOG": log} if log else {}))

    def command_of(self, *arguments, ranks=None, threads=None):
        command = super().command_of(*arguments, ranks=ranks, threads=threads)
        place = command.index(self.binary)
        command[place:place] = [*self.before, "env", f"LD_PRELOAD={SHIM}"]
        return [*self.around, *command]

    def marks(self):
        """Rank -> the process and what it was about to do when its fault came."""
        found = {}
        for name in os.listdir(self.folder):
            if name.startswith(".mark."):
                with open(os.path.join(self.folder, name), encoding="ascii", errors="replace") as file:
                    words = file.read().split()
                if words:
                    found[int(name.rpartition(".")[2])] = (int(words[0]), " ".join(words[1:-1]).replace(self.folder + "/", ""))
        return found


class Ended:
    """How a run ended. `seconds`: from the fault, where there was one, else from the start."""

    def __init__(self, run, code, out, seconds):
        self.command, self.code, self.out, self.seconds = run.command, code, out, seconds
        self.err, self.marks = run.said(), run.program.marks()
        self.left_processes = processes_of(run.process.pid)

    def __str__(self):
        return (f"$ {' '.join(map(str, self.command))}\nexit code {self.code}, {self.seconds:.1f} s after the fault, which met "
                f"{self.marks}\n{self.out[:300]!r}\n{self.err[:3000]}")


class FaultyRun(Stream):
    def __init__(self, program, *arguments, ranks=None):
        self.program, self.begin = program, time.monotonic()
        super().__init__(program, *arguments, ranks=ranks)

    def wait_for_mark(self, patience=PATIENCE_S):
        """Whether the fault has come while the job was there."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.program.marks():
                return True
            if self.process.poll() is not None:
                return bool(self.program.marks())
            time.sleep(0.005)
        return False

    def remove_marks(self):
        """What is held goes on."""
        for name in os.listdir(self.program.folder):
            if name.startswith(".mark."):
                os.remove(os.path.join(self.program.folder, name))

    def end(self, patience=PATIENCE_S):
        """All that it writes until its end; None for a code where it does not come to one."""
        parts = []
        reader = threading.Thread(target=self.read_all, args=[parts], daemon=True)
        reader.start()
        marked_at = self.begin if not self.wait_for_mark_or_end(patience) else time.monotonic()
        code = self.wait(patience)
        seconds = time.monotonic() - marked_at
        reader.join(5 if code is not None else 0.1)
        return Ended(self, code, b"".join(parts), seconds)

    def wait_for_mark_or_end(self, patience):
        deadline = time.monotonic() + patience
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.program.marks():
                return True
            time.sleep(0.005)
        return False

    def read_all(self, parts):
        try:
            while part := self.process.stdout.read(1 << 20):
                parts.append(part)
        except (OSError, ValueError):  # closed meanwhile
            pass


def processes_of(session, patience=3):
    """What is left of a session, once what is ending has had the time to end."""
    deadline = time.monotonic() + patience
    while True:
        left = []
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as file:
                    fields = file.read().rpartition(")")[2].split()
                if int(fields[3]) == session and fields[0] != "Z":
                    with open(f"/proc/{entry}/cmdline", encoding="utf-8", errors="replace") as file:
                        left.append((int(entry), file.read().replace("\0", " ")[:200]))
            except OSError:  # it has just gone
                continue
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def continue_process(pid):
    try:
        os.kill(pid, signal.SIGCONT)
    except ProcessLookupError:
        pass
