"""Files -> kept trips, rejected rows and the ledger, the slow and obvious way, from DESIGN.md and FORMATS.md."""
import gzip
import os
from collections import Counter

from oracle_rows import SOURCES, TAXI_NAMES, UBER_NAMES, UNKNOWN, UNKNOWN_TIME, Malformed, read_trip, split_fields

REJECTS = ("malformed", "no_pickup", "outside_region", "time_order", "too_long")
ODDITIES = ("unknown_dropoff", "duplicate", "negative_fare", "zero_distance")
LONGEST_LINE = 8 * 2**20
REGION = (-743000000, 404500000, -736000000, 410000000)
NAME_OF_SOURCE = {code: name for name, code in SOURCES.items()}


class Cleaned:
    """What files hold: `trips`, `rejects` as (file name, line, reason, text) in that order, and the ledger."""

    def __init__(self):
        self.trips, self.rejects, self.files = [], [], []

    def ledger(self):
        """As the program's --ledger writes it."""
        total = {"bytes": sum(file["bytes"] for file in self.files)}
        for name in ("lines", "header", "blank", "kept"):
            total[name] = sum(file[name] for file in self.files)
        for group in ("rejected", "odd"):
            total[group] = {name: sum(file[group][name] for file in self.files) for name in self.files[0][group]}
        return {"files": self.files, "total": total}


def read_lines(path):
    """All lines of a file, inflated, without line ends and byte-order mark. A carriage return ends a line only where
    there is no line feed at all."""
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    data = data.removeprefix(b"\xef\xbb\xbf")
    lines = data.split(b"\n" if b"\n" in data else b"\r")
    if lines[-1] == b"":
        lines.pop()  # what follows the last line end is no line
    return [line.decode("latin-1") for line in lines]


def bind_header(header):
    """(source, our field -> index of its column), by names alone."""
    names = [name.lower() for name in split_fields(header)]
    known = UBER_NAMES if "date/time" in names else TAXI_NAMES
    columns = {}
    for field, aliases in known.items():
        for alias in aliases.split():
            if alias in names:
                columns[field] = names.index(alias)
    if known is UBER_NAMES:
        return "uber", columns
    # CHOICE: a taxi file is green where it has a column that only green files have.
    green = {"lpep_pickup_datetime", "trip_type", "ehail_fee"} & set(names)
    return "green" if green else "yellow", columns


def find_fault(trip, region, max_hours):
    """The first rule after `malformed` that fires, or None."""
    west, south, east, north = region
    if trip.pickup_lon is None:
        return "no_pickup"
    if not (west <= trip.pickup_lon <= east and south <= trip.pickup_lat <= north):
        return "outside_region"
    if trip.dropoff_time != UNKNOWN_TIME and trip.dropoff_time < trip.pickup_time:
        return "time_order"
    if trip.dropoff_time != UNKNOWN_TIME and trip.dropoff_time - trip.pickup_time > max_hours * 3600:
        return "too_long"
    return None


def clean_file(cleaned, path, name, region, max_hours):
    file = len(cleaned.files)
    counts = {"lines": 0, "header": 0, "blank": 0, "kept": 0}
    rejected, odd = Counter(), Counter()
    columns = source = None
    for number, line in enumerate(read_lines(path), start=1):
        counts["lines"] += 1
        if columns is not None and len(line) > LONGEST_LINE:
            # CHOICE: a line of more than 8 MiB is malformed, whatever it holds, and told by its first 8 MiB.
            rejected["malformed"] += 1
            cleaned.rejects.append((name, number, "malformed", line[:LONGEST_LINE]))
        elif not line.strip(" \t\r"):
            counts["blank"] += 1
        elif columns is None:
            source, columns = bind_header(line)
            counts["header"] += 1
        else:
            try:
                trip = read_trip(line, columns, source, file, number)
                reason = find_fault(trip, region, max_hours)
            except Malformed:
                reason = "malformed"
            if reason:
                rejected[reason] += 1
                cleaned.rejects.append((name, number, reason, line.removesuffix("\r")))
                continue
            counts["kept"] += 1
            cleaned.trips.append(trip)
            # CHOICE: Uber files have no drop-offs at all, which is not odd.
            odd["unknown_dropoff"] += source != "uber" and trip.dropoff_lon == UNKNOWN
            odd["negative_fare"] += trip.fare != UNKNOWN and trip.fare < 0
            odd["zero_distance"] += trip.distance == 0
    cleaned.files.append({"name": name, "format": source, "bytes": os.path.getsize(path), **counts,
                          "rejected": {reason: rejected[reason] for reason in REJECTS},
                          "odd": {oddity: odd[oddity] for oddity in ODDITIES}})


def count_duplicates(cleaned):
    """Trips that equal an earlier one in all but file and line, each counted in its own file."""
    seen = set()
    for trip in cleaned.trips:  # in (file, line) order
        if trip[:16] in seen:
            cleaned.files[trip.file]["odd"]["duplicate"] += 1
        seen.add(trip[:16])


def clean(paths, region=REGION, max_hours=24):
    """`paths` in the order that the program takes them; folders are not opened."""
    cleaned = Cleaned()
    names = [os.path.basename(path) for path in paths]
    for path, name in zip(paths, names):
        clean_file(cleaned, path, name if names.count(name) == 1 else path, region, max_hours)
    count_duplicates(cleaned)
    return cleaned
