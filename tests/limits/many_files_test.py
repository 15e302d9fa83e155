"""65,535 input files, as many as the store's column of files can tell apart: each trip knows its own. One more is refused
before any work."""
import json
import os

import h5py
import numpy

import stored
from program import PipelineTest, run_tests

MOST = 65_535
PATIENCE_S = 200  # a busy disk opens a thousand files a second


class ManyFiles(PipelineTest):
    @classmethod
    def setUpClass(cls):
        """Each file has one trip, whose place tells the file's number; each seventh a bad row, and a second trip."""
        super().setUpClass()
        os.mkdir(cls.folder + "/in")
        for number in range(MOST):
            row = f"4/1/2014 0:11:00,{cls.lat(number) / 1e7:.7f},-73.9549,B02512\n"
            with open(f"{cls.folder}/in/{number:05d}.csv", "w", encoding="ascii") as file:
                file.write("Date/Time,Lat,Lon,Base\n" + row + ("nonsense\n" + row if number % 7 == 0 else ""))

    @staticmethod
    def lat(number):
        return 405_000_000 + 7 * number

    def check(self, ranks):
        self.program.must("ingest", "in", "--store", "t.h5", "--overwrite", "--ledger", "l.json", ranks=ranks, threads=1,
                          patience=PATIENCE_S)
        columns = stored.by_file_and_line(stored.read_columns(self.path("t.h5")))
        numbers = numpy.sort(numpy.concatenate([numpy.arange(MOST), numpy.arange(0, MOST, 7)]))
        self.assertTrue((columns["file"] == numbers).all(), "the files of trips")
        self.assertTrue((columns["pickup_lat"] == self.lat(numbers)).all(), "another file's trip")
        second = numpy.concatenate([[False], numbers[1:] == numbers[:-1]])
        self.assertTrue((columns["line"] == numpy.where(second, 4, 2)).all(), "lines")
        with h5py.File(self.path("t.h5")) as file:
            names = file["files/name"][()].astype(str).tolist()
        self.assertEqual(names, [f"{number:05d}.csv" for number in range(MOST)])
        with open(self.path("l.json"), encoding="utf-8") as file:
            ledger = json.load(file)
        self.assertEqual([file["name"] for file in ledger["files"]], names)
        sevenths = -(-MOST // 7)
        self.assertEqual((ledger["total"]["kept"], ledger["total"]["rejected"]["malformed"]), (MOST + sevenths, sevenths))

    def test_as_many_as_there_can_be(self):
        for ranks in (None, 3):
            with self.subTest(ranks=ranks):
                self.check(ranks)
        at = f"-73.9549,{self.lat(MOST - 1) / 1e7:.7f}"
        found = self.program.must("nearest", "t.h5", "--at", at, "--k", 1, "--format", "json").out
        self.assertEqual(json.loads(found)["rides"][0]["file"], f"{MOST - 1:05d}.csv")

    def test_one_more(self):
        for ranks in (None, 2):
            done = self.program.run("ingest", "in", "in/00000.csv", "--store", "new.h5", ranks=ranks)
            self.assertEqual((done.code, len(done.messages)), (1, 1), done)
            self.assertIn("65536 input files are too many (at most 65535 fit a store)", done.messages[0])
            self.assertFalse([name for name in os.listdir(self.folder) if name.startswith("new.h5")])


if __name__ == "__main__":
    run_tests()
