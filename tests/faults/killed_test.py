"""Ranks that are killed, jobs that are told to end, ranks that are paused: each command, at moments of its whole run. And
ingest, killed anywhere and run again, gives the same store.
   TESSERA_FAULTS_STEP=3   sweeps every third call of every rank instead (by hand; TESSERA_FAULTS_COMMANDS="ingest,range")"""
import os
import signal
import time

from commands import BY_NAME, COMMANDS, MICROS, contents_of
from fault_case import RANKS, FaultTest, run_tests
from faulty import continue_process
from moments import every_moment, moments_of

KILLED = "process rank {} with PID [0-9]+ on node .* exited on signal 9"
WORDS = r"^tessera: .+: ended by SIGTERM|^note: .+: SIGTERM has come"
# What all but ingest meet at the other number of ranks alone.
SPARED = {2: ["at 75 % of the collectives"], 4: ["after MPI_Init", "at 25 % of the collectives", "syncing", "giving the name"]}
CHOSEN = [BY_NAME[name] for name in os.environ.get("TESSERA_FAULTS_COMMANDS", ",".join(command.name for command in COMMANDS)).split(",")]


class Killed(FaultTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deeds = cls.log_deeds(COMMANDS + [command for command in CHOSEN if command not in COMMANDS])

    def kill(self, rank, moment, words, next_run):
        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, f"{rank} {moment} kill")
            return problems + self.check_failure(folder, command, ended, KILLED.format(rank), *words, next_run=next_run)
        return work

    def test_a_rank_is_killed(self):
        cases = []
        for command in CHOSEN:
            for ranks in RANKS:
                for name, rank, moment in moments_of(self.deeds[command.name, ranks], command):
                    if command.name != "ingest" and name in SPARED[ranks]:
                        continue
                    words = [WORDS] if "%" in name and moment != "mpi * 1" else []
                    # once a command is enough to see what the next run does, but for ingest
                    next_run = command.name == "ingest" or (name == "writing" and ranks == 2)
                    cases.append((f"rank killed {name}", command, ranks, self.kill(rank, moment, words, next_run)))
        self.try_all(cases)

    def test_ingest_resumes(self):
        """Killed anywhere and run again: the same store, and nothing left. (That a next run does so is looked at in each.)"""
        command, step = BY_NAME["ingest"], 9
        cases = [("ingest killed, and run again", command, 2, self.kill(rank, moment, [], True))
                 for _, rank, moment in every_moment(self.deeds["ingest", 2], step)]
        self.try_all(cases)

    def test_tiles_resume(self):
        """Whatever is left of the folder, from its very first file on."""
        self.try_all([(f"tiles killed at write {number}", BY_NAME["tiles"], 2, self.kill(0, f"write partial {number}", [], True))
                      for number in (1, 2, 3, 10)])

    def test_doctor_takes_its_probe_away(self):
        """Whenever another rank dies: the file that all write together to see that they can."""
        def killed(rank, moment):
            def work(folder, command, ranks):
                problems, ended = self.suffer(folder, command, ranks, f"{rank} {moment} kill")
                return (problems + self.check_failure(folder, command, ended, KILLED.format(rank)) +
                        [f"{name} is left: {ended}" for name in os.listdir(folder) if name.startswith(".tessera-doctor")])
            return work
        if ("doctor", 2) not in self.deeds:
            self.deeds |= self.log_deeds([BY_NAME["doctor"]], [2])
        calls = self.deeds["doctor", 2].mpi_calls(1)
        self.try_all([("rank killed as it tries a place", BY_NAME["doctor"], 2, killed(1, f"mpi * {number}"))
                      for number in range(2, len(calls) + 1, 3)])

    def test_sweep(self):
        step = int(os.environ.get("TESSERA_FAULTS_STEP", "0"))
        if step == 0:
            return
        self.try_all([("rank killed anywhere", command, ranks, self.kill(rank, moment, [], command.name == "ingest"))
                      for command in CHOSEN for ranks in RANKS
                      for _, rank, moment in every_moment(self.deeds[command.name, ranks], step)])

    def signal_mpirun(self, name, rank, moment):
        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, f"{rank} {moment} hold",
                                          during=lambda run: run.process.send_signal(signal.Signals[name]))
            words = [] if name == "SIGKILL" else [WORDS]
            return problems + self.check_failure(folder, command, ended, *words, next_run=name == "SIGKILL" and ranks == 2)
        return work

    def test_mpirun_is_told_to_end(self):
        cases = []
        for command in CHOSEN:
            for number, ranks in enumerate(RANKS):
                at = {name: (rank, moment) for name, rank, moment in moments_of(self.deeds[command.name, ranks], command)}
                where = [at["at 50 % of the collectives"], at.get("writing", at["at 75 % of the collectives"])]
                for turn, name in enumerate(("SIGTERM", "SIGINT")):
                    cases.append((f"{name} to mpirun", command, ranks, self.signal_mpirun(name, *where[(number + turn) % 2])))
                name = ("SIGHUP", "SIGKILL")[number]
                cases.append((f"{name} to mpirun", command, ranks, self.signal_mpirun(name, *where[0])))
        self.try_all(cases)

    def pause(self, rank, moment):
        def work(folder, command, ranks):
            def wait_and_continue(run):
                for pid, _ in run.program.marks().values():
                    while run.process.poll() is None and state_of(pid) != "T":
                        time.sleep(0.002)
                    time.sleep(0.05)  # the others run into it, or not: both are right
                    continue_process(pid)
            problems, ended = self.suffer(folder, command, ranks, f"{rank} {moment} stop", during=wait_and_continue)
            wanted = self.wanted[command.name]
            if ended.code != 0:
                problems.append(f"exit code {ended.code}")
            for name in command.outputs:
                if not command.same(name, contents_of(f"{folder}/{name}") or b"", wanted[name]):
                    problems.append(f"another {name}")
            if command.stdin and MICROS.sub(b"", ended.out) != MICROS.sub(b"", wanted["stdout"]):
                problems.append("other answers")
            if command.serves and ended.answers != wanted["answers"]:
                problems.append(f"other answers: {ended.answers}")
            return problems + ([str(ended)] if problems else [])
        return work

    def test_a_rank_is_paused(self):
        cases = []
        for command in CHOSEN:
            for ranks in RANKS:
                for name, rank, moment in moments_of(self.deeds[command.name, ranks], command):
                    if name in ("before MPI_Init", "at 50 % of the collectives", "reading" if ranks == 2 else "writing"):
                        cases.append(("rank stopped and continued", command, ranks, self.pause(rank, moment)))
        self.try_all(cases)


def state_of(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0]
    except OSError:
        return None


if __name__ == "__main__":
    run_tests()
