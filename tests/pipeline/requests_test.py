"""`generate requests`: the same bytes at any rank and thread count, about the made-up city or about a store, and what is
wrong is refused."""
import json
import os
import shutil

import numpy

import stored
from program import run_tests
from refusals import HEADER, Refusals

DAY = 86_400


def seconds_of(time):
    return int((numpy.datetime64(time) - numpy.datetime64("1970-01-01")) / numpy.timedelta64(1, "s"))


class Requests(Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("green.csv", "--format", "green", "--trips", 6000)
        cls.program.generate("uber.csv", "--format", "uber", "--trips", 6000)
        cls.program.must("ingest", "green.csv", "uber.csv", "--store", "two.h5", "--tile-trips", 64)
        cls.program.must("ingest", "uber.csv", "--store", "uber.h5")

    def make(self, *arguments, **how):
        return self.program.must("generate", "requests", *arguments, **how).out

    def read(self, *arguments, **how):
        return [json.loads(line) for line in self.make(*arguments, **how).splitlines()]

    def test_same_bytes_everywhere(self):
        for words in (["--count", 3000, "--seed", 5], ["--count", 3000, "--seed", 5, "--store", "two.h5"]):
            first = self.make(*words)
            self.assertEqual(len(first.splitlines()), 3000)
            for ranks, threads in ((1, 1), (3, 1), (2, 4)):
                self.assertTrue(self.make(*words, ranks=ranks, threads=threads) == first, (words, ranks, threads))
            self.make(*words, "--output", "r.jsonl", ranks=3)
            with open(self.path("r.jsonl"), encoding="ascii") as file:
                self.assertTrue(file.read() == first, "to a file")

    def test_defaults(self):
        self.assertEqual(self.make(), self.make("--count", 100, "--seed", 1, "--mix", "60,25,15", "--window", "mixed"))
        self.assertEqual(self.make("--count", 0), "")

    def test_one_kind(self):
        """The benchmark's list is one command."""
        for request in self.read("--count", 200, "--mix", "1,0,0", "--window", "hour", "--k", 10):
            self.assertEqual((request["op"], request["k"]), ("nearest", 10))
            self.assertEqual(seconds_of(request["to"]) - seconds_of(request["from"]), 3600)

    def test_store_is_followed(self):
        """Most boxes hold trips of the store, some do not; windows are within its days, sources among its own."""
        columns = stored.read_columns(self.path("two.h5"))
        times = columns["pickup_time"]
        first, last = times.min() // DAY * DAY, (times.max() // DAY + 1) * DAY
        ranges = self.read("--count", 400, "--mix", "0,1,0", "--window", "week", "--store", "two.h5")
        found = []
        for request in ranges:
            west, south, east, north = (round(edge * 1e7) for edge in request["box"])
            lon, lat = (columns[f"{request.get('on', 'pickup')}_{axis}"] for axis in ("lon", "lat"))
            found.append(((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)).any())
            self.assertTrue(first <= seconds_of(request["from"]) < seconds_of(request["to"]) <= last)
            self.assertLessEqual(set(request.get("source", [])), {"green", "uber"}, "there is no yellow trip")
        self.assertGreater(numpy.mean(found), 0.85)
        self.assertLess(numpy.mean(found), 1, "no place is cold")

    def test_uber_has_no_dropoffs(self):
        requests = self.read("--count", 400, "--store", "uber.h5")
        self.assertFalse([request for request in requests if request.get("on") == "dropoff"])
        self.assertEqual({name for request in requests for name in request.get("source", [])}, {"uber"})

    def test_what_is_wrong_with_a_store(self):
        self.write("none.csv", HEADER + b'"4/1/2014 0:11:00",1.5,1.5,"B02512"\n')
        self.program.must("ingest", "none.csv", "--store", "none.h5")
        self.check_everywhere(["generate", "requests", "--store", "none.h5"], 1, "none.h5", "no trips", "ingest")
        self.check_everywhere(["generate", "requests", "--store", "absent.h5"], 1, "absent.h5")
        shutil.copy(self.path("uber.h5"), self.path("kept.h5"))
        self.check_everywhere(["generate", "requests", "--store", "kept.h5", "--output", "kept.h5"], 1, "kept.h5")
        self.assertEqual(os.path.getsize(self.path("kept.h5")), os.path.getsize(self.path("uber.h5")))


if __name__ == "__main__":
    run_tests()
