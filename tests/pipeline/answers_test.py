"""Aggregate, range and nearest against the oracle, on 20,000 trips of all sources: each key and measure, and random
questions from a printed seed (TESSERA_TEST_SEED repeats a run)."""
import csv
import io
import json
import os
import random
from datetime import timedelta
from decimal import Decimal

import oracle
import oracle_questions as questions
from oracle_rows import COLUMNS, EPOCH, UNKNOWN, UNKNOWN_PASSENGERS, UNKNOWN_TIME, Trip
from program import PipelineTest, run_tests

SEED = int(os.environ.get("TESSERA_TEST_SEED", random.randrange(10**6)))
ANGLES = ("pickup_lon", "pickup_lat", "dropoff_lon", "dropoff_lat")


def time_text(seconds):
    return (EPOCH + timedelta(seconds=seconds)).isoformat()


def degrees(*angles):
    return ",".join(str(Decimal(angle) / 10**7) for angle in angles)


def words_of(start=None, end=None, box=None, on="pickup", sources=None, within=None):
    """A filter in the command line's words."""
    words = [] if start is None else ["--from", time_text(start)]
    words += [] if end is None else ["--to", time_text(end)]
    words += [] if box is None else ["--box", degrees(*box)]
    words += [] if sources is None else ["--source", ",".join(sources)]
    words += [] if within is None else ["--within", str(within)]
    return words + (["--on", on] if on != "pickup" else [])


def trip_of(row, files):
    """A row of CSV as a trip's values in the order of COLUMNS."""
    def number(name, unknown, scale):
        return unknown if row[name] == "" else int(Decimal(row[name]) * scale)
    values = []
    for name in COLUMNS:
        if name.endswith("_time"):
            seconds = (EPOCH.fromisoformat(row[name]) - EPOCH).total_seconds() if row[name] else UNKNOWN_TIME
            values.append(int(seconds))
        elif name == "source":
            values.append(oracle.SOURCES[row[name]])
        elif name == "file":
            values.append(files.index(row[name]))
        elif name == "passengers":
            values.append(number(name, UNKNOWN_PASSENGERS, 1))
        else:
            scale = 10**7 if name in ANGLES else 1 if name in ("payment", "rate", "vendor", "line") else 100
            values.append(number(name, UNKNOWN if scale > 1 else 0, scale))
    return tuple(values)


class Answers(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        print(f"seed {SEED}")
        cls.chance = random.Random(SEED)
        paths = [cls.program.generate(f"{source}-{layout}.csv", "--format", source, "--layout", layout, "--trips",
                                      count, "--seed", SEED + count, "--dirty", 0.1)
                 for source, layout, count in [("yellow", "2014", 9000), ("green", "2015", 5000),
                                               ("uber", "2014", 6000), ("yellow", "2009", 2000)]]
        # Twelve trips from one place, the latest first, for ties.
        paths.append(cls.program.folder + "/same-place.csv")
        with open(paths[-1], "w", encoding="ascii") as file:
            file.write("Date/Time,Lat,Lon,Base\n")
            file.writelines(f"4/{day}/2014 0:11:00,40.7484,-73.9857,B02512\n" for day in range(28, 16, -1))
        cls.files = [os.path.basename(path) for path in paths]
        cls.trips = oracle.clean(paths).trips
        cls.program.must("ingest", *paths, "--store", "t.h5", "--tile-trips", 200, ranks=2)

    def ask(self, *words, **how):
        return self.program.must(words[0], "t.h5", *words[1:], **how).out

    def rows(self, *words, **how):
        return list(csv.DictReader(io.StringIO(self.ask(*words, **how))))

    def pick_filter(self, on=True):
        """A random filter, of any mixture of parts, around real trips so that something matches."""
        chance, a, b = self.chance, *self.chance.sample(self.trips, 2)
        parts = {}
        if chance.random() < 0.5:
            parts["start"] = a.pickup_time
        if chance.random() < 0.5:
            parts["end"] = max(b.pickup_time, parts.get("start", 0)) + chance.choice([1, 3600, 10**6])
        if on and chance.random() < 0.4:
            parts["on"] = "dropoff"
        if chance.random() < 0.6:
            # Edges on real points: a box is closed.
            corners = [point for point in (questions.point_of(t, parts.get("on", "pickup")) for t in (a, b))
                       if point[0] != UNKNOWN] or [(-740000000, 407000000)]
            lons, lats = sorted(p[0] for p in corners), sorted(p[1] for p in corners)
            parts["box"] = (lons[0], lats[0], lons[-1], lats[-1])
        if chance.random() < 0.4:
            parts["sources"] = chance.sample(["yellow", "green", "uber"], chance.randint(1, 3))
        return parts

    def check_cell(self, printed, wanted, name):
        if wanted is None or printed == "":
            self.assertEqual((printed, wanted), ("", None), name)
        elif not isinstance(wanted, Decimal):
            self.assertEqual(printed, str(wanted), name)
        elif name.startswith("mean"):
            self.assertAlmostEqual(Decimal(printed), wanted, delta=Decimal("0.000001"), msg=name)
        elif name.startswith("p"):  # percentiles: 1 %, and what a cent or a second is rounded to
            self.assertLessEqual(abs(Decimal(printed) - wanted), abs(wanted) / 100 + Decimal("1e-9"), name)
        else:
            self.assertEqual(Decimal(printed), wanted, name)

    def check_aggregate(self, keys, measures, ranks=None, **filters):
        words = ["aggregate", "--by", ",".join(keys), "--measure", ",".join(measures), *words_of(**filters)]
        printed = list(csv.reader(io.StringIO(self.ask(*words, ranks=ranks))))
        self.assertEqual(printed[0], [*keys, *(m.replace(":", "_") for m in measures)])
        wanted = questions.aggregate(self.trips, keys, measures, **filters)
        self.assertEqual(len(printed) - 1, len(wanted), words)
        for row, expected in zip(printed[1:], wanted):
            for i, cell in enumerate(row):
                with self.subTest(words=words, row=row):
                    if i < len(keys):
                        self.assertEqual(cell, "" if expected[i] is None else str(expected[i]))
                    else:
                        self.check_cell(cell, expected[i], printed[0][i])

    def test_every_key_and_every_measure(self):
        everything = ["trips", *(f"{s}:{f}" for f in questions.FIELDS for s in questions.STATISTICS)]
        for key in (*questions.PLAIN_KEYS, "pickup_tile:0", "pickup_tile:13", "dropoff_tile:9", "dropoff_tile:24"):
            self.check_aggregate([key], everything if "_tile" not in key else ["trips", "mean:fare", "max:duration"])

    def test_random_groups(self):
        keys = [*questions.PLAIN_KEYS, "pickup_tile:15", "dropoff_tile:14"]
        fields = [f"{s}:{f}" for f in questions.FIELDS for s in questions.STATISTICS]
        for number in range(22):
            self.check_aggregate(self.chance.sample(keys, self.chance.randint(1, 4)),
                                 ["trips", *self.chance.sample(fields, 3)], 3 if number % 8 == 0 else None,
                                 **self.pick_filter())

    def test_all_keys_at_once(self):
        self.check_aggregate([*questions.PLAIN_KEYS, "pickup_tile:24", "dropoff_tile:24"], ["trips", "sum:total"])

    def test_range(self):
        for number in range(14):
            filters, limit = self.pick_filter(), self.chance.choice([0, 1, 7, 100, 10**6])
            wanted = [tuple(t) for t in questions.find_range(self.trips, **filters)]
            words = [*words_of(**filters), "--limit", limit]
            rows = self.rows("range", *words, ranks=3 if number % 7 == 0 else None)
            self.assertEqual([trip_of(row, self.files) for row in rows], wanted[:limit or None], words)
            if number % 3 == 0:
                self.assertEqual(self.ask("range", *words, "--count"), f"{len(wanted)}\n", words)
                found = json.loads(self.ask("range", *words, "--format", "json"))
                self.assertEqual((found["matched"], len(found["rides"])), (len(wanted), len(rows)), words)

    def check_nearest(self, at, k, ranks=None, **filters):
        words = ["nearest", "--at", degrees(*at), "--k", k, *words_of(**filters)]
        wanted = questions.find_nearest(self.trips, at, **{**filters, "within": filters.get("within", 1e9)})
        rows = self.rows(*words, ranks=ranks)
        self.assertEqual(len(rows), min(k, len(wanted)), words)
        for number, (row, (metres, trip)) in enumerate(zip(rows, wanted), start=1):
            self.assertEqual(row["rank"], str(number))
            self.assertAlmostEqual(float(row["metres"]), metres, delta=0.00051, msg=words)
            got = trip_of(row, self.files)
            # Two points may be equally far but for the last bit of a double, whose order is nobody's to say.
            on = filters.get("on", "pickup")
            if questions.point_of(Trip(*got), on) == questions.point_of(trip, on):
                self.assertEqual(got, tuple(trip), words)

    def test_nearest(self):
        for number in range(18):
            filters = self.pick_filter()
            centre = questions.point_of(self.chance.choice(self.trips), filters.get("on", "pickup"))
            if centre[0] == UNKNOWN or self.chance.random() < 0.5:
                centre = (self.chance.randint(-743000000, -736000000), self.chance.randint(404500000, 410000000))
            if self.chance.random() < 0.4:
                filters["within"] = self.chance.choice([0, 1, 250.5, 3000, 20000])
            self.check_nearest(centre, self.chance.choice([1, 10, 333]), 3 if number % 6 == 0 else None, **filters)

    def test_nearest_at_the_edges(self):
        """More than there are, from far away, the other side of the date line, the antipode, the poles."""
        few = {"start": self.trips[0].pickup_time, "end": self.trips[0].pickup_time + 3600}
        self.check_nearest((-739857000, 407484000), 10**6, **few)
        for at in [(0, 0), (1800000000, 407000000), (-1800000000, -407000000), (1060000000, -407000000),
                   (0, 900000000), (500000000, -900000000)]:
            self.check_nearest(at, 25)

    def test_ties_go_by_file_and_line(self):
        places = {}
        for trip in self.trips:
            places.setdefault((trip.pickup_lon, trip.pickup_lat), []).append(trip)
        shared = max(places, key=lambda place: len(places[place]))
        self.assertGreaterEqual(len(places[shared]), 12)
        rows = self.rows("nearest", "--at", degrees(*shared), "--k", len(places[shared]) - 1, ranks=4)
        self.assertEqual([(self.files.index(r["file"]), int(r["line"])) for r in rows],
                         [(t.file, t.line) for t in places[shared]][:-1])
        self.assertEqual({r["metres"] for r in rows}, {"0.000"})

    def test_the_comparison_can_fail(self):
        """One trip less in the oracle is seen by each kind of question."""
        trips, self.trips = self.trips, self.trips[1:]
        try:
            gone = trips[0]
            with self.assertRaises(AssertionError):
                self.assertEqual(self.ask("range", "--count"), f"{len(self.trips)}\n")
            with self.assertRaises(AssertionError):
                self.check_nearest((gone.pickup_lon, gone.pickup_lat), 5)
            self.assertNotEqual(questions.aggregate(trips, ["source"], ["trips"]),
                                questions.aggregate(self.trips, ["source"], ["trips"]))
        finally:
            self.trips = trips


if __name__ == "__main__":
    run_tests()
