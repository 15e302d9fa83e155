"""Map tiles of `serve` are those of `tiles`, to the byte, in whatever order they are asked for and at any rank count: a
colour means the same wherever one looks."""
import os
import random
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "pipeline"), os.path.join(HERE, "..", "browser")]

from png_tile import read_tile  # noqa: E402
from program import PipelineTest, run_tests  # noqa: E402
from serving import Server  # noqa: E402
from wire import Wire  # noqa: E402

MOST_TILES = 60  # of each map
MAPS = [{}, {"from": "2014-04-03T00:00", "to": "2014-04-20T12:30"}, {"on": "dropoff"}, {"source": "green,uber"},
        {"measure": "mean:fare"}, {"measure": "sum:tip", "on": "dropoff", "size": "512"}, {"size": "512"}]
SEED = int(os.environ.get("TESSERA_TEST_SEED", "20140401"))


class MapsOfOneRank(PipelineTest):
    ranks = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, (source, layout) in enumerate([("yellow", "2014"), ("green", "2015"), ("uber", "2014")]):
            cls.program.generate(f"{source}.csv", "--format", source, "--layout", layout, "--trips", 9000, "--seed",
                                 number)
        cls.program.must("ingest", "yellow.csv", "green.csv", "uber.csv", "--store", "t.h5", "--tile-trips", 100)
        cls.server = Server(cls.program, os.path.join(cls.folder, "t.h5"), ranks=cls.ranks)
        cls.addClassCleanup(cls.server.kill)

    def pyramid(self, words):
        """z/x/y -> the bytes that `tiles` writes."""
        options = [part for name, value in words.items() for part in (f"--{name}", value)]
        self.program.must("tiles", "t.h5", "--output", "map", "--zoom", "8-13", "--overwrite", *options)
        found = {}
        for here, _, names in os.walk(self.path("map")):
            for name in names:
                if name.endswith(".png"):
                    place = os.path.relpath(os.path.join(here, name), self.path("map"))[:-len(".png")]
                    with open(os.path.join(here, name), "rb") as file:
                        found[place] = file.read()
        return found

    def ask(self, place, words, headers=()):
        status, got, body = Wire(self.server.port).ask(f"/tiles/{place}.png?{urllib.parse.urlencode(words)}",
                                                       headers=headers)
        return status, got, body

    def test_the_same_bytes(self):
        chance = random.Random(SEED)
        for words in MAPS:
            with self.subTest(words):
                written = self.pyramid(words)
                self.assertGreater(len(written), 20)
                for place in chance.sample(sorted(written), min(MOST_TILES, len(written))):
                    status, got, body = self.ask(place, words)
                    self.assertEqual((status, got["content-type"]), (200, "image/png"))
                    self.assertTrue(body == written[place], f"{place} of {words} is another picture")

    def test_where_nothing_is(self):
        """A tile that `tiles` did not write is transparent as a whole."""
        written = self.pyramid({})
        around = {f"{z}/{int(x) + dx}/{int(y) + dy}" for z, x, y in (place.split("/") for place in written)
                  for dx in (-1, 0, 1) for dy in (-1, 0, 1)} - set(written)
        for place in sorted(around)[:MOST_TILES] + ["20/0/0", "13/0/8191"]:
            for size in ("256", "512"):
                status, _, body = self.ask(place, {"size": size})
                self.assertEqual(status, 200)
                pixels, _, alpha = read_tile(body)
                self.assertEqual(pixels.shape, (int(size), int(size)))
                self.assertFalse(pixels.any(), f"{place} shows something")
                self.assertEqual(alpha[0], 0)
                self.assertLess(len(body), 2000)

    def test_tags(self):
        """A tag means one picture: known without drawing it, and another one for each question."""
        place = sorted(self.pyramid({}))[0]
        tags = set()
        for words in MAPS:
            _, got, _ = self.ask(place, words)
            tags.add(got["etag"])
            status, again, body = self.ask(place, words, headers=[f"If-None-Match: {got['etag']}"])
            self.assertEqual((status, again["etag"], body), (304, got["etag"], b""))
        self.assertEqual(len(tags), len(MAPS))
        status, _, body = self.ask(place, {}, headers=['If-None-Match: "of-another-store"'])
        self.assertEqual(status, 200)
        self.assertTrue(body)


class MapsOfThreeRanks(MapsOfOneRank):
    ranks = 3


if __name__ == "__main__":
    run_tests()
