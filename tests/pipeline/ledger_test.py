"""Ingest against the oracle: the ledger, the rejected rows and all 18 columns of the kept trips, for every layout that
the generator knows, at several ranks and threads; and for the real files, where there are any."""
import gzip
import json
import os
import random
import unittest
from glob import glob

import oracle
import stored
from oracle_rows import COLUMNS
from program import PipelineTest, layouts_of, run_tests

DATA = os.environ.get("TESSERA_SHARED_DATA")


class AgainstTheOracle(PipelineTest):
    def check(self, paths, ranks, threads, options=(), **rules):
        """Ingests `paths` and compares all that comes out; returns the oracle's reading."""
        wanted = oracle.clean(paths, **rules)
        how = f"{ranks or 1} ranks, {threads} threads, {[os.path.basename(p) for p in paths]}"
        self.program.must("ingest", *paths, "--store", "t.h5", "--overwrite", "--ledger", "l.json", "--rejects",
                          "r.csv", *options, ranks=ranks, threads=threads)
        with open(self.path("l.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file), wanted.ledger(), how)
        for counts in [*wanted.files, wanted.ledger()["total"]]:
            self.assertEqual(counts["lines"], counts["header"] + counts["blank"] + counts["kept"] +
                             sum(counts["rejected"].values()), how)
        self.assertEqual(stored.read_rejects(self.path("r.csv")), wanted.rejects, how)
        self.assertEqual(stored.differ_in(stored.read_columns(self.path("t.h5")), wanted.trips), [], how)
        return wanted


class MadeUpFiles(AgainstTheOracle):
    def test_every_layout(self):
        ways = [(None, 1), (2, 2), (3, 1), (4, 2)]
        number = 0
        for source in ("yellow", "green", "uber"):
            for layout in layouts_of(self.program, source):
                with self.subTest(source=source, layout=layout):
                    path = self.program.generate(f"{source}-{layout}.csv", "--format", source, "--layout", layout,
                                                 "--trips", 1500, "--seed", 100 + number, "--dirty", 0.2)
                    ranks, threads = ways[number % len(ways)]
                    wanted = self.check([path], ranks, threads)
                    total = wanted.ledger()["total"]
                    self.assertGreater(sum(total["rejected"].values()), 50, "the dirt should have been rejected")
                    self.assertGreater(total["kept"], 1000)
                number += 1
        self.assertGreaterEqual(number, 19)

    def test_odd_line_ends(self):
        for number, flag in enumerate(["--byte-order-mark", "--no-final-newline", "--lone-cr"]):
            with self.subTest(flag):
                path = self.program.generate(f"odd{number}.csv", "--format", "green", "--trips", 700, "--dirty", 0.2,
                                             flag)
                self.check([path], 3, 2)
                with open(path, "rb") as plain, gzip.open(path + ".gz", "wb") as packed:
                    packed.write(plain.read())
                self.check([path + ".gz"], 2, 2)

    def test_several_files_at_once(self):
        """Plain and gzip files of all sources, one of them twice in other folders; duplicates across files."""
        os.makedirs(self.path("again"), exist_ok=True)
        paths = []
        for number, (source, layout) in enumerate([("uber", "mixed"), ("green", "2015"), ("yellow", "2009")]):
            paths.append(self.program.generate(f"m{number}.csv", "--format", source, "--layout", layout, "--trips",
                                               900, "--dirty", 0.2))
        for name in ("again/m0.csv", "again/m1.csv.gz"):
            with open(self.path(os.path.basename(name).removesuffix(".gz")), "rb") as plain:
                text = plain.read()
            with (gzip.open if name.endswith(".gz") else open)(self.path(name), "wb") as copy:
                copy.write(text)
            paths.append(self.path(name))
        wanted = None
        for ranks, threads in [(None, 2), (3, 1), (4, 2)]:
            wanted = self.check(paths, ranks, threads)
        duplicates = [file["odd"]["duplicate"] for file in wanted.files]
        self.assertGreater(duplicates[3], 500, "the second copy of a file is duplicates")
        self.assertLess(duplicates[0], 500)

    def test_other_rules(self):
        """--region and --max-hours reject by other edges; a point on an edge is inside."""
        path = self.program.generate("rules.csv", "--format", "yellow", "--trips", 2000, "--dirty", 0.2)
        trips = oracle.clean([path]).trips
        lons, lats = sorted(t.pickup_lon for t in trips), sorted(t.pickup_lat for t in trips)
        region = (lons[400], lats[300], lons[1300], lats[1300])
        words = ",".join(f"{edge / 1e7:.7f}" for edge in region)
        wanted = self.check([path], 2, 1, ["--region", words, "--max-hours", 1], region=region, max_hours=1)
        self.assertIn(region[0], [t.pickup_lon for t in wanted.trips])
        self.assertGreater(wanted.files[0]["rejected"]["outside_region"], 500)

    def test_random_damage(self):
        """Bytes of good files changed at random: whatever becomes of the rows, both readers agree."""
        seed = random.randrange(10**6)
        print(f"seed {seed}")
        chance = random.Random(seed)
        for number, (source, layout) in enumerate([("yellow", "2014"), ("uber", "2014"), ("green", "2013")]):
            path = self.program.generate(f"damage{number}.csv", "--format", source, "--layout", layout, "--trips", 600)
            with open(path, "rb") as file:
                data = bytearray(file.read())
            body = data.index(b"\n") + 1
            for _ in range(2500):
                at = chance.randrange(body, len(data))
                data[at:at + chance.randrange(2)] = chance.choice(
                    [b",", b'"', b".", b"-", b"e", b"E5", b" ", b"0", b"9", b"\n", b"\r", b":", b"/", b"\xff", b"\0"])
            with open(path, "wb") as file:
                file.write(data)
            with self.subTest(source=source, seed=seed):
                self.check([path], 3, 2)

    def test_the_comparison_can_fail(self):
        """One changed number in one column of one trip is seen."""
        path = self.program.generate("alter.csv", "--trips", 50)
        trips = self.check([path], None, 1).trips
        columns = stored.read_columns(self.path("t.h5"))
        for name in COLUMNS[:-2]:
            altered = list(trips)
            altered[17] = trips[17]._replace(**{name: getattr(trips[17], name) + 1})
            self.assertEqual(len(stored.differ_in(columns, altered)), 1, name)
        self.assertNotEqual(stored.differ_in(columns, trips[1:]), [])


@unittest.skipUnless(DATA, "SKIPPED: no real trips here; set TESSERA_SHARED_DATA to their folder")
class RealFiles(AgainstTheOracle):
    def test_heads_of_every_month(self):
        for source in ("yellow", "green"):
            paths = sorted(glob(f"{DATA}/{source}/heads/*.csv"))
            self.assertGreater(len(paths), 30)
            wanted = self.check(paths, 3, 1)
            self.assertGreater(len(wanted.trips), 20)
            self.assertEqual({file["format"] for file in wanted.files}, {source})

    def test_samples(self):
        paths = sorted(glob(f"{DATA}/yellow/*.csv*") + glob(f"{DATA}/green/*.csv*") + glob(f"{DATA}/uber/*excel*"))
        self.assertGreaterEqual(len(paths), 8)
        total = self.check(paths, 2, 2).ledger()["total"]
        self.assertGreater(total["kept"], 90_000)
        self.assertGreaterEqual(total["rejected"]["time_order"], 196)

    def test_whole_months(self):
        for month, rows in (("apr", 564_516), ("may", 652_435)):
            wanted = self.check([f"{DATA}/uber/uber-raw-data-{month}14.csv.gz"], 2, 1)
            total = wanted.ledger()["total"]
            self.assertEqual(total["lines"] - total["header"] - total["blank"], rows)
            self.assertEqual(total["kept"] + sum(total["rejected"].values()), rows)


if __name__ == "__main__":
    run_tests()
