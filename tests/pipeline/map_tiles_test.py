"""`tiles` against a renderer of its own: the store read by h5py, the Web Mercator formula of every book in numpy."""
import filecmp
import json
import os

import numpy

import stored
from oracle_rows import SOURCES, UNKNOWN
from png_tile import read_tile
from program import run_tests
from refusals import Refusals

AT_EDGE = 1e-6  # of a pixel: there the formula may be rounded to either side


def tiles_in(folder):
    """(zoom, x, y) -> path of every tile of a pyramid."""
    found = {}
    for here, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".png"):
                zoom, x = here.split(os.sep)[-2:]
                found[int(zoom), int(x), int(name[:-4])] = os.path.join(here, name)
    return found


def same_tree(one, other):
    """Whether two folders hold the same files with the same bytes."""
    names = [sorted(os.path.relpath(os.path.join(here, name), folder) for here, _, files in os.walk(folder)
                    for name in files) for folder in (one, other)]
    return names[0] == names[1] and all(filecmp.cmp(os.path.join(one, name), os.path.join(other, name), shallow=False)
                                        for name in names[0])


class Map:
    """What some trips put into the pixels of a zoom. `sure` is false for pixels that a trip at an edge may be in."""

    def __init__(self, lon, lat, values, level):
        side = 2.0 ** level
        x = (lon / 1e7 + 180) / 360 * side
        y = (1 - numpy.arcsinh(numpy.tan(numpy.radians(lat / 1e7))) / numpy.pi) / 2 * side
        at_edge = (abs(x - numpy.round(x)) < AT_EDGE) | (abs(y - numpy.round(y)) < AT_EDGE)
        self.counts, self.sums, self.unsure = {}, {}, set()
        for column, row, value in zip(numpy.floor(x).astype(int), numpy.floor(y).astype(int), values):
            self.counts[column, row] = self.counts.get((column, row), 0) + 1
            self.sums[column, row] = self.sums.get((column, row), 0) + int(value)
        for i in numpy.flatnonzero(at_edge):
            self.unsure |= {(int(x[i]) + dx, int(y[i]) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}


class MapTiles(Refusals):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, (source, layout) in enumerate([("yellow", "2014"), ("green", "2015"), ("uber", "2014")]):
            cls.program.generate(f"{source}.csv", "--format", source, "--layout", layout, "--trips", 4000, "--seed",
                                 number, "--dirty", 0.1)
        cls.program.must("ingest", "yellow.csv", "green.csv", "uber.csv", "--store", "t.h5", "--tile-trips", 50)
        cls.trips = stored.read_columns(os.path.join(cls.folder, "t.h5"))

    def draw(self, name, *options, **how):
        done = self.program.must("tiles", "t.h5", "--output", name, *options, **how)
        return tiles_in(self.path(name)), done

    def render(self, keep, on, level, measure):
        """The oracle's map."""
        lon, lat = self.trips[on + "_lon"].astype(float), self.trips[on + "_lat"].astype(float)
        keep = keep & (lon != UNKNOWN) & (abs(lat) < 85.05 * 1e7)
        values = numpy.zeros(len(lon))
        if measure != "trips":
            values = self.trips[measure.split(":")[1]]
            keep = keep & (values != UNKNOWN)
        return Map(lon[keep], lat[keep], values[keep], level)

    def check(self, tiles, keep, zooms, on="pickup", size=256, measure="trips"):
        """Every tile of these zooms shows what the oracle sees."""
        lit = 0
        for zoom in zooms:
            wanted = self.render(keep, on, zoom + {256: 8, 512: 9}[size], measure)
            colors = {}
            for (z, x, y), path in tiles.items():
                if z != zoom:
                    continue
                with open(path, "rb") as file:
                    pixels, palette, alpha = read_tile(file.read())
                self.assertEqual(pixels.shape, (size, size))
                self.assertEqual(alpha[0], 0)
                self.assertEqual(set(alpha[1:]), {255})
                for row, column in zip(*numpy.nonzero(pixels)):
                    colors[x * size + column, y * size + row] = int(pixels[row, column])
                self.assertTrue(pixels.any(), f"{path} shows nothing")
            differ = (set(colors) ^ set(wanted.counts)) - wanted.unsure
            self.assertFalse(differ, f"zoom {zoom}: lit in one picture only")
            self.check_colors(zoom, colors, wanted, measure)
            lit += len(colors)
        self.assertGreater(lit, 500, "too little to compare")

    def check_colors(self, zoom, colors, wanted, measure):
        """The same value has the same colour on all tiles of a zoom, and a greater one is never darker."""
        by_value = {}
        for pixel, color in colors.items():
            if pixel in wanted.unsure:
                continue
            value = {"trips": wanted.counts[pixel], "sum": wanted.sums[pixel],
                     "mean": wanted.sums[pixel] / wanted.counts[pixel]}[measure.split(":")[0]]
            by_value.setdefault(value, set()).add(color)
        for value, found in by_value.items():
            self.assertEqual(len(found), 1, f"zoom {zoom}: {value} has several colours")
        ascending = [min(by_value[value]) for value in sorted(by_value)]
        self.assertEqual(ascending, sorted(ascending), f"zoom {zoom}")
        self.assertGreater(len(set(ascending)), 3, f"zoom {zoom}: all of one colour")

    def everything(self):
        return numpy.ones(len(self.trips["line"]), dtype=bool)

    def test_all_trips(self):
        tiles, done = self.draw("all", "--zoom", "6-13")
        self.assertEqual({zoom for zoom, _, _ in tiles}, set(range(6, 14)))
        self.check(tiles, self.everything(), range(6, 14))
        for zoom in range(6, 14):
            some = [path for (z, _, _), path in tiles.items() if z == zoom]
            line = f"{zoom} {len(some):,} {sum(map(os.path.getsize, some)):,}"
            self.assertIn(line, [" ".join(shown.split()) for shown in done.out.splitlines()])

    def test_filters(self):
        when = self.trips["pickup_time"].astype(numpy.int64)
        cut = int(numpy.median(when)) // 60 * 60
        at = numpy.datetime64(cut, "s").astype(str)
        source = self.trips["source"]
        box = ((self.trips["pickup_lon"] >= -740200000) & (self.trips["pickup_lon"] <= -739300000) &
               (self.trips["pickup_lat"] >= 407000000) & (self.trips["pickup_lat"] <= 408000000))
        for name, options, keep, how in [
                ("early", ["--to", at], when < cut, {}),
                ("late", ["--from", at], when >= cut, {}),
                ("green", ["--source", "green,yellow"],
                 (source == SOURCES["green"]) | (source == SOURCES["yellow"]), {}),
                ("box", ["--box", "-74.02,40.70,-73.93,40.80"], box, {}),
                ("dropoff", ["--on", "dropoff"], self.everything(), {"on": "dropoff"}),
                ("large", ["--size", "512"], self.everything(), {"size": 512}),
                ("mean", ["--measure", "mean:fare"], self.everything(), {"measure": "mean:fare"}),
                ("sum", ["--measure", "sum:tip", "--on", "dropoff"], self.everything(),
                 {"measure": "sum:tip", "on": "dropoff"})]:
            with self.subTest(name):
                tiles, _ = self.draw(name, "--zoom", "9-12", *options)
                self.check(tiles, keep, range(9, 13), **how)

    def test_large_tiles_are_four_small_ones(self):
        large, _ = self.draw("four-large", "--zoom", "11", "--size", "512")
        small, _ = self.draw("four-small", "--zoom", "12")
        joined = {}
        for (_, x, y), path in small.items():
            whole = joined.setdefault((x // 2, y // 2), numpy.zeros((512, 512), dtype=numpy.uint8))
            with open(path, "rb") as file:
                whole[y % 2 * 256:y % 2 * 256 + 256, x % 2 * 256:x % 2 * 256 + 256] = read_tile(file.read())[0]
        self.assertEqual({(x, y) for _, x, y in large}, set(joined))
        for (_, x, y), path in large.items():
            with open(path, "rb") as file:
                self.assertTrue((read_tile(file.read())[0] == joined[x, y]).all(), path)

    def test_same_bytes(self):
        options = ["--zoom", "0-14", "--on", "dropoff"]
        self.draw("one", *options, threads=1)
        for ranks in (1, 2, 3, 4):
            for threads in (1, 2, 3):
                with self.subTest(ranks=ranks, threads=threads):
                    self.draw("other", *options, "--overwrite", ranks=ranks, threads=threads)
                    self.assertTrue(same_tree(self.path("one"), self.path("other")))

    def test_tilejson(self):
        self.draw("json", "--zoom", "9-10", "--size", "512", "--url", "http://localhost/{z}/{x}/{y}.png")
        with open(self.path("json/tilejson.json"), encoding="utf-8") as file:
            told = json.load(file)
        self.assertEqual((told["tilejson"], told["scheme"], told["format"]), ("3.0.0", "xyz", "png"))
        self.assertEqual((told["minzoom"], told["maxzoom"], told["tileSize"]), (9, 10, 512))
        self.assertEqual(told["tiles"], ["http://localhost/{z}/{x}/{y}.png"])
        lon, lat = self.trips["pickup_lon"] / 1e7, self.trips["pickup_lat"] / 1e7
        numpy.testing.assert_allclose(told["bounds"], [lon.min(), lat.min(), lon.max(), lat.max()], atol=1e-9)
        self.assertTrue(lon.min() <= told["center"][0] <= lon.max() and lat.min() <= told["center"][1] <= lat.max())

    def test_nothing_matches(self):
        tiles, done = self.draw("nothing", "--zoom", "3-5", "--from", "2031-01-01", ranks=2)
        self.assertFalse(tiles)
        self.assertEqual([line.split() for line in done.out.splitlines()][-1], ["all", "0", "0"])
        self.assertEqual(os.listdir(self.path("nothing")), ["tilejson.json"])

    def test_a_folder_is_replaced_as_a_whole_and_only_if_it_is_one_of_tiles(self):
        self.draw("again/", "--zoom", "9-10")
        self.check_refusal(["tiles", "t.h5", "--output", "again", "--zoom", "12"], 1, "again", "--overwrite")
        tiles, _ = self.draw("again", "--zoom", "12", "--overwrite", ranks=2)
        self.assertEqual({zoom for zoom, _, _ in tiles}, {12})
        os.makedirs(self.path("mine/9"))
        self.write("mine/letter.txt", b"dear")
        for options in ([], ["--overwrite"]):
            self.check_refusal(["tiles", "t.h5", "--output", "mine", "--zoom", "12", *options], 1, "mine")
            self.assertEqual(sorted(os.listdir(self.path("mine"))), ["9", "letter.txt"])
        os.mkdir(self.path("empty"))
        self.draw("empty", "--zoom", "8")
        # What a run that was killed has left does not matter; what somebody else keeps there does.
        os.makedirs(self.path("killed.partial/9/1"))
        self.write("killed.partial/tilejson.json", b"{}")
        self.write("killed.partial/9/1/1.png", b"half")
        tiles, _ = self.draw("killed", "--zoom", "8")
        self.assertFalse([key for key in tiles if key[0] == 9])
        self.assertFalse(os.path.exists(self.path("killed.partial")))

    def test_refusals(self):
        self.write("file", b"x")
        for arguments, code, parts in [
                (["--output", "new"], 2, ["zoom"]),
                (["--zoom", "9"], 2, ["output"]),
                (["--output", "-", "--zoom", "9"], 2, ["folder"]),
                (["--output", "new", "--zoom", "9-21"], 2, ["--zoom", "9-21", "20"]),
                (["--output", "new", "--zoom", "10-9"], 2, ["10-9", "FIRST-LAST"]),
                (["--output", "new", "--zoom", "9-"], 2, ["9-"]),
                (["--output", "new", "--zoom", "9..11"], 2, ["9..11"]),
                (["--output", "new", "--zoom", "-1"], 2, ["-1"]),
                (["--output", "new", "--zoom", "9", "--size", "300"], 2, ["--size", "300", "512"]),
                (["--output", "new", "--zoom", "9", "--measure", "max:fare"], 2, ["max:fare", "mean:FIELD"]),
                (["--output", "new", "--zoom", "9", "--most-tiles", "0"], 2, ["--most-tiles"]),
                (["--output", "new", "--zoom", "9-20", "--most-tiles", "100"], 2, ["--zoom 9-13 makes 93", "--most-tiles"]),
                (["--output", "file", "--zoom", "9"], 1, ["file", "no folder"]),
                (["--output", "n" * 250, "--zoom", "9"], 1, ["too long", "another folder"]),
                (["--output", "absent/new", "--zoom", "9"], 1, ["mkdir -p"])]:
            with self.subTest(arguments):
                self.check_everywhere(["tiles", "t.h5", *arguments], code, *parts)
                self.assertFalse(os.path.exists(self.path("new")))


if __name__ == "__main__":
    run_tests()
