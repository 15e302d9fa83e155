"""Makes a database file of a store's trips: `trips`, by pick-up time, so that its zone maps know the windows.
    python3 duckdb_table.py STORE FILE.duckdb
In a form that older DuckDBs read, for the one of the command line may be older."""
import os
import sys

import duckdb
from store_columns import read_columns

store, path = sys.argv[1:]
columns = read_columns(store)
database = duckdb.connect()
database.execute(f"ATTACH '{path}.partial' AS made (STORAGE_VERSION 'v1.2.0')")
database.register("columns", columns)
database.execute("CREATE TABLE made.trips AS SELECT *, make_timestamp(pickup_time::BIGINT * 1000000) AS pickup FROM columns")
database.execute("CHECKPOINT made")
database.execute("DETACH made")
os.rename(path + ".partial", path)
