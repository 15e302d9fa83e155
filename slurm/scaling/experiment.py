"""The scaling experiment; see slurm/scaling.sh."""
import csv
import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import report
from options import make_grid, powers_of_two, read_options
from runs import COLUMNS, Failed, launch_command, phases_of, run, spread


class Experiment:
    """Inputs, and the list of runs of a round."""

    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch
        self.launchers = options.launcher
        self.grid = make_grid(options)
        self.weak = [ranks for ranks in powers_of_two(options.most_ranks)]

    def path(self, name):
        return os.path.join(self.scratch, name)

    def tessera(self, *words):
        subprocess.run([self.options.tessera, *map(str, words)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)

    def make_inputs(self):
        def trips(name, count):
            if not os.path.exists(self.path(name)):
                self.tessera("generate", "trips", "--format", "yellow", "--trips", count, "--seed", 1, "--output",
                             self.path(name))
        trips("strong.csv", self.options.trips)
        for ranks in self.weak:
            trips(f"weak-{ranks}.csv", ranks * self.options.trips_a_rank)
        self.tessera("ingest", self.path("strong.csv"), "--store", self.path("reference.h5"), "--overwrite")
        self.tessera("generate", "requests", "--count", 100, "--seed", 1, "--store", self.path("reference.h5"), "--output",
                     self.path("requests.jsonl"))
        self.tessera(*self.aggregate("reference.csv"))

    def aggregate(self, output):
        return ["aggregate", self.path("reference.h5"), "--by", "hour,weekday", "--measure", "trips,mean:fare,p50:duration",
                "--output", self.path(output)]

    def runs(self):
        """(experiment, command, ranks, threads, trips, words), in the order of a round."""
        store, made = self.path("reference.h5"), self.path("made.h5")
        for ranks, threads in self.grid:
            yield ("strong", "ingest", ranks, threads, self.options.trips,
                   ["ingest", self.path("strong.csv"), "--store", made, "--overwrite"])
            yield "strong", "aggregate", ranks, threads, self.options.trips, self.aggregate("groups.csv")
            yield ("strong", "answer", ranks, threads, self.options.trips,
                   ["answer", store, "--requests", self.path("requests.jsonl"), "--output", self.path("answers.jsonl")])
        for ranks in self.weak:
            yield ("weak", "ingest", ranks, 1, ranks * self.options.trips_a_rank,
                   ["ingest", self.path(f"weak-{ranks}.csv"), "--store", made, "--overwrite"])

    def rows(self, count):
        """All rows of all rounds; launchers and shapes take turns. `count` is told of each run."""
        words_of_launcher = self.options.launcher_options.split()
        for number in range(self.options.rounds):
            for experiment, command, ranks, threads, trips, words in self.runs():
                for launcher in self.launchers:
                    start = launch_command(launcher, ranks, threads, words_of_launcher)
                    words_of_all = start + [self.options.tessera] + words + ["--expect-ranks", str(ranks)]
                    wall, told = run(words_of_all, threads, self.path("timings.json"), self.options.patience)
                    if number == 0:
                        self.check(experiment, command)
                    count()
                    if (experiment, command, ranks, threads) == ("strong", "ingest", 1, 1):
                        shutil.copy(self.path("timings.json"), self.path("measured.json"))
                    about = {"launcher": self.options.label or launcher, "experiment": experiment, "command": command,
                             "ranks": ranks, "threads": threads, "hosts": told["hosts"], "round": number, "trips": trips}
                    for phase in phases_of(wall, told):
                        yield about | phase
                    if command == "ingest" and number == self.options.rounds - 1 and os.path.exists(self.path("measured.json")):
                        yield about | {"phase": "predicted", **spread(self.predict(about))}

    def predict(self, about):
        """Seconds of an ingest without the start, by what one rank with one thread has just been measured to need."""
        with open(self.path("measured.json")) as file:
            measured = json.load(file)
        done = subprocess.run([self.options.tessera, "size", "--json", "--measured", self.path("measured.json"), "--trips",
                               str(about["trips"]), "--csv-bytes", str(measured["input_bytes"] / measured["trips"]),
                               "--ranks", str(about["ranks"]), "--threads-a-rank", str(about["threads"]), "--ranks-a-host",
                               str(-(-about["ranks"] // about["hosts"])), "--cores-a-host",
                               str(len(os.sched_getaffinity(0)))],
                              check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        ingest = json.loads(done.stdout)["predictions"][0]["ingest"]
        return ingest["total_seconds"] - ingest["start_seconds"]

    def check(self, experiment, command):
        """What is measured must be right: the same store, groups and answers, by whatever launcher."""
        if command == "ingest" and experiment == "strong":
            if not filecmp.cmp(self.path("made.h5"), self.path("reference.h5"), shallow=False):
                raise Failed("the store differs from that of one rank")
        elif command == "aggregate":
            if not filecmp.cmp(self.path("groups.csv"), self.path("reference.csv"), shallow=False):
                raise Failed("the groups differ from those of one rank")
        elif command == "answer":
            with open(self.path("answers.jsonl")) as lines:
                answers = [{k: v for k, v in json.loads(line).items() if k != "micros"} for line in lines]
            if not hasattr(self, "answers"):
                self.answers = answers
            if answers != self.answers:
                raise Failed("the answers differ from those of the first run")


def show_progress(done, of, begin):
    left = (time.monotonic() - begin) / done * (of - done)
    end = "\r" if sys.stderr.isatty() else "\n"
    if sys.stderr.isatty() or done % max(1, of // 10) == 0 or done == of:
        print(f"scaling: {done} of {of} runs, some {left:.0f} s left ", end=end, file=sys.stderr, flush=True)


def measure(options):
    if not os.access(options.tessera, os.X_OK):
        raise Failed(f"there is no program at {options.tessera}; build it, or give --tessera")
    os.makedirs(options.outputs, exist_ok=True)
    path = os.path.join(options.outputs, options.name + ".csv")
    with tempfile.TemporaryDirectory(prefix="scaling-", dir=options.scratch or options.outputs) as scratch:
        experiment = Experiment(options, scratch)
        experiment.make_inputs()
        total = options.rounds * len(list(experiment.runs())) * len(experiment.launchers)
        begin, done = time.monotonic(), 0

        def count():
            nonlocal done
            done += 1
            show_progress(done, total, begin)
        rows = list(experiment.rows(count))
    with open(path + ".partial", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    os.replace(path + ".partial", path)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return path


def main():
    options = read_options()
    # As an exception, so that what is under way is ended, and nothing of it is left in the scratch folder.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        files = options.report or [measure(options)]
        print(report.write(files, options.outputs, options.name, tessera=None if options.report else options.tessera))
    except (Failed, OSError) as error:
        print(f"scaling: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except subprocess.CalledProcessError as error:
        print(f"scaling: {' '.join(error.cmd)}: {error.stderr.decode()}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
