"""Questions answered by looking at every trip, with numpy: as obvious as pipeline's oracle_questions.py, whose words they
share, and quick enough for thousands of questions. The trips are the oracle's, read from the CSV; nothing is the store's."""
import math
from datetime import timedelta
from decimal import Decimal

import numpy

import oracle_questions as questions
from oracle import NAME_OF_SOURCE
from oracle_rows import COLUMNS, EPOCH, SOURCES, UNKNOWN, UNKNOWN_PASSENGERS, UNKNOWN_TIME

FAR_M = 1.9e7  # near the antipode the haversine itself is good to half a metre only


def time_text(seconds):
    return (EPOCH + timedelta(seconds=int(seconds))).isoformat()


def metres_from(at, lons, lats):
    """Great circles by the haversine; 1e-7 degrees."""
    lon, lat = math.radians(at[0] / 1e7), math.radians(at[1] / 1e7)
    lons, lats = numpy.radians(lons / 1e7), numpy.radians(lats / 1e7)
    half = (numpy.sin((lats - lat) / 2) ** 2 +
            math.cos(lat) * numpy.cos(lats) * numpy.sin((lons - lon) / 2) ** 2)
    return 2 * questions.EARTH_RADIUS_M * numpy.arcsin(numpy.minimum(1.0, numpy.sqrt(half)))


def hilbert_cells(lons, lats, level):
    """questions.hilbert_prefix of many points."""
    x, y = ((angles + 2**31) >> (32 - level) for angles in (lons, lats))
    n, key, side = 1 << level, numpy.zeros(len(x), numpy.int64), 1 << level >> 1
    while side > 0:
        right, upper = (x & side) > 0, (y & side) > 0
        key += side * side * ((3 * right) ^ upper)
        turned = right & ~upper
        x, y = numpy.where(turned, n - 1 - x, x), numpy.where(turned, n - 1 - y, y)
        x, y = numpy.where(upper, x, y), numpy.where(upper, y, x)
        side >>= 1
    return key


class BruteForce:
    def __init__(self, cleaned):
        self.trips, self.files = cleaned.trips, [file["name"] for file in cleaned.files]
        table = numpy.array(self.trips, dtype=numpy.int64).reshape(len(self.trips), len(COLUMNS))
        self.columns = {name: table[:, i] for i, name in enumerate(COLUMNS)}
        self.rides, self.keys, self.values = {}, {}, {}

    def points(self, on):
        return self.columns[on + "_lon"], self.columns[on + "_lat"]

    def matching(self, start=None, end=None, box=None, on="pickup", sources=None):
        """Which trips pass; times in seconds, half-open; the box in 1e-7 degrees, closed."""
        keep, when = numpy.ones(len(self.trips), bool), self.columns["pickup_time"]
        if start is not None:
            keep &= when >= start
        if end is not None:
            keep &= when < end
        if sources is not None:
            keep &= numpy.isin(self.columns["source"], [SOURCES[name] for name in sources])
        if box is not None:
            lons, lats = self.points(on)
            keep &= (lons != UNKNOWN) & (lons >= box[0]) & (lons <= box[2]) & (lats >= box[1]) & (lats <= box[3])
        return keep

    def find_range(self, **filters):
        """Rows, by (pick-up time, file, line)."""
        rows = numpy.flatnonzero(self.matching(**filters))
        return rows[numpy.lexsort([self.columns[name][rows] for name in ("line", "file", "pickup_time")])]

    def find_nearest(self, at, on="pickup", **filters):
        """Rows and their metres, nearest first; ties by (file, line)."""
        lons, lats = self.points(on)
        rows = numpy.flatnonzero(self.matching(on=on, **filters) & (lons != UNKNOWN))
        metres = metres_from(at, lons[rows], lats[rows])
        order = numpy.lexsort((self.columns["line"][rows], self.columns["file"][rows], metres))
        return rows[order], metres[order]

    def ride(self, row):
        """A trip as an answer has it; what is unknown is not there."""
        if row not in self.rides:
            trip = self.trips[row]
            ride = {"source": NAME_OF_SOURCE[trip.source], "file": self.files[trip.file], "line": trip.line}
            for end in ("pickup", "dropoff"):
                time, place = getattr(trip, end + "_time"), questions.point_of(trip, end)
                if time != UNKNOWN_TIME:
                    ride[end + "_time"] = time_text(time)
                if place[0] != UNKNOWN:
                    ride[end] = [Decimal(angle) / 10**7 for angle in place]
            for name in ("distance", "fare", "tip", "tolls", "total"):
                if getattr(trip, name) != UNKNOWN:
                    ride[name] = Decimal(getattr(trip, name)) / 100
            if trip.passengers != UNKNOWN_PASSENGERS:
                ride["passengers"] = trip.passengers
            ride.update({name: getattr(trip, name) for name in ("payment", "rate", "vendor") if getattr(trip, name)})
            self.rides[row] = ride
        return self.rides[row]

    def key_codes(self, key):
        """The values that a key has, in order, an unknown one last; and of each trip the place of its value there."""
        if key not in self.keys:
            name, _, level = key.partition(":")
            if name.endswith("_tile"):
                lons, lats = self.points(name.removesuffix("_tile"))
                cells = hilbert_cells(lons, lats, int(level)).tolist()
                of_trip = [None if lon == UNKNOWN else cell for lon, cell in zip(lons.tolist(), cells)]
            else:
                of_trip = [questions.key_of(trip, key) for trip in self.trips]
            values = sorted(set(of_trip), key=lambda value: (value is None, value))
            place = {value: i for i, value in enumerate(values)}
            self.keys[key] = values, numpy.array([place[value] for value in of_trip], numpy.int64)
        return self.keys[key]

    def aggregate(self, keys, measures, **filters):
        """Rows (keys..., exact measures...), sorted by key."""
        rows = numpy.flatnonzero(self.matching(**filters))
        if len(rows) == 0:
            return []
        codes = [self.key_codes(key) for key in keys]
        groups, group_of = numpy.unique(numpy.stack([code[rows] for _, code in codes], axis=1), axis=0,
                                        return_inverse=True)
        order = numpy.argsort(group_of.reshape(-1), kind="stable")
        ends = numpy.cumsum(numpy.bincount(group_of.reshape(-1)))
        found = []
        for group, members in zip(groups.tolist(), numpy.split(rows[order], ends[:-1])):
            head = [values[place] for (values, _), place in zip(codes, group)]
            found.append((*head, *(self.measure(members, measure) for measure in measures)))
        return found

    def measure(self, members, measure):
        if measure == "trips":
            return len(members)
        statistic, _, field = measure.partition(":")
        unit = 1 if field in ("duration", "passengers") else 100
        values = self.values_of(field)[members]
        values = numpy.sort(values[values != UNKNOWN])
        if statistic == "sum":
            return Decimal(int(values.sum())) / unit
        if len(values) == 0:
            return None
        if statistic == "mean":
            return Decimal(int(values.sum())) / len(values) / unit
        # Percentiles by the nearest rank.
        at = {"min": 0, "max": len(values) - 1}.get(statistic)
        at = -(-int(statistic[1:]) * len(values) // 100) - 1 if at is None else at
        return Decimal(int(values[at])) / unit

    def values_of(self, field):
        """Cents, hundredths of a mile, seconds or heads; UNKNOWN where it is."""
        if field not in self.values:
            of_trip = (questions.value_of(trip, field) for trip in self.trips)
            self.values[field] = numpy.array([UNKNOWN if value is None else value for value in of_trip], numpy.int64)
        return self.values[field]
