"""replay: windows and trips against the oracle, the same bytes at any rank and thread count, the pace, and how it ends
when it is asked to."""
import json
import os
import random
import resource
import signal
import subprocess
import threading
import time

from oracle_windows import Recording, time_text
from program import PATIENCE_S, PipelineTest, kill_session, run_tests

SEED = int(os.environ.get("TESSERA_TEST_SEED", random.randrange(10**6)))
RANKS = (None, 1, 2, 3, 7)
APRIL_1 = 16161 * 86_400
SECONDS_OF = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds_of(text):
    return int(text[:-1]) * SECONDS_OF[text[-1]] if text[-1] in SECONDS_OF else int(text)


def words_of(start=None, end=None, box=None, on="pickup", sources=None):
    words = [] if start is None else ["--from", time_text(start)]
    words += [] if end is None else ["--to", time_text(end)]
    words += [] if box is None else ["--box", ",".join(f"{angle / 10**7:.7f}" for angle in box)]
    words += [] if sources is None else ["--source", ",".join(sources)]
    return words + (["--on", on] if on != "pickup" else [])


def objects_of(text):
    assert text == "" or text.endswith("\n"), "the last line is cut"
    return [json.loads(line) for line in text.splitlines()]


def read_rest(process):
    """As communicate, which with two pipes loses lines that readline has fetched together with the one that it gave."""
    patience = threading.Timer(PATIENCE_S, kill_session, [process])
    patience.start()
    try:
        rest = process.stdout.read()
        said = process.stderr.read()  # a few lines, which their pipe holds
        process.wait()
    finally:
        patience.cancel()
    return rest, said


class Replay(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        print(f"seed {SEED}")
        cls.chance = random.Random(SEED)
        for number, (source, trips) in enumerate([("yellow", 4000), ("green", 3000), ("uber", 5000)]):
            cls.program.generate(f"{source}.csv", "--format", source, "--trips", trips, "--seed", SEED + number,
                                 "--dirty", 0.1)
        cls.program.must("ingest", "yellow.csv", "green.csv", "uber.csv", "--store", "t.h5", "--tile-trips", 60)
        # Two trips in the same second, and one that comes two years later.
        with open(cls.folder + "/gap.csv", "w", encoding="ascii") as file:
            file.write("Date/Time,Lat,Lon,Base\n" + "".join(
                f"4/1/{year} 23:59:59,40.7484,-73.9857,B02512\n" for year in (2016, 2014, 2014)))
        cls.program.must("ingest", "gap.csv", "--store", "gap.h5")

    def replay(self, *words, store="t.h5", **how):
        return self.program.must("replay", store, "--speed", 0, *words, **how).out

    def start(self, *words, ranks=None):
        """A replay that runs; its standard output is a pipe."""
        command = [self.program.binary, "replay", "t.h5", *map(str, words)]
        if ranks is not None:
            command = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks), *command]
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        process = subprocess.Popen(command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(kill_session, process)
        return process

    def check_windows(self, every, ranks=None, **filters):
        words = ["--every", every, *words_of(**filters)]
        wanted = Recording(self.path("t.h5"), **filters).windows(seconds_of(every))
        found = objects_of(self.replay(*words, ranks=ranks))
        self.assertEqual(len(found), len(wanted), words)
        for line, expected in zip(found, wanted):
            self.assertEqual(line, expected, words)

    def test_windows(self):
        for every in ("3600", "900s", "45m", "7h", "1d", "10d", "31d"):
            self.check_windows(every, ranks=3 if every == "7h" else None)
        self.check_windows("60s", start=APRIL_1 + 8 * 3600, end=APRIL_1 + 20 * 3600)

    def test_filters(self):
        trips = Recording(self.path("t.h5")).columns
        for number in range(12):
            pick = lambda name: int(trips[name][self.chance.randrange(len(trips["line"]))])
            filters = {}
            if self.chance.random() < 0.5:
                filters["start"] = pick("pickup_time")
            if self.chance.random() < 0.5:
                filters["end"] = max(pick("pickup_time"), filters.get("start", 0) + 1)
            if self.chance.random() < 0.6:
                lons, lats = (sorted(pick(name) for _ in range(2)) for name in ("pickup_lon", "pickup_lat"))
                filters["box"] = (lons[0], lats[0], lons[1], lats[1])
                filters["on"] = self.chance.choice(["pickup", "dropoff"])
            if self.chance.random() < 0.5:
                filters["sources"] = self.chance.sample(["green", "uber", "yellow"], self.chance.randint(1, 2))
            self.check_windows(self.chance.choice(["6h", "1d", "50000"]), 2 if number % 5 == 0 else None, **filters)

    def test_same_bytes_at_any_rank_and_thread_count(self):
        words = ["--every", "10m", "--source", "yellow,uber"]
        wanted = self.replay(*words)
        for ranks in RANKS:
            for threads in (1, 2):
                self.assertTrue(self.replay(*words, ranks=ranks, threads=threads) == wanted, (ranks, threads))

    def test_windows_without_trips_are_told(self):
        lines = objects_of(self.replay("--every", "1d", store="gap.h5", ranks=2))
        self.assertEqual([line["trips"] for line in lines], [2] + 730 * [0] + [1])
        self.assertEqual(lines[0]["from"], "2014-04-01T00:00:00")
        self.assertEqual(lines[1], {**lines[1], "tiles": [], "sources": {"green": 0, "uber": 0, "yellow": 0}})
        self.assertEqual(lines[-1]["to"], "2016-04-02T00:00:00")

    def test_nothing_matches(self):
        for ranks in (None, 3):
            done = self.program.must("replay", "t.h5", "--speed", 100, "--from", "2020-01-01", "--to", "none.jsonl",
                                     ranks=ranks)
            self.assertEqual(done.out, "")
            self.assertIn("no trip matches", done.err)
            self.assertEqual(os.path.getsize(self.path("none.jsonl")), 0)

    def test_trips_themselves(self):
        """Every matching trip once, in order, as range shows it; the windows' lines are the same as without."""
        words = ["--every", "1d", "--from", "2014-04-02T10:00", "--to", "2014-04-20"]
        lines = self.replay(*words)
        listed = self.program.must("range", "t.h5", *words[2:], "--limit", 0, "--format", "json").out
        wanted = [json.dumps(ride) for ride in json.loads(listed)["rides"]]
        trips = Recording(self.path("t.h5"), APRIL_1 + 86_400 + 36_000, APRIL_1 + 19 * 86_400).columns
        first = None
        for ranks in RANKS:
            self.assertEqual(self.replay(*words, "--to", "./trips.jsonl", ranks=ranks, threads=2), lines, ranks)
            with open(self.path("trips.jsonl"), encoding="utf-8") as file:
                text = file.read()
            first = first or text
            self.assertTrue(text == first, f"trips differ at {ranks} ranks")
        rides = objects_of(first)
        self.assertEqual([json.dumps(ride) for ride in rides], wanted)
        self.assertEqual([(r["pickup_time"], r["line"]) for r in rides],
                         [(time_text(t), l) for t, l in zip(trips["pickup_time"], trips["line"].tolist())])
        self.assertEqual(self.replay(*words, "--to", "-", "--output", "w.jsonl", ranks=2), first)
        with open(self.path("w.jsonl"), encoding="utf-8") as file:
            self.assertEqual(file.read(), lines)

    def test_pace(self):
        """Never faster than asked for; the clock has no other say here."""
        words = ["--every", "1h", "--from", "2014-04-01", "--to", "2014-04-02"]
        wanted = objects_of(self.replay(*words))
        for ranks in (None, 2):
            done = self.program.must("replay", "t.h5", "--speed", 43_200, *words, ranks=ranks)
            self.assertGreaterEqual(done.seconds, 3600 * len(wanted) / 43_200)
            lines = objects_of(done.out)
            for line in lines:
                self.assertGreaterEqual(line["behind_s"], 0)
                line["behind_s"] = 0.0
            self.assertEqual(lines, wanted)
            self.assertIn(f"replayed {len(wanted)} windows", done.err)

    def test_a_reader_sees_lines_as_windows_end(self):
        """The whole would take two hours; its first lines are there at once."""
        process = self.start("--speed", 360, "--every", "1m")
        lines = [process.stdout.readline() for _ in range(3)]
        self.assertEqual([line["trips"] for line in map(json.loads, lines)],
                         [w["trips"] for w in objects_of(self.replay("--every", "1m"))[:3]])
        self.assertIsNone(process.poll())

    def check_stop(self, number, ranks):
        process = self.start("--speed", 3600, "--every", "15m", "--to", "stopped.jsonl", ranks=ranks)
        begun = process.stdout.readline()
        process.send_signal(number)
        rest, said = read_rest(process)
        lines = objects_of(begun + rest)
        self.assertIn("stopped at " + lines[-1]["to"], said)
        self.assertEqual([{**line, "behind_s": 0.0} for line in lines],
                         objects_of(self.replay("--every", "15m"))[:len(lines)])
        with open(self.path("stopped.jsonl"), encoding="utf-8") as file:
            self.assertEqual(len(objects_of(file.read())), sum(line["trips"] for line in lines))
        return process.returncode

    def test_stop(self):
        """The window under way is finished, with its trips, and all ends in order."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self.assertEqual(self.check_stop(number, None), 0)

    def test_stop_under_mpirun(self):
        """mpirun passes the signal on and waits; its own exit code (1) says that it was interrupted."""
        self.check_stop(signal.SIGTERM, 3)

    def test_a_place_that_takes_no_more(self):
        """One message, exit code 1, and no rank that waits for ever."""
        for place in (["--output", "/dev/full"], ["--to", "/dev/full"], ["--output", "t.h5"], ["--to", "./t.h5"]):
            for ranks in (None, 3):
                done = self.program.run("replay", "t.h5", "--speed", 0, "--every", "1h", *place, ranks=ranks)
                self.assertEqual((done.code, len(done.messages)), (1, 1), done)
                self.assertIn(place[1], done.messages[0])
        self.check_windows("1d")  # the store is what it was

    def test_ranks_that_wait_sleep(self):
        """Processor time, not the clock's: three ranks that waited as MPI does would use up to six seconds each."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.monotonic()
        self.program.must("replay", "t.h5", "--speed", 4 * 3600, "--every", "1m", "--to", "2014-04-02", "--to",
                          "./slow.jsonl", ranks=3, threads=1)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{used:.2f} s of processor time in {time.monotonic() - begin:.1f} s, three ranks and mpirun")
        self.assertLess(used, 4)

    def test_metrics(self):
        self.replay("--every", "1d", "--metrics", "replay.prom", ranks=2)
        with open(self.path("replay.prom"), encoding="utf-8") as file:
            metrics = file.read()
        windows = Recording(self.path("t.h5")).windows(86_400)
        self.assertIn(f'tessera_replay_windows_total{{run="replay"}} {len(windows)}\n', metrics)
        self.assertIn(f'tessera_replay_trips_total{{run="replay"}} {sum(w["trips"] for w in windows)}\n', metrics)
        self.assertIn("tessera_finish_time_seconds{", metrics)

    def test_the_comparison_can_fail(self):
        windows = Recording(self.path("t.h5")).windows(86_400)
        windows[3]["tiles"][0]["trips"] -= 1
        self.assertNotEqual(objects_of(self.replay("--every", "1d")), windows)


if __name__ == "__main__":
    run_tests()
