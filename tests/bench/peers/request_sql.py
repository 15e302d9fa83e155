"""Requests as SQL, in the words of DuckDB, PostGIS and Spark. All ask a table `trips` with the store's columns and places on
a plane (store_columns.py), which costs them no haversine."""
import datetime
import json
import math

from store_columns import UNKNOWN, x_of, y_of

SOURCES = {"green": 1, "uber": 2, "yellow": 3}
EPOCH = datetime.datetime(1970, 1, 1)


class Dialect:
    """DuckDB's words; others differ in some."""

    def divide(self, a, b):
        return f"({a} // {b})"

    def cell(self, column, level):
        return f"({column} >> {32 - level})"

    def percentile(self, share, value):
        return f"quantile_disc({value}, {share})"

    def inside(self, end, box):
        west, south, east, north = box
        return f"{end}_lon BETWEEN {west} AND {east} AND {end}_lat BETWEEN {south} AND {north}"

    def nearest(self, end, x, y):
        """(what to select as the distance, what to order by)"""
        e = end[0]
        square = f"({e}x - {x}) * ({e}x - {x}) + ({e}y - {y}) * ({e}y - {y})"
        return f"sqrt({square})", square

    def known(self, end):
        return f"{end}_lon <> {UNKNOWN}"


class Postgis(Dialect):
    def divide(self, a, b):
        return f"({a} / {b})"

    def percentile(self, share, value):
        return f"percentile_disc({share}) WITHIN GROUP (ORDER BY {value})"

    def inside(self, end, box):
        west, south, east, north = box
        return (f"{end}_place && ST_MakeEnvelope({x_of(west)}, {y_of(south)}, {x_of(east)}, {y_of(north)}) AND "
                + super().inside(end, box))

    def nearest(self, end, x, y):
        distance = f"{end}_place <-> ST_MakePoint({x}, {y})"
        return distance, distance

    def known(self, end):
        return f"{end}_place IS NOT NULL"


class Sedona(Dialect):
    def divide(self, a, b):
        return f"({a} div {b})"

    def cell(self, column, level):
        return f"shiftright({column}, {32 - level})"

    def percentile(self, share, value):
        return f"percentile_approx({value}, {share})"

    def nearest(self, end, x, y):
        distance = f"ST_Distance({end}_place, ST_Point({x}D, {y}D))"
        return distance, distance


def seconds_of(text):
    return int((datetime.datetime.fromisoformat(text) - EPOCH).total_seconds())


def where(request, dialect):
    end = request.get("on", "pickup")
    said = []
    if "from" in request:
        said.append(f"pickup_time >= {seconds_of(request['from'])}")
    if "to" in request:
        said.append(f"pickup_time < {seconds_of(request['to'])}")
    if "box" in request:
        said.append(dialect.inside(end, [round(degrees * 1e7) for degrees in request["box"]]))
    if "source" in request:
        said.append("source IN (%s)" % ",".join(str(SOURCES[name]) for name in request["source"]))
    if request["op"] == "nearest":
        said.append(dialect.known(end))
    return " AND ".join(said) or "true"


def keys_of(request, dialect):
    days = dialect.divide("pickup_time", 86400)
    plain = {"hour": dialect.divide("pickup_time", 3600) + " % 24", "weekday": f"({days} + 3) % 7 + 1", "day": days,
             "distance_mile": dialect.divide(f"(nullif(distance, {UNKNOWN}) + 50)", 100)}
    for key in request["by"]:
        name, _, level = key.partition(":")
        if level:
            end = name.partition("_")[0]
            yield dialect.cell(end + "_lon", int(level))
            yield dialect.cell(end + "_lat", int(level))
        else:
            yield plain.get(key, key)


def measures_of(request, dialect):
    for measure in request["measure"]:
        how, _, of = measure.partition(":")
        value = f"nullif({of}, {UNKNOWN})"
        if of == "duration":
            value = "CASE WHEN dropoff_time > 0 THEN dropoff_time - pickup_time END"
        if how == "trips":
            yield "count(*)"
        elif how[0] == "p":
            yield dialect.percentile(int(how[1:]) / 100, value)
        else:
            yield {"mean": "avg", "sum": "sum", "max": "max", "min": "min"}[how] + f"({value})"


def queries(request, dialect):
    """The SQL of a request; of a range two, its number and its rides."""
    here = where(request, dialect)
    if request["op"] == "nearest":
        lon, lat = (round(degrees * 1e7) for degrees in request["at"])
        distance, order = dialect.nearest(request.get("on", "pickup"), x_of(lon), y_of(lat))
        text = f"SELECT {distance} AS metres, trips.* FROM trips WHERE {here} ORDER BY {order} LIMIT {request['k']}"
        return [f"SELECT * FROM ({text}) AS t WHERE metres <= {request['within_m']}" if "within_m" in request else text]
    if request["op"] == "range":
        return [f"SELECT count(*) FROM trips WHERE {here}",
                f"SELECT * FROM trips WHERE {here} ORDER BY pickup_time, file, line LIMIT {request['limit']}"]
    keys = ", ".join(keys_of(request, dialect))
    return [f"SELECT count(*), {keys}, {', '.join(measures_of(request, dialect))} FROM trips WHERE {here} GROUP BY {keys}"]


def agrees(request, found, answer):
    """found: the rows of each query."""
    if request["op"] == "nearest":
        theirs, ours = [row[0] for row in found[0]], [ride["metres"] for ride in answer["rides"]]
        # On the rim of --within the plane may see one ride more or less.
        close = all(math.isclose(a, b, rel_tol=0.005, abs_tol=0.02) for a, b in zip(theirs, ours))
        return close and (len(theirs) == len(ours) or "within_m" in request)
    if request["op"] == "range":
        return found[0][0][0] == answer["matched"] and len(found[1]) == len(answer["rides"])
    if request["measure"][0] == "trips":
        column = len(request["by"])
        return sorted(row[0] for row in found[0]) == sorted(row[column] for row in answer["rows"])
    return len(found[0]) == len(answer["rows"])


def read_requests(path):
    return [json.loads(line) for line in open(path)]
