"""Measures how cost grows; run.sh prepares what it needs.
    python3 measure.py BUILD FOLDER REPEATS MILLIONS...
All sizes take turns, so that what else the machine does falls on all alike. Each measurement is a line of
FOLDER/growth.jsonl; those of earlier runs are forgotten."""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../pipeline"))
from timings import read_timings  # noqa: E402

SHAPES = ((1, 2), (1, 1), (2, 1))  # ranks x threads
AT = "-73.9857,40.7484"
HOUR = ("--from", "2014-04-10T18:00", "--to", "2014-04-10T19:00")
SELECTIVE = {  # what one asks of a store of any size, and gets a short answer
    "nearest, k 10": ("nearest", "--at", AT, "--k", 10),
    "nearest, k 10, one hour": ("nearest", "--at", AT, "--k", 10, *HOUR),
    "range, 500 m, one hour": ("range", "--box", "-73.9886,40.7462,-73.9828,40.7506", *HOUR),
}
AGGREGATE = ("aggregate", "--by", "hour,weekday")


class Measuring:
    def __init__(self, build, folder):
        self.binary, self.nearest = f"{build}/tessera", f"{build}/tessera_nearest_growth"
        self.folder, self.lines = folder, open(f"{folder}/growth.jsonl", "w", encoding="ascii", buffering=1)

    def note(self, what, trips, **values):
        self.lines.write(json.dumps({"what": what, "trips": trips, **values}) + "\n")

    def command(self, ranks, threads, *words):
        launch = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks)] if ranks > 1 else []
        return [*launch, self.binary, *map(str, words), "--threads", str(threads)]

    def run(self, command):
        """Seconds of the whole process, and what it says."""
        start = time.monotonic()
        done = subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return time.monotonic() - start, done

    def store(self, millions):
        return f"{self.folder}/{millions}.h5"

    def ingest(self, millions, ranks, threads):
        files = [f"{self.folder}/part-{part:02d}.csv" for part in range(1, millions + 1)]
        seconds, done = self.run(self.command(ranks, threads, "ingest", *files, "--store", self.store(millions),
                                              "--overwrite", "--timings"))
        stages = read_timings(done.stderr)
        self.note(f"ingest {ranks}x{threads}", millions * 1_000_000, seconds=seconds,
                  stages={name: stage["seconds"] for name, stage in stages.items()},
                  messages=stages["all"]["all"]["messages"], bytes=stages["all"]["all"]["bytes"])

    def ask_at_once(self, millions, store):
        """From the start of a process to the end of its answer. Of no trips worth the name, it is the start itself."""
        for what, (command, *words) in SELECTIVE.items():
            seconds, done = self.run(self.command(1, 2, command, store, *words))
            self.note(what, millions * 1_000_000, seconds=seconds, rows=done.stdout.count("\n") - 1)

    def aggregate(self, millions, ranks, threads):
        seconds, done = self.run(self.command(ranks, threads, AGGREGATE[0], self.store(millions), *AGGREGATE[1:],
                                              "--timings"))
        self.note(f"aggregate {ranks}x{threads}", millions * 1_000_000, seconds=seconds,
                  stages={name: stage["seconds"] for name, stage in read_timings(done.stderr).items()})

    def answer(self, millions, ranks, threads):
        """The same group-by twenty times, in a process that has the trips in memory, and a batch of mixed requests."""
        grouped = f"{self.folder}/grouped.jsonl"
        with open(grouped, "w", encoding="ascii") as file:
            file.write('{"op":"aggregate","by":["hour","weekday"]}\n')
        done = self.run(self.command(ranks, threads, "answer", self.store(millions), "--requests", grouped, "--repeat", 20,
                                     "--batch", 1, "--output", os.devnull, "--timings"))[1]
        answer = read_timings(done.stderr)["answer"]
        self.note(f"aggregate in memory {ranks}x{threads}", millions * 1_000_000, seconds=answer["seconds"] / 20,
                  messages=answer["batch_messages"], bytes=answer["batch_bytes"])

    def ask_in_process(self, millions):
        for line in self.run([self.nearest, self.store(millions)])[1].stdout.splitlines():
            self.lines.write(line + "\n")


def main(build, folder, repeats, *sizes):
    measuring, sizes = Measuring(build, folder), [int(size) for size in sizes]
    for repeat in range(int(repeats)):
        for millions in sizes:
            for shape in SHAPES:
                measuring.ingest(millions, *shape)
        measuring.ask_at_once(0, f"{folder}/start.h5")
        for millions in sizes:
            measuring.ask_at_once(millions, measuring.store(millions))
            for shape in SHAPES[1:]:
                measuring.aggregate(millions, *shape)
                measuring.answer(millions, *shape)
            measuring.ask_in_process(millions)
        print(f"round {repeat + 1} of {repeats} is done", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
