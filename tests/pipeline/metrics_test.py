"""--metrics: what promtool says of the files, whether the numbers are true, and whether a reader ever sees half of one."""
import gzip
import json
import os
import shutil
import subprocess
import threading
import unittest

import exposition
from program import run_tests
from refusals import HEADER, ROW, Refusals

# Each command with --metrics: its words, and families that its file must have.
COMMANDS = {
    "ingest": (["ingest", "u.csv", "y.csv.gz", "--store", "t.h5", "--overwrite"],
               ["tessera_build_info", "tessera_phase_duration_seconds", "tessera_rank_trips", "tessera_trips_total",
                "tessera_rank_resident_memory_bytes", "tessera_ingest_rejected_rows_total"]),
}


class WithInputs(Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("u.csv", "--format", "uber", "--trips", 4000, "--dirty", 0.1)
        plain = cls.program.generate("y.csv", "--format", "yellow", "--trips", 3000, "--dirty", 0.1)
        with open(plain, "rb") as text, gzip.open(plain + ".gz", "wb") as packed:
            packed.write(text.read())
        cls.program.must("ingest", "u.csv", "y.csv.gz", "--store", "t.h5")

    def run_with_metrics(self, command, ranks, *words):
        """Runs a command; its metrics."""
        self.program.must(*COMMANDS[command][0], "--metrics", f"{command}.prom", *words, ranks=ranks)
        return exposition.read(self.path(f"{command}.prom"))


class AllCommands(WithInputs):
    def test_families(self):
        for command, (_, families) in COMMANDS.items():
            for ranks in (None, 3):
                with self.subTest(command, ranks=ranks):
                    metrics = self.run_with_metrics(command, ranks)
                    self.assertLessEqual(set(families), set(metrics.types))
                    self.assertEqual(metrics.value("tessera_build_info", command=command), 1)
                    begin, end, written = (metrics.value(f"tessera_{what}_time_seconds")
                                           for what in ("start", "finish", "last_write"))
                    self.assertLessEqual(begin, end)
                    self.assertLessEqual(end, written)
                    # two files in one folder have no series in common
                    self.assertEqual({dict(labels)["run"] for _, labels in metrics.samples}, {command})
                    ranks_told = set(metrics.by("tessera_rank_trips", "rank"))
                    self.assertEqual(ranks_told, {str(rank) for rank in range(ranks or 1)})

    @unittest.skipUnless(shutil.which("promtool"), "SKIPPED: no promtool here (Debian: prometheus)")
    def test_promtool_has_nothing_to_say(self):
        for command in COMMANDS:
            for ranks in (None, 3):
                with self.subTest(command, ranks=ranks):
                    self.run_with_metrics(command, ranks)
                    with open(self.path(f"{command}.prom"), "rb") as file:
                        done = subprocess.run(["promtool", "check", "metrics"], stdin=file, stdout=subprocess.PIPE,
                                              stderr=subprocess.STDOUT, timeout=60, check=False)
                    self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_a_reader_sees_whole_files(self):
        """Read without pause while commands write: each time all families are there. The file is another one each time
        (its inode), so that nobody who has it open sees it change."""
        for command, (_, families) in COMMANDS.items():
            with self.subTest(command):
                self.run_with_metrics(command, None)
                over, inodes, faults = threading.Event(), set(), []

                def look(path, wanted):
                    while not over.is_set():
                        try:
                            with open(path, encoding="utf-8") as file:
                                inodes.add(os.fstat(file.fileno()).st_ino)
                                found = exposition.Exposition(file.read()).types
                            faults.extend(set(wanted) - set(found))
                        except (OSError, ValueError) as fault:
                            faults.append(fault)

                reader = threading.Thread(target=look, args=(self.path(f"{command}.prom"), families))
                reader.start()
                try:
                    for _ in range(5):
                        self.run_with_metrics(command, 2, "--metrics-every", 0)
                finally:
                    over.set()
                    reader.join()
                self.assertEqual(faults, [])
                self.assertGreater(len(inodes), 3)
                self.assertFalse([name for name in os.listdir(self.folder) if "partial" in name])


class Ingest(WithInputs):
    def test_numbers_are_the_ledgers(self):
        for ranks in (None, 3):
            with self.subTest(ranks=ranks):
                metrics = self.run_with_metrics("ingest", ranks, "--ledger", "l.json")
                with open(self.path("l.json"), encoding="utf-8") as file:
                    ledger = json.load(file)
                total = ledger["total"]
                self.assertGreater(sum(total["rejected"].values()), 100)
                self.assertEqual(metrics.by("tessera_ingest_rejected_rows_total", "reason"), total["rejected"])
                self.assertEqual(metrics.by("tessera_ingest_odd_rows_total", "oddity"), total["odd"])
                self.assertEqual(metrics.value("tessera_ingest_lines_total"), total["lines"])
                self.assertEqual(metrics.value("tessera_read_bytes_total"), total["bytes"])
                self.assertEqual(metrics.value("tessera_ingest_input_bytes"), total["bytes"])
                self.assertEqual(metrics.by("tessera_trips_total", "source"),
                                 {"green": 0} | {file["format"]: file["kept"] for file in ledger["files"]})
                self.assertEqual(metrics.value("tessera_ingest_success"), 1)

                trips = metrics.by("tessera_rank_trips", "rank")
                self.assertEqual(sum(trips.values()), total["kept"])
                self.assertLess(max(trips.values()) - min(trips.values()), 2048, "ranks own runs of equal weight")
                for size in metrics.by("tessera_rank_resident_memory_bytes", "rank").values():
                    self.assertGreater(size, 1 << 20)
                phases = metrics.by("tessera_phase_duration_seconds", "phase")
                self.assertEqual(list(phases), ["read", "tile", "write"])
                self.assertGreater(min(phases.values()), 0)

    def test_nothing_without_the_option(self):
        self.program.must(*COMMANDS["ingest"][0])
        before = set(os.listdir(self.folder))
        self.program.must(*COMMANDS["ingest"][0], "--metrics-every", 1)
        self.assertEqual(set(os.listdir(self.folder)), before)

    def test_a_failed_ingest_does_not_look_like_a_success(self):
        """What fails at the first look at the files, and what fails far into them: the file says 0."""
        rows = gzip.compress(HEADER + ROW * 3_000_000, 1)
        self.write("far.csv.gz", rows[:-100])
        self.write("empty.csv", b"")
        for name, ranks in [("far.csv.gz", None), ("far.csv.gz", 3), ("empty.csv", None), ("empty.csv", 3)]:
            with self.subTest(name, ranks=ranks):
                good = self.run_with_metrics("ingest", None)
                self.assertEqual(good.value("tessera_ingest_success"), 1)
                done = self.program.run("ingest", name, "--store", "cut.h5", "--metrics", "ingest.prom",
                                        "--metrics-every", 0, ranks=ranks)
                self.assertEqual(done.code, 1, done)
                failed = exposition.read(self.path("ingest.prom"))
                self.assertEqual(failed.value("tessera_ingest_success"), 0)
                self.assertNotIn("tessera_finish_time_seconds", failed.types)
                self.assertGreater(failed.value("tessera_start_time_seconds"),
                                   good.value("tessera_finish_time_seconds"))
                if name == "far.csv.gz":
                    self.assertEqual(failed.value("tessera_ingest_input_bytes"), len(rows) - 100)
                    self.assertGreater(failed.value("tessera_trips_total", source="uber"), 10_000)

    def test_places_that_are_refused(self):
        self.write("e.prom", HEADER + ROW)
        ingest = ["ingest", "e.prom", "--store", "new.h5", "--metrics"]
        self.check_everywhere([*ingest, "m.txt"], 2, "--metrics m.txt", ".prom", "node exporter")
        self.check_everywhere([*ingest, "m.prom", "--metrics-every", "-1"], 2, "--metrics-every -1")
        self.check_everywhere([*ingest, "absent/m.prom"], 1, "absent/m.prom", "mkdir")
        self.check_everywhere([*ingest, "e.prom"], 1, "--metrics would overwrite an input")
        self.check_everywhere([*ingest, "l.prom", "--ledger", "l.prom"], 1, "--metrics would overwrite --ledger")
        self.check_everywhere(["ingest", "e.prom", "--store", "s.prom", "--metrics", "./s.prom"], 1,
                              "--metrics would overwrite the store")
        with open(self.path("e.prom"), "rb") as file:
            self.assertEqual(file.read(), HEADER + ROW)
        self.assertFalse(os.path.exists(self.path("l.prom")))


if __name__ == "__main__":
    run_tests()
