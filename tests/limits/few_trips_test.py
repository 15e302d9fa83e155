"""Ranks that have nothing: all trips at one place, which are one tile, one trip, no trip at all; every command says at
many ranks what it says at one, and a plan for a thousand ranks gives all to one of them."""
import filecmp
import json
import os

import stored
from asking import lines_of, without_micros
from program import PipelineTest, run_tests
from service import Service

HEADER = "Date/Time,Lat,Lon,Base\n"
PLACE = "-73.9857,40.7484"
STORES = {"point": 3000, "one": 1, "none": 0}
RANKS = 7
REQUESTS = [{"op": "nearest", "at": [-73.9857, 40.7484], "k": 5}, {"op": "nearest", "at": [-73.9, 40.7], "within_m": 9},
            {"op": "nearest", "at": [-73.9857, 40.7484], "on": "dropoff"}, {"op": "range", "limit": 3},
            {"op": "range", "count": True, "from": "2014-04-03", "to": "2014-04-05"},
            {"op": "aggregate", "by": ["day", "pickup_tile:24"], "measure": ["trips", "p50:fare"]}]
COMMANDS = {
    "info": ["info", "--json", "--plan", "1024"],
    "plans": ["info", "--plan", "1,3,1024"],
    "aggregate": ["aggregate", "--by", "day,source", "--measure", "trips,mean:fare"],
    "range": ["range", "--limit", "0", "--format", "json"],
    "nearest": ["nearest", "--at", PLACE, "--k", "2000"],
    "replay": ["replay", "--speed", "0", "--every", "1d"],
    "requests": ["generate requests"],
}


class FewTrips(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lon, lat = PLACE.split(",")
        for name, trips in STORES.items():
            rows = [f"4/{1 + number % 30}/2014 0:11:00,{lat},{lon},B02512\n" for number in range(trips)]
            with open(f"{cls.folder}/{name}.csv", "w", encoding="ascii") as file:
                file.writelines([HEADER, *rows, f"4/1/2014 0:11:00,1.5,{lon},B02512\n"])
            cls.program.must("ingest", f"{name}.csv", "--store", f"{name}.h5", "--tile-trips", 16)

    def test_ingest(self):
        for name, trips in STORES.items():
            wanted = stored.read_data_sets(self.path(f"{name}.h5"))
            self.assertEqual(wanted["tiles/key"][1], (min(trips, 1),), "one tile")
            for ranks in (2, RANKS):
                self.program.must("ingest", f"{name}.csv", "--store", "other.h5", "--overwrite", "--tile-trips", 16,
                                  ranks=ranks, threads=1)
                self.assertEqual(stored.read_data_sets(self.path("other.h5")), wanted)

    def words(self, name, command):
        first, *rest = COMMANDS[command]
        if first == "generate requests":
            return ["generate", "requests", "--store", f"{name}.h5", "--count", 20]
        return [first, f"{name}.h5", *rest]

    def test_commands(self):
        for name in STORES:
            for command in COMMANDS:
                with self.subTest(store=name, command=command):
                    alone = self.program.run(*self.words(name, command))
                    many = self.program.run(*self.words(name, command), ranks=RANKS, threads=1)
                    self.assertEqual((many.code, many.out, many.messages), (alone.code, alone.out, alone.messages))
                    if alone.code != 0:  # there is nothing to make requests about
                        self.assertEqual((name, command, alone.code), ("none", "requests", 1), alone)

    def test_pictures(self):
        for name in STORES:
            with self.subTest(store=name):
                done = {}
                for ranks in (1, RANKS):
                    done[ranks] = [self.program.run(
                        "heatmap", f"{name}.h5", "--output", f"{ranks}.png", ranks=ranks, threads=1), self.program.run(
                            "tiles", f"{name}.h5", "--output", f"map{ranks}", "--zoom", "3-12", "--overwrite",
                            ranks=ranks, threads=1)]
                for alone, many in zip(done[1], done[RANKS]):
                    self.assertEqual((many.code, many.out, many.messages), (alone.code, alone.out, alone.messages))
                self.assertEqual(done[1][1].code, 0)
                if done[1][0].code == 0:
                    self.assertTrue(filecmp.cmp(self.path("1.png"), self.path(f"{RANKS}.png"), shallow=False))
                zooms = [sorted(os.listdir(self.path(f"map{ranks}"))) for ranks in (1, RANKS)]
                self.assertEqual(*zooms)
                self.assertEqual(len(zooms[0]), 11 if STORES[name] else 1)

    def test_answers(self):
        with open(self.path("r.jsonl"), "wb") as file:
            file.write(lines_of(REQUESTS))
        for name, trips in STORES.items():
            with self.subTest(store=name):
                alone, many = (without_micros(self.program.must("answer", f"{name}.h5", "--requests", "r.jsonl",
                                                                ranks=ranks, threads=1, text=False).out)
                               for ranks in (None, RANKS))
                self.assertEqual(alone, many)
                self.assertNotIn(b'"error"', alone)
                self.assertEqual(json.loads(alone.splitlines()[3])["matched"], trips)
                with Service(self.program, f"{name}.h5", ranks=RANKS) as service:
                    self.assertEqual(without_micros(service.post(lines_of(REQUESTS)).body), alone)

    def test_a_plan_for_a_thousand_ranks(self):
        """One tile is never cut: its rank has all trips, and 1,023 have none."""
        for name, trips in STORES.items():
            plan = json.loads(self.program.must(*self.words(name, "info")).out)["plan"]
            self.assertEqual(sorted(plan["trips_per_rank"], reverse=True), [trips] + [0] * 1023)
            self.assertEqual(plan["max_over_mean"], 1024 if trips else 1)


if __name__ == "__main__":
    run_tests()
