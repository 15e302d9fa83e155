#!/usr/bin/env python3
"""Bytes a trip, as lines of JSON.
    python3 memory.py --tessera T --store S --trips N [--duckdb F] [--duckdb-12 F] [--postgis SOCKET_FOLDER]"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "requests"))
sys.path.insert(0, str(pathlib.Path(__file__).parent / "peers"))

FIRST = [b'{"op":"nearest","at":[-73.98,40.75],"k":10}\n',
         b'{"op":"nearest","at":[-73.98,40.75],"k":10,"from":"2014-04-10T08:00:00","to":"2014-04-10T09:00:00"}\n',
         b'{"op":"range","from":"2014-04-10T08:00:00","to":"2014-04-10T09:00:00","limit":10}\n']
FIRST_OF_DROPOFFS = b'{"op":"nearest","at":[-73.98,40.75],"k":10,"on":"dropoff"}\n'


def tell(case, who, value, trips):
    print(json.dumps({"case": case, "who": who, "value": value / trips}), flush=True)


def anonymous_bytes(pid):
    """All that a process has taken for itself; the pages of programs and libraries, 20 MB, are files' and shared."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} has no RssAnon")


def measure_ours(tessera, store, trips):
    from answering import Job
    tell("on disk", "ours", os.path.getsize(store), trips)
    job = Job(tessera, (1, 2), store)
    for line in FIRST:
        job.ask(line)
    tell("in memory", "ours", anonymous_bytes(job.ranks[0]), trips)
    job.ask(FIRST_OF_DROPOFFS)
    tell("in memory, drop-offs too", "ours", anonymous_bytes(job.ranks[0]), trips)
    job.end()


# What a process of its own holds more once the table is in memory
LOAD = """
import duckdb, os, sys
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
database = duckdb.connect(config={"threads": 2})
database.execute("SET enable_progress_bar = false")
before = resident()
database.execute(f"ATTACH '{sys.argv[1]}' AS file (READ_ONLY)")
database.execute("CREATE TABLE trips AS SELECT * FROM file.trips")
database.execute("DETACH file")
print(resident() - before)
"""


def measure_duckdb(path, who, trips):
    tell("on disk", who, os.path.getsize(path), trips)
    done = subprocess.run([sys.executable, "-c", LOAD, path], check=True, capture_output=True, text=True)
    tell("in memory", who, int(done.stdout.split()[-1]), trips)


def measure_postgis(socket, trips):
    from postgis_table import connect
    with connect(socket, f"trips{trips}").cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('trips'), pg_total_relation_size('trips')")
        table, total = cursor.fetchone()
    tell("on disk", "PostGIS' table", table, trips)
    tell("on disk", "PostGIS with its indexes", total, trips)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("tessera", "store", "trips", "duckdb", "duckdb-12", "postgis"):
        parser.add_argument("--" + name)
    given = parser.parse_args()
    count = int(given.trips)
    measure_ours(given.tessera, given.store, count)
    if given.duckdb:
        measure_duckdb(given.duckdb, "DuckDB, all columns", count)
    if given.duckdb_12:
        measure_duckdb(given.duckdb_12, "DuckDB, 12 columns", count)
    if given.postgis:
        measure_postgis(given.postgis, count)
