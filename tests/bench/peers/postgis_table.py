"""Makes a database of a store's trips in PostGIS, unless it is there: places on a plane, composite indexes of place and time.
    python3 postgis_table.py SOCKET_FOLDER DATABASE STORE"""
import io
import sys

import numpy
import psycopg2
from store_columns import UNKNOWN, read_columns

SMALL = ("passengers", "payment", "rate", "vendor", "source")
INTEGERS = ("pickup_time", "dropoff_time", "pickup_lon", "pickup_lat", "dropoff_lon", "dropoff_lat", "distance", "fare", "tip",
            "tolls", "total", "file", "line")
TRIPS_A_COPY = 250_000


def connect(socket, database):
    link = psycopg2.connect(host=socket, dbname=database, user="postgres")
    link.autocommit = True
    return link


def copy(cursor, columns):
    names = INTEGERS + SMALL
    for first in range(0, len(columns["line"]), TRIPS_A_COPY):
        part = {name: column[first:first + TRIPS_A_COPY] for name, column in columns.items()}
        text = io.StringIO()
        places = numpy.stack([part[name] for name in ("px", "py", "dx", "dy")], axis=1)
        numbers = numpy.stack([part[name].astype("int64") for name in names], axis=1)
        for row, (px, py, dx, dy) in zip(numbers.tolist(), places.tolist()):
            dropoff = "\\N" if row[4] == UNKNOWN else f"POINT({dx} {dy})"
            text.write("\t".join(map(str, row)) + f"\tPOINT({px} {py})\t{dropoff}\n")
        text.seek(0)
        cursor.copy_from(text, "trips", columns=names + ("pickup_place", "dropoff_place"))


def main(socket, database, store):
    with connect(socket, "postgres").cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
        if cursor.fetchone():
            return
        cursor.execute(f"CREATE DATABASE {database}_making")
    print(f"-- making PostGIS' {database}", file=sys.stderr)
    link = connect(socket, database + "_making")
    with link.cursor() as cursor:
        cursor.execute("CREATE EXTENSION postgis; CREATE EXTENSION btree_gist")
        columns = ", ".join([f"{name} integer" for name in INTEGERS] + [f"{name} smallint" for name in SMALL])
        cursor.execute(f"CREATE UNLOGGED TABLE trips ({columns}, pickup_place geometry(Point), dropoff_place geometry(Point))")
        copy(cursor, read_columns(store))
        cursor.execute("CREATE INDEX ON trips USING gist (pickup_place, pickup_time)")
        cursor.execute("CREATE INDEX ON trips USING gist (dropoff_place, pickup_time)")
        cursor.execute("CREATE INDEX ON trips (pickup_time)")
        cursor.execute("VACUUM ANALYZE trips")
    link.close()
    with connect(socket, "postgres").cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {database}_making RENAME TO {database}")


if __name__ == "__main__":
    main(*sys.argv[1:])
