"""DuckDB groups trips of a database file (duckdb_table.py), in process; turns.py gives it its turns.
    python3 duckdb_loops.py FILE.duckdb THREADS"""
import sys

import duckdb
from contestant import take_turns, tell, time_of

# Of several ways to say each the fastest; the grid is that of our tiles of level 18.
QUERIES = {"hour x weekday": "SELECT hour(pickup), isodow(pickup), count(*) FROM trips GROUP BY ALL",
           "200 m grid": "SELECT pickup_lon >> 14, pickup_lat >> 14, count(*) FROM trips GROUP BY ALL",
           "classic": "SELECT passengers, year(pickup), (distance + 50) // 100, count(*) FROM trips GROUP BY ALL"}

if __name__ == "__main__":
    path, threads = sys.argv[1:]
    database = duckdb.connect(path, read_only=True, config={"threads": int(threads)})
    trips = database.execute("SELECT count(*) FROM trips").fetchone()[0]

    def turn():
        for name, query in QUERIES.items():
            seconds = time_of(lambda: database.execute(query).fetchall())
            tell(case=name, who="DuckDB", threads=int(threads), seconds=seconds, items=trips)

    take_turns(turn)
