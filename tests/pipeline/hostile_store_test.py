"""Stores that somebody made up: numbers that cannot be, with checksums that fit them. None is followed out of a table or
taken for a size: each question is refused with one clear message, or answered; nothing crashes or hangs."""
import shutil

import h5py
import numpy

from program import run_tests
from refusals import Refusals
from stored import reseal

# What reads the most columns, in the most ways; answer makes an index of all.
QUESTIONS = {"range": ("--limit", "0"), "nearest": ("--at", "-73.98,40.75", "--k", "100000"),
             "aggregate": ("--by", "source,pickup_tile:9,dropoff_tile:9,distance_mile,hour", "--measure",
                           "trips,p90:duration,p50:fare,mean:passengers"),
             "heatmap": ("--output", "p.png"), "replay": ("--speed", "0", "--every", "1h"),
             "answer": ("--requests", "q.jsonl")}
HUGE = 1 << 60


def fill(path, value, rows=slice(None)):
    def change(file):
        file[path][rows] = value
    return change


def replace(path, make, **how):
    """Another data set in its place, of the values that `make` makes of its own."""
    def change(file):
        values = make(file[path][()])
        del file[path]
        file.create_dataset(path, data=values, **how)
    return change


def say(path, shape, dtype, **how):
    """A data set that is said to be of a size, and has nothing written in it."""
    def change(file):
        if path in file:
            del file[path]
        file.create_dataset(path, shape=shape, dtype=dtype, **how)
    return change


def attribute(name, value):
    return lambda file: file.attrs.modify(name, value)


def swapped(values):
    values[[3, 4]] = values[[4, 3]]
    return values


def several(*changes):
    def change(file):
        for one in changes:
            one(file)
    return change


# What nobody may believe: refused when the store is opened, by all commands.
TABLES = {
    "first trips that descend": replace("tiles/first_trip", swapped),
    "a first trip beyond the last": fill("tiles/first_trip", HUGE, 5),
    "more trips than there are": several(attribute("trips", numpy.uint64(HUGE))),
    "enormous columns": several(attribute("trips", numpy.uint64(HUGE)),
                                *[say("trips/" + name, (HUGE,), "u1", chunks=(1 << 20,)) for name in ("source", "line")]),
    "enormous tables": say("tiles/key", (HUGE,), "u8", chunks=(1 << 20,)),
    "an enormous list of files": say("files/name", (HUGE,), "S8", chunks=(1 << 16,)),
    "names of a gigabyte": say("files/name", (1,), "S1000000000", chunks=(1,)),
    "too many files": say("files/name", (70_000,), "S8"),
    "keys out of order": replace("tiles/key", swapped),
    "a key beyond the world": fill("tiles/key", HUGE, -1),
    "a key that is no cell's": lambda file: file["tiles/key"].__setitem__(0, file["tiles/key"][0] + 1),
    "a level below the deepest": fill("tiles/level", 200, 2),
    "a cell that holds all": fill("tiles/level", 0),
    "a time that ends before it begins": fill("tiles/last_time", 0, 1),
    "no box": fill("tiles/pickup_box", numpy.array([5, 5, -5, -5]), 1),
    "pick-ups beyond the cell": fill("tiles/pickup_box", numpy.array([-2**31, -2**31, 2**31 - 1, 2**31 - 1]), 1),
    "drop-offs beyond the world": fill("tiles/dropoff_box", numpy.array([-2**31, -2**31, 2**31 - 1, 2**31 - 1]), 1),
    "a region beyond the world": attribute("region", numpy.array([-2**31, -2**31, 2**31 - 1, 2**31 - 1], dtype="i4")),
    "a region that is none": attribute("region", numpy.array([5, 5, 4, 4], dtype="i4")),
    "keys that are words": replace("tiles/key", lambda values: values.astype("S20")),
    "words without end": replace("files/name", lambda values: numpy.array([b"y" * 70_000] * len(values))),
    "names of any length": replace("files/name", lambda values: values.astype(object),
                                   dtype=h5py.string_dtype()),
    "a program without end": lambda file: file.attrs.modify("program", numpy.bytes_(b"x" * 60_000)),
    "a table in a table": several(lambda file: file.__delitem__("tiles/key"), lambda file: file.create_group("tiles/key")),
    "a table with a row too many": replace("tiles/level", lambda values: numpy.append(values, values[-1:])),
    "two numbers for one": replace("tiles/key", lambda values: numpy.stack([values, values], axis=1)),
    "no checksums": lambda file: file.__delitem__("checksums"),
    "checksums of fewer pieces": replace("checksums", lambda values: values[:-1]),
    "checksums elsewhere": replace("checksums", lambda values: values, chunks=True),
    "an older version": attribute("format_version", numpy.uint32(1)),
}
HARMLESS = {"words without end", "a program without end"}  # long, but no lie

# Refused where the column is read.
VALUES = {
    "trips/file": [9, 65535],
    "trips/source": [0, 4, 200],
    "trips/pickup_time": [1, 2**32 - 1],
    "trips/dropoff_time": [1],
    "trips/pickup_lon": [-2**31, 2**31 - 1, 0],
    "trips/pickup_lat": [-2**31, 2**31 - 1, 0],
    "trips/dropoff_lon": [2**31 - 1, -2**31 + 1],
    "trips/dropoff_lat": [2**31 - 1, -2**31 + 1],
}
# Any number is one of these: no table is as long as they may be.
ANY = {"trips/vendor": 255, "trips/payment": 255, "trips/rate": 254, "trips/passengers": 254, "trips/fare": -2**31 + 1,
       "trips/distance": 2**31 - 1, "trips/total": 2**31 - 1, "trips/tip": -2**31, "trips/line": 2**32 - 1,
       "trips/dropoff_time": 2**32 - 1}


class HostileStores(Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("y.csv", "--trips", 2000)
        cls.program.must("ingest", "y.csv", "--store", "good.h5", "--tile-trips", 100)
        cls.program.must("generate", "requests", "--count", 30, "--store", "good.h5", "--output", "q.jsonl")

    def alter(self, change, sums=True):
        shutil.copy(self.path("good.h5"), self.path("hostile.h5"))
        with h5py.File(self.path("hostile.h5"), "r+") as file:
            change(file)
        reseal(self.path("hostile.h5"), sums)

    def ask(self, command, ranks=None):
        done = self.program.run(command, "hostile.h5", *QUESTIONS[command], ranks=ranks, patience=20)
        self.assertFalse(done.hung, f"hangs:\n{done}")
        self.assertIn(done.code, (0, 1), done)
        return done

    def test_the_checksums_fit(self):
        """So that what is refused below is refused for what it is."""
        self.alter(lambda file: None)
        self.program.must("info", "hostile.h5", "--verify")
        self.alter(fill("trips/fare", 1))
        self.program.must("info", "hostile.h5", "--verify")

    def test_tables(self):
        for number, (what, change) in enumerate(TABLES.items()):
            with self.subTest(what):
                self.alter(change, sums=False)
                command = ("range", "aggregate", "answer")[number % 3]
                if what in HARMLESS:
                    self.ask(command)
                    continue
                self.check_refusal([command, "hostile.h5", *QUESTIONS[command]], 1, "hostile.h5: ", "damaged",
                                   ranks=3 if number % 4 == 0 else None)

    def test_values(self):
        for path, values in VALUES.items():
            for value in values:
                for rows in (slice(None), 777):
                    with self.subTest(path=path, value=value, rows=rows):
                        self.alter(fill(path, value, rows))
                        self.check_refusal(["answer", "hostile.h5", *QUESTIONS["answer"]], 1, "hostile.h5: ", "damaged",
                                           f"'/{path}'")

    def test_values_in_one_place(self):
        """The other commands, of one value each."""
        for number, (path, values) in enumerate(VALUES.items()):
            self.alter(fill(path, values[-1], 1234))
            for command in ("range", "nearest", "aggregate", "heatmap", "replay"):
                with self.subTest(path=path, command=command):
                    done = self.ask(command, ranks=2 if number % 3 == 0 else None)
                    if done.code == 1:
                        self.assertIn("hostile.h5: is damaged: '/trips/", done.err)

    def test_order_of_time(self):
        def change(file):
            first, times = file["tiles/first_trip"][()], file["trips/pickup_time"][()]
            times[first[3]:first[4]] = times[first[3]:first[4]][::-1]
            file["trips/pickup_time"][...] = times
        self.alter(change)
        self.check_refusal(["range", "hostile.h5", *QUESTIONS["range"]], 1, "hostile.h5: ", "'/trips/pickup_time'")

    def test_any_number_is_an_answer(self):
        for path, value in ANY.items():
            self.alter(fill(path, value))
            for command in QUESTIONS:
                with self.subTest(path=path, command=command):
                    self.assertEqual(self.ask(command).code, 0)


if __name__ == "__main__":
    run_tests()
