"""Questions over the oracle's trips, answered by looking at every trip, from DESIGN.md and CLI.md."""
import math
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from oracle import NAME_OF_SOURCE
from oracle_rows import EPOCH, UNKNOWN, UNKNOWN_PASSENGERS, UNKNOWN_TIME

EARTH_RADIUS_M = 6371008.8
FIELDS = ("fare", "tip", "tolls", "total", "distance", "duration", "passengers")
STATISTICS = ("sum", "mean", "min", "max", "p50", "p90", "p99")
CALENDAR_KEYS = ("year", "month", "day", "hour", "weekday", "hour_of_week")
PLAIN_KEYS = ("source", "vendor", "passengers", "payment", "rate", *CALENDAR_KEYS, "distance_mile")


def point_of(trip, on):
    return (trip.pickup_lon, trip.pickup_lat) if on == "pickup" else (trip.dropoff_lon, trip.dropoff_lat)


def matches(trip, start=None, end=None, box=None, on="pickup", sources=None):
    """The filters; times in seconds, the box in 1e-7 degrees, closed; the window half-open."""
    if start is not None and trip.pickup_time < start or end is not None and trip.pickup_time >= end:
        return False
    if sources and NAME_OF_SOURCE[trip.source] not in sources:
        return False
    if box is None:
        return True
    lon, lat = point_of(trip, on)
    return lon != UNKNOWN and box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def find_range(trips, **filters):
    found = [trip for trip in trips if matches(trip, **filters)]
    return sorted(found, key=lambda t: (t.pickup_time, t.file, t.line))


def metres_between(a, b):
    """Great circle by the haversine; points in 1e-7 degrees."""
    lon_a, lat_a, lon_b, lat_b = (math.radians(angle / 1e7) for angle in (*a, *b))
    half = (math.sin((lat_b - lat_a) / 2) ** 2 +
            math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2)
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def find_nearest(trips, at, within=math.inf, on="pickup", **filters):
    """All matching trips as (metres, trip), nearest first; ties by (file, line)."""
    found = [(metres_between(at, point_of(trip, on)), trip) for trip in trips
             if point_of(trip, on)[0] != UNKNOWN and matches(trip, on=on, **filters)]
    return sorted([f for f in found if f[0] <= within], key=lambda f: (f[0], f[1].file, f[1].line))


def hilbert_prefix(lon, lat, level):
    """The cell of a level along the Hilbert curve (the textbook's xy2d) over the square of 2^32 units from
    (-2^31, -2^31). CHOICE: the documents leave the curve's square and its beginning open."""
    x, y = (lon + 2**31) >> (32 - level), (lat + 2**31) >> (32 - level)
    n, key, side = 1 << level, 0, 1 << level >> 1
    while side > 0:
        right, upper = (x & side) > 0, (y & side) > 0
        key += side * side * ((3 * right) ^ upper)
        if not upper:
            if right:
                x, y = n - 1 - x, n - 1 - y
            x, y = y, x
        side >>= 1
    return key


def key_of(trip, key):
    """A group's key as the program prints it; None where it is unknown."""
    name, _, level = key.partition(":")
    if name.endswith("_tile"):
        lon, lat = point_of(trip, name.removesuffix("_tile"))
        return None if lon == UNKNOWN else hilbert_prefix(lon, lat, int(level))
    if name == "source":
        return NAME_OF_SOURCE[trip.source]
    if name in CALENDAR_KEYS:
        t = EPOCH + timedelta(seconds=trip.pickup_time)
        # CHOICE: hour_of_week counts from 0, Monday's first hour.
        return {"year": t.year, "month": t.month, "day": t.day, "hour": t.hour, "weekday": t.isoweekday(),
                "hour_of_week": 24 * t.weekday() + t.hour}[name]
    if name == "distance_mile":
        # CHOICE: whole miles, rounded half away from zero.
        miles = (abs(trip.distance) + 50) // 100
        return None if trip.distance == UNKNOWN else miles if trip.distance >= 0 else -miles
    value = getattr(trip, name)
    return None if name == "passengers" and value == UNKNOWN_PASSENGERS else value


def value_of(trip, field):
    """Cents, hundredths of a mile, seconds or heads; None where unknown."""
    if field == "duration":
        return None if trip.dropoff_time == UNKNOWN_TIME else trip.dropoff_time - trip.pickup_time
    value = getattr(trip, field)
    return None if value == (UNKNOWN_PASSENGERS if field == "passengers" else UNKNOWN) else value


def measure_of(trips, measure):
    """The exact value; None where there is nothing to measure. CHOICE: a sum over none is 0; percentiles are by the
    nearest rank."""
    if measure == "trips":
        return Decimal(len(trips))
    statistic, _, field = measure.partition(":")
    unit = 1 if field in ("duration", "passengers") else 100
    values = sorted(v for v in (value_of(trip, field) for trip in trips) if v is not None)
    if statistic == "sum":
        return Decimal(sum(values)) / unit
    if not values:
        return None
    if statistic in ("min", "max"):
        return Decimal(values[0] if statistic == "min" else values[-1]) / unit
    if statistic == "mean":
        return Decimal(sum(values)) / len(values) / unit
    rank = math.ceil(Fraction(int(statistic[1:]), 100) * len(values))
    return Decimal(values[rank - 1]) / unit


def aggregate(trips, keys, measures, **filters):
    """Rows (keys..., measures...), sorted by key. CHOICE: an unknown key comes last."""
    groups = {}
    for trip in trips:
        if matches(trip, **filters):
            groups.setdefault(tuple(key_of(trip, key) for key in keys), []).append(trip)
    ordered = sorted(groups.items(), key=lambda group: [(part is None, part) for part in group[0]])
    return [(*key, *(measure_of(members, measure) for measure in measures)) for key, members in ordered]
