"""A store of five billion trips: rows, offsets and counts beyond 32 bits, through every command. What is asked is about
the trips behind 4.5 billion others, and has the answers of the small store that holds these alone."""
import json
import os

import made_up_store
from program import PipelineTest, run_tests

BOX = ["--box", "-74.05,40.6,-73.7,40.9"]
WINDOW = ["--from", "2014-04-02", "--to", "2014-04-20T12:00"]
QUESTIONS = [
    ["range", "--limit", "0", *BOX, *WINDOW],
    ["range", "--count", *BOX],
    ["range", "--limit", "7", "--format", "json", *WINDOW, "--source", "green"],
    ["nearest", "--at", "-73.9857,40.7484", "--k", "50", *BOX],
    ["nearest", "--at", "-73.9857,40.7484", "--k", "20", "--on", "dropoff", *WINDOW],
    ["aggregate", "--by", "source,hour", "--measure", "trips,mean:fare,p90:duration", *BOX],
    ["aggregate", "--by", "day,dropoff_tile:12", "--measure", "trips,sum:total", *WINDOW],
    ["replay", "--speed", "0", "--every", "1d", "--from", "2014-04-01"],
]


class FiveBillion(PipelineTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        paths = [cls.program.generate(f"{source}.csv", "--format", source, "--trips", 3000) for source in ("green", "uber")]
        cls.program.must("ingest", *paths, "--store", "small.h5", "--tile-trips", 100)
        try:
            made_up_store.enlarge(cls.folder + "/small.h5", cls.folder + "/large.h5")
        except OSError as failure:
            cls.skipTest(cls, f"SKIP: no file of 275 GB, be it of holes, can be here: {failure}")

    def test_it_takes_no_place(self):
        status = os.stat(self.path("large.h5"))
        self.assertGreater(status.st_size, 250 * 10**9)
        self.assertLess(512 * status.st_blocks, 50 * 10**6)

    def test_questions(self):
        for command, *words in QUESTIONS:
            wanted = self.program.must(command, "small.h5", *words).out
            self.assertGreater(len(wanted.splitlines()[-1]), 1)
            for ranks, threads in ((None, 2), (3, 1)):
                with self.subTest(command=command, words=words, ranks=ranks):
                    found = self.program.must(command, "large.h5", *words, ranks=ranks, threads=threads).out
                    self.assertTrue(found == wanted, found[:2000])

    def test_pictures(self):
        for store in ("small", "large"):
            self.program.must("heatmap", f"{store}.h5", "--output", f"{store}.png", "--width", 300, *BOX, ranks=2)
        with open(self.path("small.png"), "rb") as small, open(self.path("large.png"), "rb") as large:
            self.assertTrue(small.read() == large.read())

    def test_info_and_plan(self):
        """A thousand ranks: the two holes are a rank's each, or shared with a few trips at their end."""
        for ranks in (None, 2):
            told = json.loads(self.program.must("info", "large.h5", "--json", "--plan", "1000", ranks=ranks).out)
            self.assertEqual((told["trips"], told["largest_tile"]), (made_up_store.TRIPS, made_up_store.BEFORE))
            shares = told["plan"]["trips_per_rank"]
            self.assertEqual((len(shares), sum(shares)), (1000, made_up_store.TRIPS))
            self.assertEqual(max(shares), made_up_store.BEFORE)
            self.assertEqual(told["plan"]["max_over_mean"], 900)
        self.assertIn("5,000,000,000", self.program.must("info", "large.h5").out)

    def test_a_rank_that_would_have_too_many(self):
        """Refused before anything is read: one rank numbers 4,294,967,295 rows."""
        for words in (["range", "large.h5"], ["aggregate", "large.h5", "--by", "hour"],
                      ["answer", "large.h5", "--requests", "/dev/null"],
                      ["serve", "large.h5", "--listen", "127.0.0.1:0"], ["info", "large.h5", "--plan", "1,2"]):
            for ranks in (None, 2):
                with self.subTest(words=words, ranks=ranks):
                    done = self.program.run(*words, ranks=ranks, threads=1)
                    self.assertEqual((done.code, len(done.messages)), (1, 1), done)
                    self.assertIn("trips are too many for one rank (it numbers 4294967295 at most); start more ranks",
                                  done.messages[0])


if __name__ == "__main__":
    run_tests()
