"""What a replay says of its windows, from a store's columns alone: numpy, and for each window a look at all trips."""
from datetime import timedelta
from decimal import Decimal

import h5py
import numpy

import stored
from oracle_questions import hilbert_prefix
from oracle_rows import EPOCH, SOURCES, UNKNOWN

DAY = 86_400
DEEPEST = 24


def time_text(seconds):
    return (EPOCH + timedelta(seconds=int(seconds))).isoformat()


def cell_box(lon, lat, level):
    """Degrees of the edges of the cell of a level that holds a point: the grid begins at -2^31, whatever the curve."""
    side = 2 ** (32 - level)
    west, south = ((angle + 2**31) // side * side - 2**31 for angle in (lon, lat))
    edges = [max(west, -180 * 10**7), max(south, -90 * 10**7), min(west + side, 180 * 10**7),
             min(south + side, 90 * 10**7)]
    return [float(Decimal(edge) / 10**7) for edge in edges]


class Recording:
    """A store's trips that match, in order of (pick-up time, file, line)."""

    def __init__(self, path, start=None, end=None, box=None, on="pickup", sources=None):
        columns = stored.read_columns(path)
        with h5py.File(path) as file:
            self.keys, self.levels, first = (file["tiles"][name][()] for name in ("key", "level", "first_trip"))
        columns["tile"] = numpy.repeat(numpy.arange(len(self.keys)), numpy.diff(first.astype(numpy.int64)))
        columns = {name: column.astype(numpy.int64) for name, column in columns.items()}
        keep = numpy.ones(len(columns["line"]), bool)
        if start is not None:
            keep &= columns["pickup_time"] >= start
        if end is not None:
            keep &= columns["pickup_time"] < end
        if box is not None:
            lon, lat = columns[on + "_lon"], columns[on + "_lat"]
            keep &= (lon >= box[0]) & (lat >= box[1]) & (lon <= box[2]) & (lat <= box[3]) & (lon != UNKNOWN)
        if sources is not None:
            keep &= numpy.isin(columns["source"], [SOURCES[name] for name in sources])
        order = numpy.lexsort((columns["line"], columns["file"], columns["pickup_time"]))
        order = order[keep[order]]
        self.columns = {name: column[order] for name, column in columns.items()}

    def windows(self, every):
        """The objects of all lines, at --speed 0."""
        times = self.columns["pickup_time"]
        if len(times) == 0:
            return []
        midnight = int(times[0]) // DAY * DAY
        begin = midnight + (int(times[0]) - midnight) // every * every
        return [self.window(start, start + every) for start in range(begin, int(times[-1]) + 1, every)]

    def window(self, start, end):
        times = self.columns["pickup_time"]
        inside = (times >= start) & (times < end)
        part = {name: column[inside] for name, column in self.columns.items()}
        fares = part["fare"][part["fare"] != UNKNOWN]
        tiles, counts = numpy.unique(part["tile"], return_counts=True)
        busiest = sorted(zip((-counts).tolist(), tiles.tolist()))[:10]
        return {"from": time_text(start), "to": time_text(end), "trips": int(inside.sum()),
                "sources": {name: int((part["source"] == SOURCES[name]).sum()) for name in sorted(SOURCES)},
                "fares": {"sum": float(Decimal(int(fares.sum())) / 100), "known": len(fares)},
                "tiles": [self.tile(part, tile, -count) for count, tile in busiest], "behind_s": 0.0}

    def tile(self, part, tile, trips):
        """A tile by one of its trips, whose cell of the tile's level is the tile's."""
        row = numpy.flatnonzero(part["tile"] == tile)[0]
        lon, lat = int(part["pickup_lon"][row]), int(part["pickup_lat"][row])
        key, level = int(self.keys[tile]), int(self.levels[tile])
        assert hilbert_prefix(lon, lat, level) << 2 * (DEEPEST - level) == key
        return {"key": key, "level": level, "box": cell_box(lon, lat, level), "trips": int(trips)}
