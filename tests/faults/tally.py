"""What was tried and what was survived: a table at the end, and a file of it for the table of the whole suite."""
import collections
import os
import sys
import threading

FOLDER = os.environ.get("TESSERA_FAULTS_TALLY")


class Tally:
    def __init__(self):
        self.rows, self.lock = collections.OrderedDict(), threading.Lock()

    def note(self, fault, command, ranks, survived):
        with self.lock:
            row = self.rows.setdefault((fault, command, ranks), [0, 0])
            row[0] += 1
            row[1] += bool(survived)

    def save(self, name):
        if FOLDER:
            os.makedirs(FOLDER, exist_ok=True)
            with open(os.path.join(FOLDER, name + ".tsv"), "w", encoding="ascii") as file:
                for key, counts in self.rows.items():
                    file.write("\t".join(map(str, (*key, *counts))) + "\n")


def print_table(rows):
    """Rows: (fault, command, ranks) -> [tried, survived]."""
    print(f"\n{'fault':44} {'command':12} {'ranks':>5} {'tried':>6} {'survived':>9}")
    for (fault, command, ranks), (tried, survived) in rows.items():
        print(f"{fault:44} {command:12} {ranks:>5} {tried:>6} {survived:>9}{'' if tried == survived else '  <-'}")
    tried, survived = (sum(counts[i] for counts in rows.values()) for i in (0, 1))
    print(f"faults tried {tried}, survived {survived}", flush=True)
    return tried, survived


def main():
    """The table of the whole suite, of the files that its scripts have left."""
    if not FOLDER or not os.path.isdir(FOLDER):
        sys.exit("no script of the suite has left its figures; run all of it: ctest --preset default -L faults")
    rows = {}
    for name in sorted(os.listdir(FOLDER)):
        with open(os.path.join(FOLDER, name), encoding="ascii") as file:
            for line in file:
                fault, command, ranks, tried, survived = line.rstrip("\n").split("\t")
                rows[fault, command, int(ranks)] = [int(tried), int(survived)]
    tried, survived = print_table(rows)
    sys.exit(tried == 0 or tried != survived)


if __name__ == "__main__":
    main()
