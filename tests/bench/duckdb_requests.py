"""Asks DuckDB (`pip install duckdb`) what a list of mixed requests asks, for comparison; not part of requests.sh.
    python3 duckdb_requests.py BINARY STORE REQUESTS THREADS
The same trips in a table in memory, in order of pick-up time, as SQL in process; answers are fetched as rows, not
written as JSON. Rides and counts of all nearest and range requests, and trips by group, are compared with ours."""
import json
import statistics
import subprocess
import sys
import time

import duckdb
import h5py
import numpy

SOURCES = {"green": 1, "uber": 2, "yellow": 3}
KEYS = {"hour": "pickup_time // 3600 % 24", "weekday": "(pickup_time // 86400 + 3) % 7 + 1", "day": "pickup_time // 86400",
        "distance_mile": "CASE WHEN distance > -2147483648 THEN (distance + 50) // 100 END", "source": "source",
        "payment": "payment", "passengers": "passengers"}
UNKNOWN = -2147483648


def load(store, threads):
    arrays = {name: column[:] for name, column in h5py.File(store)["trips"].items()}
    order = numpy.lexsort((arrays["line"], arrays["file"], arrays["pickup_time"]))
    database = duckdb.connect(config={"threads": threads})
    for name in arrays:
        arrays[name] = numpy.ascontiguousarray(arrays[name][order])
    database.register("columns", arrays)
    database.execute("CREATE TABLE trips AS SELECT * FROM columns")
    return database


def seconds_of(text):
    return int(numpy.datetime64(text, "s").astype("int64"))


def where(request):
    end = request.get("on", "pickup")
    said = []
    if "from" in request:
        said.append(f"pickup_time >= {seconds_of(request['from'])}")
    if "to" in request:
        said.append(f"pickup_time < {seconds_of(request['to'])}")
    if "box" in request:
        west, south, east, north = (round(degrees * 1e7) for degrees in request["box"])
        said.append(f"{end}_lon BETWEEN {west} AND {east} AND {end}_lat BETWEEN {south} AND {north}")
    if "source" in request:
        said.append("source IN (%s)" % ",".join(str(SOURCES[name]) for name in request["source"]))
    if request["op"] == "nearest":
        said.append(f"{end}_lon <> {UNKNOWN}")
    return " AND ".join(said) or "true"


def metres(request):
    lon, lat = request["at"]
    end = request.get("on", "pickup")
    return (f"2 * 6371008.8 * asin(sqrt(pow(sin(radians({end}_lat / 1e7 - {lat}) / 2), 2) + cos(radians({lat})) * "
            f"cos(radians({end}_lat / 1e7)) * pow(sin(radians({end}_lon / 1e7 - {lon}) / 2), 2)))")


def queries(request):
    """The SQL of a request, or nothing where it asks for what SQL has no short words for."""
    if request["op"] == "nearest":
        inner = f"SELECT *, {metres(request)} AS metres FROM trips WHERE {where(request)}"
        within = f" WHERE metres <= {request['within_m']}" if "within_m" in request else ""
        return [f"SELECT * FROM ({inner}){within} ORDER BY metres, file, line LIMIT {request['k']}"]
    if request["op"] == "range":
        return [f"SELECT count(*) FROM trips WHERE {where(request)}",
                f"SELECT * FROM trips WHERE {where(request)} ORDER BY pickup_time, file, line LIMIT {request['limit']}"]
    if any(key not in KEYS for key in request["by"]):
        return []  # a tile key
    values = {"duration": f"CASE WHEN dropoff_time > 0 THEN dropoff_time - pickup_time END"}
    measures = []
    for measure in request["measure"]:
        how, _, of = measure.partition(":")
        value = values.get(of, f"nullif({of}, {UNKNOWN})")
        measures.append({"trips": "count(*)", "mean": f"avg({value})", "sum": f"sum({value})", "max": f"max({value})",
                         "p50": f"quantile_disc({value}, 0.5)", "p90": f"quantile_disc({value}, 0.9)"}[how])
    keys = ", ".join(KEYS[key] for key in request["by"])
    return [f"SELECT {keys}, {', '.join(measures)} FROM trips WHERE {where(request)} GROUP BY {keys} ORDER BY {keys}"]


def agrees(request, rows, answer, place):
    if request["op"] == "nearest":
        return [row[place] for row in rows[0]] == [ride["line"] for ride in answer["rides"]]
    if request["op"] == "range":
        return rows[0][0][0] == answer["matched"] and [row[place] for row in rows[1]] == [r["line"] for r in answer["rides"]]
    if request["measure"][0] != "trips":
        return len(rows[0]) == len(answer["rows"])
    column = len(request["by"])
    return [row[column] for row in rows[0]] == [row[column] for row in answer["rows"]]


def main(binary, store, path, threads):
    database = load(store, int(threads))
    place = [row[1] for row in database.execute("PRAGMA table_info('trips')").fetchall()].index("line")
    answered = subprocess.run([binary, "answer", store, "--requests", path], check=True, capture_output=True, text=True)
    work = []
    for line, answer in zip(open(path), answered.stdout.splitlines()):
        request = json.loads(line)
        work.append((request, queries(request), json.loads(answer)))
    asked = [one for one in work if one[1]]
    took = []
    for _ in range(5):
        seconds = {"nearest": 0.0, "range": 0.0, "aggregate": 0.0}
        for request, texts, _ in asked:
            begin = time.perf_counter()
            rows = [database.execute(text).fetchall() for text in texts]
            seconds[request["op"]] += time.perf_counter() - begin
        took.append(seconds)
    wrong = 0
    for request, texts, answer in asked:
        rows = [database.execute(text).fetchall() for text in texts]
        if not agrees(request, rows, answer, place):
            wrong += 1
            print("differs:", request["id"], texts[-1][:200], file=sys.stderr)
    total = [sum(seconds.values()) for seconds in took]
    print(f"DuckDB {duckdb.__version__}, {threads} threads: {len(asked)} of {len(work)} requests ({len(work) - len(asked)} "
          f"have a tile key), median {statistics.median(total) * 1000:,.0f} ms ({min(total) * 1000:,.0f} to "
          f"{max(total) * 1000:,.0f}); " + ", ".join(
              f"{op} {statistics.median(s[op] for s in took) * 1000:,.0f}" for op in took[0]) + f"; {wrong} answers differ")


if __name__ == "__main__":
    main(*sys.argv[1:])
