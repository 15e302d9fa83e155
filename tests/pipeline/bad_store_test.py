"""Stores that are missing, foreign, newer, cut short or damaged, and places where a store cannot be written: one clear
message, nothing left behind, an old store untouched. Those that somebody made up are in hostile_store_test.py."""
import json
import os
import shutil
import subprocess

import h5py
import numpy

from program import run_tests
from refusals import HEADER, ROW, Refusals
from stored import reseal

QUESTIONS = {"info": (), "aggregate": ("--by", "source"), "range": ("--limit", "0"),
             "nearest": ("--at", "-73.98,40.75", "--k", "100000"), "heatmap": ("--output", "p.png"),
             "tiles": ("--output", "map", "--zoom", "9-11")}


class BadStores(Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.generate("y.csv", "--trips", 2000)
        cls.program.must("ingest", "y.csv", "--store", "good.h5", "--tile-trips", 100)
        with open(cls.folder + "/good.h5", "rb") as file:
            cls.good = file.read()

    def refuse_store(self, name, *parts, commands=tuple(QUESTIONS)):
        for command in commands:
            with self.subTest(name, command=command):
                arguments = [command, name, *QUESTIONS[command]]
                if command == "aggregate":
                    self.check_everywhere(arguments, 1, name, *parts)
                else:
                    self.check_refusal(arguments, 1, name, *parts)

    def alter(self, name, change, sealed=True, sums=True):
        """A copy of the good store with something changed in it, and checksums that fit that, unless told otherwise."""
        shutil.copy(self.path("good.h5"), self.path(name))
        with h5py.File(self.path(name), "r+") as file:
            change(file)
        if sealed:
            reseal(self.path(name), sums)
        return name

    def test_no_store(self):
        self.refuse_store("absent.h5", "no such store")
        os.makedirs(self.path("folder.h5"), exist_ok=True)
        self.refuse_store("folder.h5")
        self.refuse_store("y.csv", "not a Tessera store")
        self.refuse_store(self.write("zero.h5", b""), "not a Tessera store")

    def test_foreign_and_newer(self):
        with h5py.File(self.path("foreign.h5"), "w") as file:
            file["x"] = [1, 2, 3]
        self.refuse_store("foreign.h5", "not a Tessera store")
        self.refuse_store(self.alter("newer.h5", lambda f: f.attrs.modify("format_version", numpy.uint32(3))),
                          "version 3", "reads up to 2")

        def odd_format(file):
            file.attrs["format"] = 7
        self.check_everywhere(["info", self.alter("number.h5", odd_format)], 1, "number.h5")

    def test_cut_short(self):
        """Whatever length is left of it, down to the last byte."""
        size = len(self.good)
        for number, length in enumerate([1, 8, 9, 95, 96, 512, 2048, *range(size // 5, size, size // 5), size - 1]):
            name = self.write("cut.h5", self.good[:length])
            with self.subTest(length):
                self.check_refusal([("info", "range")[number % 2], name], 1, name, ranks=3 if number % 4 == 1 else None)

    def test_parts_missing_or_of_other_lengths(self):
        def remove(path):
            return lambda file: file.__delitem__(path)

        def shorten(path):
            def change(file):
                values = file[path][:-1]
                del file[path]
                file[path] = values
            return change
        for number, path in enumerate(["tiles", "trips/fare", "files/name", "ledger/kept"]):
            self.refuse_store(self.alter(f"without{number}.h5", remove(path), sums=False), "damaged", commands=["range"])
        for number, path in enumerate(["tiles/first_trip", "trips/line", "tiles/pickup_box", "ledger/lines"]):
            self.refuse_store(self.alter(f"shorter{number}.h5", shorten(path), sums=False), "damaged",
                              commands=["range"])

    def test_changed_by_somebody(self):
        """A store that h5py has written into is not what was written, whatever was changed; nor is one without a seal."""
        def change(file):
            file["trips/fare"][7] += 1

        def change_table(file):
            file["ledger/kept"][0] += 1
        name = self.alter("changed.h5", change_table, sealed=False)
        self.refuse_store(name, "damaged", "ingest it again", commands=["info", "aggregate"])
        # Where the seal fits, the column's own checksum tells; but a question that does not read it is answered.
        name = self.alter("fare.h5", change, sums=False)
        self.assertEqual(self.program.must("aggregate", name, "--by", "source").out,
                         self.program.must("aggregate", "good.h5", "--by", "source").out)
        self.check_everywhere(["aggregate", name, "--by", "source", "--measure", "sum:fare"], 1, name, "'/trips/fare'")
        self.check_everywhere(["aggregate", name, "--by", "source", "--verify"], 1, name, "'/trips/fare'")
        with open(self.path("unsealed.h5"), "wb") as file:
            file.write(self.good[512:])
        self.refuse_store("unsealed.h5", "not a Tessera store", commands=["info", "range"])

    def test_stores_of_format_1(self):
        """Those had no checksums: they are read as ever, and one is told."""
        folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "format_1")
        shutil.copy(os.path.join(folder, "y.csv"), self.path("old.csv"))
        self.program.must("ingest", "old.csv", "--store", "anew.h5", "--tile-trips", 10)
        for name in ("y.h5", "y_deflate.h5"):
            shutil.copy(os.path.join(folder, name), self.path("old.h5"))
            for ranks in (None, 3):
                for command, options in (("aggregate", ("--by", "payment", "--measure", "sum:fare,p90:duration")),
                                         ("nearest", ("--at", "-73.98,40.75")), ("range", ("--limit", "0"))):
                    with self.subTest(name, command=command, ranks=ranks):
                        answer = self.program.must(command, "old.h5", *options, ranks=ranks).out
                        self.assertEqual(answer.replace("y.csv", "old.csv"),
                                         self.program.must(command, "anew.h5", *options).out)
            self.assertRegex(self.program.must("info", "old.h5").out, "check +none: stores of format 1 have no checksums")
            self.check_everywhere(["info", "old.h5", "--verify"], 1, "old.h5", "without checksums", "ingest it again")
        # Its length is not its own any more: neither version takes it.
        with open(os.path.join(folder, "y.h5"), "rb") as file:
            old = file.read()
        for data in (old[:-1], b"\0" * 512 + old):
            self.check_refusal(["range", self.write("old.h5", data)], 1, "old.h5")

    def test_info_verify(self):
        """All is looked at; what is damaged is listed, and the exit code tells."""
        done = self.program.must("info", "good.h5", "--verify")
        self.assertIn("all is as it was written", done.out)
        damaged = bytearray(self.good)
        with h5py.File(self.path("good.h5"), "r") as file:
            first = file["tiles/first_trip"][()]
            for name, row in (("tip", 0), ("line", 1999), ("line", 1998)):
                damaged[file["trips"][name].id.get_offset() + 4 * row] ^= 1
        self.write("damaged.h5", damaged)
        wanted = [{"data_set": "/trips/tip", "first_row": 0, "rows": int(first[1])},
                  {"data_set": "/trips/line", "first_row": int(first[-2]), "rows": int(first[-1] - first[-2])}]
        for ranks in (None, 3):
            done = self.program.run("info", "damaged.h5", "--verify", "--json", ranks=ranks)
            self.assertEqual((done.code, len(done.messages)), (1, 1), done)
            self.assertEqual(json.loads(done.out)["check"]["damaged"], wanted)
            text = self.program.run("info", "damaged.h5", "--verify", ranks=ranks)
            self.assertEqual(text.code, 1, text)
            self.assertRegex(text.out, r"(?m)^/trips/tip +0 +" + str(int(first[1]) - 1) + "$")

    def test_random_bytes_never_crash(self):
        """Many bytes at once; tests/damage does this thousands of times."""
        chance = numpy.random.default_rng(5)
        for number in range(12):
            data = bytearray(self.good)
            for at in chance.integers(0, min(len(data), 9000) if number % 2 else len(data), 40):
                data[at] = chance.integers(256)
            self.write("noise.h5", data)
            done = self.program.run("range", "noise.h5", "--limit", 0, patience=20)
            self.assertIn(done.code, (0, 1), f"damage {number}: {done}")


class PlacesForAStore(Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(cls.folder + "/u.csv", "wb") as file:
            file.write(HEADER + ROW * 9)
        cls.program.generate("y.csv", "--trips", 20_000)

    def test_no_place(self):
        self.check_everywhere(["ingest", "u.csv", "--store", "absent/new.h5"], 1, "absent", "mkdir")
        os.makedirs(self.path("folder.h5"), exist_ok=True)
        self.check_everywhere(["ingest", "u.csv", "--store", "folder.h5", "--overwrite"], 1, "folder.h5", "folder")
        self.check_everywhere(["ingest", "u.csv", "--store", "u.csv/new.h5"], 1, "u.csv/new.h5")
        for command, words in (("range", ["--output", "absent/a.csv"]), ("heatmap", ["--output", "folder.h5"])):
            self.program.must("ingest", "u.csv", "--store", "u.h5", "--overwrite")
            self.check_everywhere([command, "u.h5", *words], 1, words[1])
        self.check_everywhere(["generate", "trips", "--output", "absent/a.csv"], 1, "absent/a.csv")

    def test_an_old_store_stays(self):
        self.program.must("ingest", "u.csv", "--store", "old.h5", "--overwrite")
        with open(self.path("old.h5"), "rb") as file:
            before = file.read()
        self.write("cut.csv.gz", b"\x1f\x8b\x08\x00")
        self.check_everywhere(["ingest", "u.csv", "--store", "old.h5"], 1, "old.h5", "--overwrite")
        self.check_everywhere(["ingest", "cut.csv.gz", "--store", "old.h5", "--overwrite"], 1, "cut.csv.gz")
        with open(self.path("old.h5"), "rb") as file:
            self.assertEqual(file.read(), before)

    def test_a_ledger_that_cannot_be_written(self):
        """It is told before the work, or the store is not left there."""
        for option in ("--ledger", "--rejects"):
            with self.subTest(option):
                self.check_everywhere(["ingest", "u.csv", "--store", "new.h5", option, "absent/x"], 1, "absent/x")
            if os.path.exists(self.path("new.h5")):
                os.remove(self.path("new.h5"))

    def test_outputs_that_would_destroy_their_input(self):
        """Two names for one file in one command: refused before anything is written."""
        self.program.must("ingest", "u.csv", "--store", "same.h5", "--overwrite")
        for words in (["ingest", "u.csv", "--store", "u.csv", "--overwrite"],
                      ["ingest", "u.csv", "--store", "new.h5", "--rejects", "./u.csv"],
                      ["ingest", "u.csv", "--store", "new.h5", "--ledger", "u.csv"],
                      ["ingest", "u.csv", "--store", "new.h5", "--ledger", "new.h5"],
                      ["ingest", "u.csv", "--store", "new.h5", "--ledger", "x", "--rejects", "x"],
                      ["aggregate", "same.h5", "--by", "hour", "--output", "same.h5"]):
            with self.subTest(words):
                kept = {name: open(self.path(name), "rb").read() for name in ("u.csv", "same.h5")}
                try:
                    done = self.program.run(*words)
                    self.assertIn(done.code, (1, 2), done)
                    for name, data in kept.items():
                        self.assertEqual(open(self.path(name), "rb").read(), data, name)
                finally:
                    for name, data in kept.items():
                        self.write(name, data)
                    if os.path.exists(self.path("new.h5")):
                        os.remove(self.path("new.h5"))

    def test_full_disk(self):
        """A store that does not fit, on one rank and on three; the folder is a small disk in memory."""
        disk = self.path("disk")
        os.makedirs(disk)
        for kib in (64, 300, 900):
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", disk],
                                     capture_output=True)
            if mounted.returncode != 0:
                self.skipTest("SKIPPED: may not mount a small disk here")
            try:
                # How large a compressed store gets nobody knows beforehand: that one fails in the middle.
                ways = [(ranks, how) for ranks in (None, 3) for how in ("none", "deflate") if how == "none" or kib < 900]
                for ranks, how in ways:
                    with self.subTest(kib=kib, ranks=ranks, compress=how):
                        done = self.program.run("ingest", "y.csv", "--store", "disk/new.h5", "--compress", how,
                                                ranks=ranks, patience=10)
                        left = os.listdir(disk)
                        for name in left:
                            os.remove(os.path.join(disk, name))
                        self.assertFalse(done.hung, f"hangs:\n{done}")
                        self.assertEqual((done.code, len(done.messages)), (1, 1), done)
                        self.assertRegex(done.messages[0], "free space|disk full")
                        self.assertIn("disk/new.h5", done.messages[0])
                        self.assertNotIn("Signal:", done.err)
                        self.assertEqual(left, [])
            finally:
                subprocess.run(["umount", "-l", disk], check=True)

    def test_closed_pipe(self):
        """A reader that has read enough ends the program, without a trace."""
        self.program.must("ingest", "y.csv", "--store", "y.h5", "--overwrite")
        for words in (["range", "y.h5", "--limit", "0"], ["generate", "trips", "--trips", "100000"]):
            reading, writing = os.pipe()
            os.close(reading)
            done = self.program.run(*words, stdout=writing, patience=10)
            os.close(writing)
            self.assertIn(done.code, (0, 1), done)
            self.assertLessEqual(len(done.err.splitlines()), 1, done)


if __name__ == "__main__":
    run_tests()
