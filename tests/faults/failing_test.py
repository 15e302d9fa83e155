"""Disks, inputs, stores and memory that fail under a command: a call of the system that says no at a chosen moment, by the
shim."""
import gzip

from commands import BY_NAME, COMMANDS, contents_of
from fault_case import RANKS, FaultTest, run_tests

ENOSPC, EIO, EROFS = 28, 5, 30
WRITERS = [command for command in COMMANDS if command.outputs and not command.serves]
READERS = [command for command in COMMANDS if command.reads == "s.h5"]


def contents_of_answers(folder, command):
    return (contents_of(f"{folder}/z.jsonl") or b"") if command.name == "answer FILE" else b""


class Failing(FaultTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deeds = cls.log_deeds(COMMANDS)

    def places(self, command, ranks, deed, part):
        """(rank, how many) of the ranks that do this; the last one that does and the first, where they are two."""
        found = [(rank, count) for rank in range(ranks) if (count := self.deeds[command.name, ranks].count(rank, deed, part))]
        return found[-1:] + found[:-1][:1]

    def fail_call(self, fault, *says, words=None, next_run=True):
        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, fault, words=words)
            return problems + self.check_failure(folder, command, ended, r"^tessera: \S.*: ", *says, next_run=next_run)
        return work

    def succeed(self, fault):
        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, fault)
            return problems + self.check_success(folder, command, ended)
        return work

    def check_success(self, folder, command, ended):
        problems = [] if ended.code == 0 else [f"exit code {ended.code}"]
        wanted = self.wanted[command.name]
        problems += [f"another {name}" for name in command.outputs
                     if not command.same(name, contents_of(f"{folder}/{name}") or b"", wanted[name])]
        if command.serves and ended.answers != wanted["answers"]:
            problems.append(f"other answers: {ended.answers}")
        return problems + ([str(ended)] if problems else [])

    def fill_disk(self, fault, next_run):
        """Metrics are the one output that work goes on without, with a note."""
        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, fault)
            if command.name == "replay" and any("m.prom" in met for _, met in ended.marks.values()) and ended.code == 0:
                said = [] if "note: --metrics: cannot write" in ended.err else ["no note"]
                return problems + said + self.check_outputs(folder, command) + self.left_overs(folder)
            return problems + self.check_failure(folder, command, ended, r"^tessera: \S.*: ", "No space left on device|disk full", next_run=next_run)
        return work

    def test_the_disk_is_full(self):
        """From some write on, also where it is for the last byte; a disk that cannot sync; one that gives no names."""
        cases = []
        for command in WRITERS:
            for ranks in RANKS:
                for rank, count in self.places(command, ranks, "write", "partial"):
                    for nth in {1, (count + 1) // 2, count} if ranks == 2 or command.name == "ingest" else {count}:
                        cases.append(("disk full while writing", command, ranks,
                                      self.fill_disk(f"{rank} write partial {nth}+ {ENOSPC}", nth == 1)))
                for rank, count in self.places(command, ranks, "sync", "partial"):
                    cases.append(("disk fails while syncing", command, ranks,
                                  self.fail_call(f"{rank} sync partial 1 {EIO}", "Input/output error", next_run=False)))
                cases.append(("folder turns read-only", command, ranks,
                              self.fail_call(f"0 rename * 1+ {EROFS}", "Read-only file system", next_run=False)))
        self.try_all([case for case in cases if case[1].name != "replay" or "renam" not in case[0]])

    def test_writes_and_reads_are_short(self):
        """No fault at all: the system may take or give less than it is asked for."""
        cases = []
        for command in COMMANDS:
            for ranks in RANKS:
                if command in WRITERS:
                    cases.append(("short writes", command, ranks, self.succeed("* write partial 1+ short")))
                if command.reads:
                    cases.append(("short reads", command, ranks, self.succeed(f"* read {command.reads} 1+ short")))
        self.try_all(cases)

    def test_an_input_cannot_be_read(self):
        ingest, cases = BY_NAME["ingest"], []
        for ranks in RANKS:
            for rank, count in self.places(ingest, ranks, "read", "y.csv"):
                for nth in {1, count}:
                    cases.append(("read error in an input", ingest, ranks,
                                  self.fail_call(f"{rank} read y.csv {nth}+ {EIO}", "y.csv", "Input/output error", next_run=nth == 1)))
                if count > 1:  # the first read is of the head, when files are looked at
                    cases.append(("input shrinks while it is read", ingest, ranks,
                                  self.fail_call(f"{rank} read y.csv 2 truncate", "y.csv: the file is shorter|sees other input files, or other sizes", next_run=False)))
            cases.append(("read error in a .gz input", ingest, ranks, self.fail_gzip(EIO, "Input/output error")))
            cases.append((".gz input shrinks while it is read", ingest, ranks, self.fail_gzip("truncate", "cut short|gzip")))
        self.try_all(cases)

    def fail_gzip(self, what, says):
        """The second read of its data; the first was of its head, when files were looked at."""
        def work(folder, command, ranks):
            with open(f"{folder}/in/y.csv", "rb") as plain, open(f"{folder}/in/y.csv.gz", "wb") as file:
                file.write(gzip.compress(plain.read(), 1))
            words = ["ingest", "in/y.csv.gz", "in/u.csv", *command.words[2:]]
            problems, ended = self.suffer(folder, command, ranks, f"* read y.csv.gz 3+ {what}", words=words)
            return problems + self.check_failure(folder, command, ended, "y.csv.gz", says, next_run=False)
        return work

    def test_a_store_cannot_be_read(self):
        cases = []
        for command in READERS:
            for ranks in RANKS:
                for rank, count in self.places(command, ranks, "read", "s.h5")[:ranks // 2]:
                    for nth in {1, count} if ranks == 2 else {(count + 1) // 2}:
                        cases.append(("read error in a store", command, ranks,
                                      self.fail_call(f"{rank} read s.h5 {nth}+ {EIO}", r"s\.h5", next_run=False)))
        self.try_all(cases)

    def lose_store(self, fault):
        """What is open may still be read. Whatever comes, it is never another answer."""
        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, fault)
            if ended.code == 0:
                return problems + self.check_success(folder, command, ended)
            return problems + self.check_failure(folder, command, ended, r"^tessera: .*s\.h5", next_run=False)
        return work

    def test_a_store_goes_away_while_it_is_read(self):
        cases = []
        for command in READERS:
            for ranks in RANKS:
                rank, count = self.places(command, ranks, "read", "s.h5")[0]
                for nth in {1, (count + 1) // 2, count} if ranks == 2 else {(count + 1) // 2}:
                    cases.append(("store cut short while it is read", command, ranks, self.lose_store(f"{rank} read s.h5 {nth} truncate")))
                for nth in {1, self.deeds[command.name, ranks].count(rank, "open", "s.h5")}:
                    cases.append(("store removed while it is read", command, ranks, self.lose_store(f"{rank} open s.h5 {nth} remove")))
        self.try_all(cases)

    def run_out_of_memory(self, fault):
        """Where so many allocations are made; where they are not, nothing is tried. Who goes on without must be right."""
        def work(folder, command, ranks):
            problems, ended = self.suffer(folder, command, ranks, fault, marked=False)
            if ended.code == 0 and b'"code":"failed"' in ended.out + contents_of_answers(folder, command):
                return problems  # one request, or those of a round, could not be answered, and it says so
            if ended.code == 0:  # it was not reached, or all work was done
                return problems + self.check_success(folder, command, ended)
            return problems + self.check_failure(folder, command, ended, "bad_alloc|memory", next_run=False)
        return work

    def test_memory_runs_out(self):
        cases = []
        for command in COMMANDS:
            for ranks in RANKS:
                for turn, (size, nth) in enumerate([(5000, 1), (1000, 12), (256, 80), (32, 700)]):
                    rank = (0, ranks - 1)[(turn + ranks // 2) % 2]
                    cases.append(("memory runs out", command, ranks, self.run_out_of_memory(f"{rank} memory {size} {nth} nomem")))
        self.try_all(cases)


if __name__ == "__main__":
    run_tests()
