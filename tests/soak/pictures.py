"""What is drawn and played: windows of a replay, pixels of map tiles, and a heat map that is the same everywhere."""
import json
import shutil

import numpy

from check_answers import demand
from map_tiles_test import Map, tiles_in
from oracle_rows import UNKNOWN
from oracle_windows import Recording
from png_tile import read_tile

MOST_WINDOWS = 400
LONGEST_DAYS = 31


def check_replay(a_round):
    """How many questions were asked."""
    times = a_round.columns["pickup_time"]
    if len(times) == 0:
        return 0
    days = (int(times.max()) - int(times.min())) // 86_400 + 1
    every = 86_400 * min(LONGEST_DAYS, -(-days // MOST_WINDOWS))
    out = a_round.program.must("replay", "t.h5", "--speed", 0, "--every", every, **a_round.way()).out
    found = [json.loads(line) for line in out.splitlines()]
    wanted = Recording(a_round.path("t.h5")).windows(every)
    for number, (one, other) in enumerate(zip(found, wanted)):
        demand(one == other, "window", number, one, "wanted", other)
    demand(len(found) == len(wanted), len(found), "windows, wanted", len(wanted))
    return 1


def check_same_picture(a_round):
    on, scale = a_round.chance.choice(["pickup", "dropoff"]), a_round.chance.choice(["eq", "log", "linear"])
    pictures = []
    for _ in range(2):
        done = a_round.program.run("heatmap", "t.h5", "--output", "p.png", "--width", 200, "--on", on, "--scale", scale,
                                   **a_round.way())
        if done.code == 0:
            with open(a_round.path("p.png"), "rb") as file:
                pictures.append(file.read())
        else:
            demand(done.code == 1 and len(done.messages) == 1, done)
            pictures.append(done.messages[0])
    demand(pictures[0] == pictures[1], "heat maps differ from way to way", on, scale)
    return 2


def check_tiles(a_round):
    """Pixels that are lit, and no others, where the formula of Web Mercator is sure."""
    on, zoom = a_round.chance.choice(["pickup", "dropoff"]), a_round.chance.randint(0, 9)
    a_round.program.must("tiles", "t.h5", "--output", "map", "--zoom", zoom, "--on", on, **a_round.way())
    lons, lats = (a_round.columns[f"{on}_{axis}"].astype(float) for axis in ("lon", "lat"))
    keep = (lons != UNKNOWN) & (abs(lats) < 85.05 * 1e7)
    wanted, lit = Map(lons[keep], lats[keep], numpy.zeros(int(keep.sum())), zoom + 8), set()
    for (_, x, y), path in tiles_in(a_round.path("map")).items():
        with open(path, "rb") as file:
            pixels = read_tile(file.read())[0]
        lit |= {(x * 256 + int(column), y * 256 + int(row)) for row, column in zip(*numpy.nonzero(pixels))}
    differ = (lit ^ set(wanted.counts)) - wanted.unsure
    demand(not differ, "pixels lit in one picture only", sorted(differ)[:10], "zoom", zoom, on)
    shutil.rmtree(a_round.path("map"))
    return 1
