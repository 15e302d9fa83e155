"""What `answer` says to requests equals what the oracle says, and to the byte what the single commands say: lists of
`generate requests`, and requests made by hand for ties, edges, every key and measure (TESSERA_TEST_SEED repeats a
run)."""
import json
import os
import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import oracle_questions as questions
from asking import AnswerTest, lines_of
from oracle_rows import UNKNOWN
from program import run_tests
from request_words import angles_of, body_of, command_of, filters_of, trip_of, words_of

SEED = int(os.environ.get("TESSERA_TEST_SEED", random.randrange(10**6)))
PLACE = [-73.9857, 40.7484]
POINT, MIDDLE, WORLD = [*PLACE, *PLACE], [-74, 40.7, -73.9, 40.8], [-180, -90, 180, 90]
EVERYTHING = ["trips", *(f"{s}:{f}" for f in questions.FIELDS for s in questions.STATISTICS)]
KEYS = [*questions.PLAIN_KEYS, "pickup_tile:0", "pickup_tile:13", "dropoff_tile:9", "dropoff_tile:24"]
FAR = [[0, 0], [180, 40.7], [-180.0, -40.7], [106, -40.7], [0, 90], [50, -90]]
HOUR = {"from": "2014-04-08T08:00", "to": "2014-04-08T09:00"}

NEAREST = [
    {"at": PLACE}, {"at": PLACE, "k": 11}, {"at": PLACE, "k": 12, "within_m": 0}, {"at": PLACE, "within_m": 0.0005},
    {"at": PLACE, "k": 5, "from": "2014-04-18", "to": "2014-04-21"}, {"at": PLACE, "k": 10000, "box": MIDDLE},
    {"at": PLACE, "k": 10000, **HOUR}, {"at": PLACE, "k": 1, "on": "dropoff"}, {"at": [-74, 40], "within_m": 100},
    {"at": PLACE, "on": "dropoff", "within_m": 300}, {"at": PLACE, "within_m": 25000000, "k": 3},
    {"at": PLACE, "source": ["uber"]}, {"at": PLACE, "source": "yellow,green"}, {"at": PLACE, "k": None, "box": None},
    {"at": PLACE, "on": "dropoff", "source": ["uber"]}, {"at": PLACE, "from": "2099-01-01"},
    {"at": PLACE, "to": "2014-04-01T00:00:00"}, *({"at": at, "k": 7} for at in FAR),
    *({"at": at, "k": 3, "on": "dropoff", **HOUR} for at in FAR[:2])]
RANGES = [
    {}, {"limit": 0, **HOUR}, {"limit": 1}, {"limit": 10000}, {"count": True}, {"count": True, "limit": 0},
    {"count": False, "limit": 2}, {"box": POINT}, {"box": POINT, "limit": 0}, {"box": [0, 0, 1, 1]},
    {"box": POINT, "count": True, "on": "dropoff"}, {"box": WORLD, "limit": 5},
    {"source": ["green", "green"], "limit": 4}, {"from": "2014-04-28T00:11:00", "limit": 3},
    {"box": WORLD, "on": "dropoff", "limit": 5, "source": ["uber"]}, {"box": WORLD, "on": "dropoff", "limit": 9},
    {"from": "2014-04-28T00:11:00", "to": "2014-04-28T00:11:01", "box": POINT},
    {"to": "2014-04-28T00:11:00", "box": POINT}, {"from": "2014-04-02", "to": "2014-04-03", "box": MIDDLE, "limit": 0}]
GROUPS = [
    *({"by": [key], "measure": EVERYTHING} for key in KEYS), {"by": "source,hour"},
    {"by": ["hour"], "measure": ["trips"]}, {"by": ["day"], "box": [0, 0, 1, 1], "measure": EVERYTHING},
    {"by": [*questions.PLAIN_KEYS, "pickup_tile:13", "dropoff_tile:24"], "measure": ["trips", "p50:duration"]},
    {"by": ["passengers"], "source": ["uber"], "measure": EVERYTHING}, {"by": ["day"], "from": "2099-01-01"},
    {"by": ["dropoff_tile:12"], "on": "dropoff", "box": MIDDLE, "measure": "mean:fare,p99:total"}]
BY_HAND = [{"id": f"{op}{number}", "op": op, **rest}
           for op, list_of in (("nearest", NEAREST), ("range", RANGES), ("aggregate", GROUPS))
           for number, rest in enumerate(list_of)]


class RequestsAnswers(AnswerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        print(f"seed {SEED}")
        cls.trips = cls.read_trips()
        cls.requests = BY_HAND + cls.make_requests(250, SEED)
        cls.found = {ranks: cls.answers(lines_of(cls.requests), ranks=ranks) for ranks in (None, 3)}

    def test_heads(self):
        """An answer a request, in order, with its id and operation."""
        for lines in self.found.values():
            heads = [(answer["id"], answer["op"]) for answer in map(json.loads, lines)]
            self.assertEqual(heads, [(request["id"], request["op"]) for request in self.requests])
        self.assertEqual(*self.found.values())

    # ---- the single commands

    def check_against_commands(self, requests, lines, store):
        def ask(request):
            return self.program.must(*command_of(request, store), threads=1).out
        with ThreadPoolExecutor(4) as pool:  # most of a short run is waiting
            for request, line, printed in zip(requests, lines, pool.map(ask, requests)):
                self.assertEqual(line.decode().partition('"micros":0,')[2], body_of(request, printed), request)

    def test_the_single_commands_say_the_same(self):
        """To the byte. (The contract's limit 0 is all rows in both.)"""
        chosen = [*range(len(BY_HAND)), *random.Random(SEED).sample(range(len(BY_HAND), len(self.requests)), 50)]
        self.check_against_commands([self.requests[i] for i in chosen], [self.found[3][i] for i in chosen], "t.h5")

    def test_real_trips(self):
        name = os.path.join(os.environ.get("TESSERA_SHARED_DATA", ""), "uber", "uber-raw-data-apr14.csv.gz")
        if not os.path.exists(name):
            self.skipTest("TESSERA_SHARED_DATA names no folder of real trips")
        self.program.must("ingest", name, "--store", "real.h5", ranks=2)
        made = self.program.must("generate", "requests", "--store", "real.h5", "--seed", SEED, "--count", 200).out
        requests = [json.loads(line) for line in made.splitlines()]
        answers = [self.answers(made.encode(), store="real.h5", ranks=ranks) for ranks in (None, 3)]
        self.assertEqual(*answers)
        self.check_against_commands(requests[:30], answers[0], "real.h5")

    # ---- the oracle

    def test_the_oracle_says_the_same(self):
        for request, line in zip(self.requests, self.found[None]):
            with self.subTest(request=request):
                answer = json.loads(line, parse_float=Decimal, parse_int=Decimal)
                getattr(self, f"check_{request['op']}")(request, answer)

    def check_range(self, request, answer):
        wanted = questions.find_range(self.trips, **filters_of(request))
        self.assertEqual(answer["matched"], len(wanted))
        self.assertEqual("rides" in answer, not request.get("count"))
        rides = [trip_of(ride, self.files) for ride in answer.get("rides", [])]
        limit = request.get("limit", 100) or len(wanted)
        self.assertEqual(rides, [] if request.get("count") else wanted[:limit])

    def check_nearest(self, request, answer):
        within, k, filters = request.get("within_m"), request.get("k") or 10, filters_of(request)
        wanted = questions.find_nearest(self.trips, angles_of(request["at"]), 1e9 if within is None else within,
                                        **filters)
        self.assertEqual(len(answer["rides"]), min(k, len(wanted)))
        # Two points may be equally far but for the last bit of a double, and their order is nobody's to say; of one
        # point the trips come in order.
        of_point = {}
        for metres, trip in wanted:
            of_point.setdefault(questions.point_of(trip, filters.get("on", "pickup")), []).append((metres, trip))
        turn = {point: iter(found) for point, found in of_point.items()}
        for ride, (metres, _) in zip(answer["rides"], wanted):
            got = trip_of(ride, self.files)
            own_metres, trip = next(turn[questions.point_of(got, filters.get("on", "pickup"))])
            self.assertEqual(got, trip)
            self.assertAlmostEqual(own_metres, metres, delta=1e-6)
            self.assertAlmostEqual(float(ride["metres"]), metres, delta=0.00051)

    def check_aggregate(self, request, answer):
        keys, measures = words_of(request["by"]), words_of(request.get("measure", "trips"))
        self.assertEqual(answer["columns"], [*keys, *(measure.replace(":", "_") for measure in measures)])
        wanted = questions.aggregate(self.trips, keys, measures, **filters_of(request))
        self.assertEqual([row[:len(keys)] for row in answer["rows"]], [list(row[:len(keys)]) for row in wanted])
        for row, expected in zip(answer["rows"], wanted):
            for name, cell, value in zip(measures, row[len(keys):], expected[len(keys):]):
                self.check_cell(name, cell, value)

    def check_cell(self, name, cell, wanted):
        if wanted is None or cell is None:
            self.assertEqual((cell, wanted), (None, None), name)
        elif name.startswith("mean"):
            self.assertAlmostEqual(cell, wanted, delta=Decimal("0.000001"), msg=name)
        elif name.startswith("p"):  # percentiles: 1 %, and what a cent or a second is rounded to
            self.assertLessEqual(abs(cell - wanted), abs(wanted) / 100 + Decimal("1e-9"), name)
        else:
            self.assertEqual(cell, wanted, name)

    def test_the_lists_hold_what_they_are_for(self):
        answers = {answer["id"]: answer for answer in map(json.loads, self.found[None])}
        ties = [ride for ride in answers["nearest1"]["rides"] if ride["metres"] == 0]
        self.assertEqual([ride["line"] for ride in ties if "same" in ride["file"]], list(range(2, 13)))
        self.assertGreaterEqual(answers["range8"]["matched"], 12)
        empty = [answer for answer in answers.values() if answer.get("rides") == [] or answer.get("rows") == []]
        self.assertGreater(len(empty), 5)
        self.assertTrue(any(trip.dropoff_lon == UNKNOWN for trip in self.trips))

    def test_the_comparison_can_fail(self):
        """One trip less in the oracle is seen by each kind of question."""
        trips = self.trips
        try:
            self.trips = trips[:-1]  # of those at PLACE
            for id_of in ("nearest2", "range8", "aggregate0"):
                i = next(i for i, request in enumerate(self.requests) if request["id"] == id_of)
                answer = json.loads(self.found[None][i], parse_float=Decimal, parse_int=Decimal)
                with self.assertRaises(AssertionError, msg=id_of):
                    getattr(self, f"check_{self.requests[i]['op']}")(self.requests[i], answer)
        finally:
            self.trips = trips


if __name__ == "__main__":
    run_tests()
