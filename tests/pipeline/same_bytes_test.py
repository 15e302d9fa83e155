"""The same input gives the same store, byte for byte in every data set, and the same answers, at any rank and thread
count: with small tiles, more ranks than tiles, ranks that have nothing, and compressed."""
import filecmp
import gzip
import os
import shutil
import subprocess

import h5py
import numpy

import stored
from oracle_questions import FIELDS, PLAIN_KEYS, STATISTICS, hilbert_prefix
from program import PipelineTest, run_tests

WAYS = [(ranks, threads) for ranks in (1, 2, 3, 4) for threads in (1, 2, 4)]
DEEPEST = 24
KEYS = ",".join([*PLAIN_KEYS, "pickup_tile:9", "dropoff_tile:12"])
MEASURES = ",".join(["trips", *(f"{s}:{f}" for f in FIELDS for s in STATISTICS)])
WINDOW = ["--from", "2014-04-03", "--to", "2014-04-20T12:30"]
BOX = ["--box", "-74.02,40.70,-73.93,40.80"]
QUESTIONS = [
    ["info", "--json", "--plan", "5"],
    ["info", "--json", "--plan", "1,2,16,100"],
    ["aggregate", "--by", KEYS, "--measure", MEASURES],
    ["aggregate", "--by", "dropoff_tile:13", "--measure", MEASURES, "--format", "geojson", *WINDOW, *BOX],
    ["range", "--limit", "0", *WINDOW],
    ["range", "--limit", "50", *BOX, "--on", "dropoff", "--format", "json", "--source", "green,yellow"],
    ["range", "--count", *BOX],
    ["nearest", "--at", "-73.9857,40.7484", "--k", "500", "--format", "geojson"],
    ["nearest", "--at", "-73.78,40.64", "--k", "40", "--on", "dropoff", "--within", "2500", *WINDOW],
    ["heatmap", "--output", "p.png", "--width", "300"],
    ["heatmap", "--output", "p.png", "--width", "300", "--on", "dropoff", "--scale", "log", *BOX],
]


class SameBytes(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        os.makedirs(cls.folder + "/folder")
        made = [("yellow.csv", "yellow", "2014", 3000), ("folder/green.csv", "green", "2015", 2500),
                ("folder/uber.csv", "uber", "2014", 4000), ("packed.csv", "green", "2013", 2000),
                ("later.csv", "yellow", "2015", 700)]
        for number, (name, source, layout, trips) in enumerate(made):
            cls.program.generate(name, "--format", source, "--layout", layout, "--trips", trips, "--seed", number,
                                 "--dirty", 0.15)
        # The same trips again, so that there are duplicates across files; and a gzip file in two members.
        shutil.copy(cls.folder + "/yellow.csv", cls.folder + "/folder/zz.csv")
        with open(cls.folder + "/packed.csv", "rb") as plain:
            text = plain.read()
        with open(cls.folder + "/packed.csv.gz", "wb") as packed:
            packed.write(gzip.compress(text[:99_999]) + gzip.compress(text[99_999:]))
        cls.inputs = ["yellow.csv", "packed.csv.gz", "folder", "later.csv"]

    def ingest(self, inputs, ranks, threads, *options):
        """Ingests; returns all data sets, the rejected rows, the ledger, and what was printed, as bytes."""
        done = self.program.must("ingest", *inputs, "--store", "t.h5", "--overwrite", "--rejects", "r.csv", "--ledger",
                                 "l.json", *options, ranks=ranks, threads=threads)
        found = {"printed": done.out, **stored.read_data_sets(self.path("t.h5"))}
        for name in ("r.csv", "l.json"):
            with open(self.path(name), "rb") as file:
                found[name] = file.read()
        return found

    def answer_all(self, ranks, threads):
        answers = []
        for command, *words in QUESTIONS:
            out = self.program.must(command, "t.h5", *words, ranks=ranks, threads=threads, text=False).out
            if command == "heatmap":
                with open(self.path("p.png"), "rb") as file:
                    out = file.read()
                self.assertTrue(out.startswith(b"\x89PNG"))
            answers.append(out)
        return answers

    def check_equal(self, found, wanted, how):
        self.assertEqual(found.keys(), wanted.keys(), how)
        for name, value in wanted.items():
            self.assertTrue(found[name] == value, f"{name} differs at {how}")

    def check_all_ways(self, inputs, ways, *options, questions=()):
        """Ingests at each way and compares with the first; asks at some of them."""
        wanted = answers = None
        for way in ways:
            found = self.ingest(inputs, *way, *options)
            if wanted is None:
                wanted, answers = found, self.answer_all(None, 1)
                os.replace(self.path("t.h5"), self.path("first.h5"))
                continue
            self.check_equal(found, wanted, f"(ranks, threads) {way}")
            if shutil.which("h5diff"):
                differ = subprocess.run(["h5diff", "-v", "first.h5", "t.h5"], cwd=self.folder, capture_output=True)
                self.assertEqual(differ.returncode, 0, differ.stdout[-1000:])
            if "deflate" not in options:  # chunks are placed in the order in which ranks come
                self.assertTrue(filecmp.cmp(self.path("first.h5"), self.path("t.h5"), shallow=False), f"file at {way}")
            if way in questions:
                for question, answer, first in zip(QUESTIONS, self.answer_all(*way), answers):
                    self.assertTrue(answer == first, f"{question} differs at (ranks, threads) {way}")
        return wanted

    def test_mixed_input(self):
        self.check_all_ways(self.inputs, WAYS, questions=[(1, 4), (3, 2), (4, 1)])

    def test_small_tiles(self):
        self.check_all_ways(self.inputs, [(1, 1), (3, 2), (4, 4)], "--tile-trips", "16", questions=[(3, 2)])
        self.check_tiles(16)

    def check_tiles(self, most):
        """Tiles as designed: cells of the Hilbert curve in its order, split while they hold more than `most`, no
        further than needed; rows by (pick-up time, file, line) in each."""
        columns = stored.read_columns(self.path("t.h5"))
        with h5py.File(self.path("t.h5")) as file:
            first, level, key = (file["tiles"][name][()] for name in ("first_trip", "level", "key"))
            boxes, spans = file["tiles/pickup_box"][()], (file["tiles/first_time"][()], file["tiles/last_time"][()])
        self.assertEqual((first[0], first[-1]), (0, len(columns["file"])))
        self.assertTrue((numpy.diff(first) > 0).all() and (numpy.diff(key.astype(object)) > 0).all())
        parents = {}
        for tile in range(len(level)):
            rows = slice(int(first[tile]), int(first[tile + 1]))
            part = {name: column[rows].tolist() for name, column in columns.items()}
            cells = {hilbert_prefix(lon, lat, int(level[tile])) for lon, lat in zip(part["pickup_lon"],
                                                                                    part["pickup_lat"])}
            self.assertEqual(len(cells), 1)
            self.assertTrue(rows.stop - rows.start <= most or level[tile] == DEEPEST)
            order = list(zip(part["pickup_time"], part["file"], part["line"]))
            self.assertEqual(order, sorted(order))
            self.assertEqual((spans[0][tile], spans[1][tile]), (order[0][0], order[-1][0]))
            self.assertEqual(list(boxes[tile]), [min(part["pickup_lon"]), min(part["pickup_lat"]),
                                                 max(part["pickup_lon"]), max(part["pickup_lat"])])
            if level[tile] > 0:
                parent = (int(level[tile]) - 1, cells.pop() >> 2)
                parents[parent] = parents.get(parent, 0) + rows.stop - rows.start
        # A parent whose four children are all leaves held what they hold, and that was too much.
        inner = {(up, cell >> 2 * (down - up)) for down, cell in parents for up in range(down)}
        for parent, trips in parents.items():
            if parent not in inner:
                self.assertGreater(trips, most, f"cell {parent} was split for nothing")

    def test_more_ranks_than_tiles(self):
        self.check_all_ways(["later.csv"], [(1, 1), (4, 1)], "--tile-trips", "100000", questions=[(4, 1)])

    def test_ranks_that_have_nothing(self):
        """Two trips, in as many bytes as a rank's share of nothing; plain and gzip."""
        with open(self.path("later.csv"), "rb") as file:
            lines = file.read().splitlines(keepends=True)[:3]
        with open(self.path("two.csv"), "wb") as file:
            file.writelines(lines)
        with gzip.open(self.path("two.csv.gz"), "wb") as file:
            file.writelines(lines)
        for name in ("two.csv", "two.csv.gz"):
            self.check_all_ways([name], [(1, 1), (4, 2)], questions=[(4, 2)] if name == "two.csv" else [])

    def test_deflate_changes_nothing(self):
        plain = self.ingest(self.inputs, 1, 1)
        answers = self.answer_all(None, 1)
        size = os.path.getsize(self.path("t.h5"))
        for way in [(1, 2), (3, 1)]:
            self.check_equal(self.ingest(self.inputs, *way, "--compress", "deflate"), plain, way)
        self.assertLess(os.path.getsize(self.path("t.h5")), 0.8 * size)
        for question, answer, first in zip(QUESTIONS, self.answer_all(3, 1), answers):
            if question[0] != "info":  # it tells the size
                self.assertTrue(answer == first, f"{question} differs, compressed")

    def test_the_comparison_can_fail(self):
        found = self.ingest(["later.csv"], 1, 1)
        with h5py.File(self.path("t.h5"), "r+") as file:
            file["trips/fare"][3] += 1
        with self.assertRaises(AssertionError):
            self.check_equal({**found, **stored.read_data_sets(self.path("t.h5"))}, found, "an altered fare")


if __name__ == "__main__":
    run_tests()
