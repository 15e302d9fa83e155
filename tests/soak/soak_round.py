"""A round: a random input becomes a store at random ranks, threads and tile size, is compared with the oracle, and is asked
random questions at others. Every choice comes from the round's seed."""
import json
import os
import random
import shutil

import h5py
import numpy

import oracle
import stored
from asking import line_of, lines_of, without_micros
from brute_force import BruteForce, hilbert_cells
from check_answers import Mismatch, check_answer, demand
from made_inputs import CITY, WORLD, Files, degrees
from made_requests import Requests
from pictures import check_replay, check_same_picture, check_tiles
from request_words import body_of, command_of
from service import Service

DEEPEST = 24
QUESTIONS = 150


class Round:
    """`program` runs in a folder that is the round's own."""

    def __init__(self, program, seed):
        self.program, self.seed, self.chance = program, seed, random.Random(seed)
        self.asked, self.doing = 0, "nothing yet"

    def way(self):
        """Random ranks (None: without mpirun) and threads."""
        ranks = self.chance.choice([None, 1, 2, 2, 3, 4, 5])
        return {"ranks": ranks, "threads": self.chance.randint(1, 4 if (ranks or 1) < 3 else 2)}

    def path(self, name):
        return os.path.join(self.program.folder, name)

    def run(self):
        self.make_input()
        self.check_store()
        self.check_questions()
        extra = self.chance.random()
        for most, check in ((0.25, self.check_serve), (0.45, self.check_another_ingest), (0.6, self.check_pictures)):
            if extra < most:
                check()
                break

    # ---- the store

    def make_input(self):
        chance = self.chance
        self.region = chance.choice([CITY, CITY, WORLD, self.small_region()])
        self.max_hours = chance.choice([24, 24, 1, 100_000])
        trips = int(10 ** chance.uniform(0, 4.1))
        self.doing = f"making {trips} rows in {self.region}"
        self.inputs = Files(self.program, chance, self.region, self.max_hours).write(trips)
        self.cleaned = oracle.clean(self.inputs, self.region, self.max_hours)
        self.truth = BruteForce(self.cleaned)

    def small_region(self):
        lons, lats = (sorted(self.chance.randint(low, high) for _ in range(2))
                      for low, high in ((CITY[0], CITY[2]), (CITY[1], CITY[3])))
        return lons[0], lats[0], lons[1] + 1, lats[1] + 1

    def ingest(self, name, options, **how):
        self.doing = f"ingest {' '.join(map(str, options))} of {len(self.cleaned.trips)} trips, {how}"
        self.program.must("ingest", *self.inputs, "--store", name, "--ledger", "l.json", "--rejects", "r.csv",
                          *options, **how)

    def check_store(self):
        chance = self.chance
        self.tile_trips = chance.choice([1, 2, 7, 16, 64, 64, 200, 1024, 1024, 10**6])
        self.options = [f"--region={','.join(map(degrees, self.region))}", "--max-hours", self.max_hours,
                        "--tile-trips", self.tile_trips]
        self.ingest("t.h5", [*self.options, "--compress", chance.choice(["none", "none", "deflate"])], **self.way())
        with open(self.path("l.json"), encoding="utf-8") as file:
            ledger = json.load(file)
        demand(ledger == self.cleaned.ledger(), "ledger", ledger, "wanted", self.cleaned.ledger())
        demand(stored.read_rejects(self.path("r.csv")) == self.cleaned.rejects, "the rejected rows differ")
        self.columns = stored.read_columns(self.path("t.h5"))
        faults = stored.differ_in(self.columns, self.cleaned.trips)
        demand(not faults, faults)
        self.check_tile_table()

    def check_tile_table(self):
        """Cells in the curve's order, each with its trips in order, and no cell split that needed no splitting."""
        columns = {name: column.astype(numpy.int64) for name, column in self.columns.items()}
        with h5py.File(self.path("t.h5")) as file:
            first, level, key = (file["tiles"][name][()].astype(numpy.int64) for name in ("first_trip", "level", "key"))
        trips = len(columns["line"])
        demand(first[0] == 0 and first[-1] == trips and (numpy.diff(first) > 0).all(), "first_trip", first)
        demand((numpy.diff(key) > 0).all(), "tiles are not in the curve's order", key)
        tile = numpy.repeat(numpy.arange(len(key)), numpy.diff(first))
        rows = [columns[name] for name in ("line", "file", "pickup_time")]
        demand((numpy.lexsort([*rows, tile]) == numpy.arange(trips)).all(), "rows of a tile are not in order")
        deepest = hilbert_cells(columns["pickup_lon"], columns["pickup_lat"], DEEPEST)
        shift = 2 * (DEEPEST - level)
        demand((deepest >> shift[tile] << shift[tile] == key[tile]).all(), "a trip is in a tile that is not its own")
        held = numpy.diff(first)
        demand(((held <= self.tile_trips) | (level == DEEPEST)).all(), "a tile holds more than", self.tile_trips)
        ordered = numpy.sort(deepest)
        for cell, deep in zip(key[level > 0].tolist(), level[level > 0].tolist()):
            span = 2 * (DEEPEST - deep + 1)
            low = cell >> span << span
            inside = numpy.searchsorted(ordered, [low, low + (1 << span)])
            demand(inside[1] - inside[0] > self.tile_trips, f"the parent of cell {cell} was split for nothing")

    def check_another_ingest(self):
        """Elsewhere the same store, to the byte of each data set."""
        self.ingest("again.h5", self.options, **self.way())
        one, other = (stored.read_data_sets(self.path(name)) for name in ("t.h5", "again.h5"))
        demand(one.keys() == other.keys(), "other data sets", one.keys(), other.keys())
        for name, value in one.items():
            demand(value == other[name], name, "is not what it was at other ranks")

    # ---- questions

    def check_questions(self):
        chance = self.chance
        self.requests = Requests(chance, self.truth, self.region).make(QUESTIONS)
        with open(self.path("requests.jsonl"), "wb") as file:
            file.write(lines_of(self.requests))
        max_rows = chance.choice([10_000, 10_000, 1_000_000])
        self.limits = ["--max-rows", max_rows]
        ways = [self.way(), self.way()]
        self.answers, others = (self.answer(way) for way in ways)
        for request, line in zip(self.requests, self.answers):
            self.doing = f"answer {ways[0]}: {line_of(request).decode()}"
            try:
                check_answer(self.truth, request, line, max_rows)
            except Mismatch as mismatch:
                raise Mismatch(f"{mismatch}\nthe whole answer: {line.decode()[:5000]}") from None
        for request, line, other in zip(self.requests, self.answers, others):
            self.doing = f"answer at {ways[0]} and at {ways[1]}: {line_of(request).decode()}"
            demand(line == other, "two answers:\n", line.decode(), "\n", other.decode())
        for number in chance.sample(range(len(self.requests)), 3):
            self.check_command(self.requests[number], self.answers[number])

    def answer(self, way):
        batch = self.chance.choice([1, 7, 1024])
        self.doing = f"answer --batch {batch}, {way}"
        out = self.program.must("answer", "t.h5", "--requests", "requests.jsonl", *self.limits, "--batch", batch, **way,
                                text=False).out
        lines = without_micros(out).splitlines(keepends=True)
        demand(len(lines) == len(self.requests), len(lines), "answers to", len(self.requests), "requests")
        self.asked += len(lines)
        return lines

    def check_command(self, request, line):
        """The single command says the same, to the byte."""
        if b'"error"' in line:
            return
        way = self.way()
        self.doing = f"{' '.join(command_of(request, 't.h5'))} {way}"
        printed = self.program.must(*command_of(request, "t.h5"), **way).out
        wanted = line.decode().partition('"micros":0,')[2]
        demand(body_of(request, printed) == wanted, "the command says\n", body_of(request, printed), "\nanswer says\n",
               wanted)
        self.asked += 1

    def check_serve(self):
        way = self.way()
        self.doing = f"serve {way}"
        with Service(self.program, "t.h5", *self.limits, **way) as service:
            reply = service.post(lines_of(self.requests))
            service.stop()
        for request, line, found in zip(self.requests, self.answers, without_micros(reply.body).splitlines(True)):
            self.doing = f"serve {way}: {line_of(request).decode()}"
            demand(line == found, "answer says\n", line.decode(), "\nserve says\n", found.decode())
        demand(reply.status == 200 and reply.body.count(b"\n") == len(self.requests), "serve says", reply)
        self.asked += len(self.requests)

    def check_pictures(self):
        for check in (check_replay, check_same_picture, check_tiles):
            self.doing = check.__name__
            self.asked += check(self)


def clear(folder):
    for entry in os.scandir(folder):
        shutil.rmtree(entry.path) if entry.is_dir() else os.remove(entry.path)
