"""DuckDB reads yellow trips into twelve columns of a database file, and writes it to disk.
    python3 duckdb_ingest.py YELLOW.csv FILE.duckdb THREADS"""
import sys

import duckdb
from yellow_columns import COLUMNS, TEXTS, TIMES, WANTED

path, to, threads = sys.argv[1:]
types = {name: "TIMESTAMP" if name in TIMES else "VARCHAR" if name in TEXTS else "DOUBLE" for name in COLUMNS}
types["passengers"] = types["rate"] = "UTINYINT"
# Told all that it would else have to guess, and free to order rows as it likes: its fastest.
database = duckdb.connect(to, config={"threads": int(threads), "preserve_insertion_order": False})
database.execute(f"CREATE TABLE trips AS SELECT {', '.join(WANTED)} FROM read_csv('{path}', header = false, skip = 1, "
                 f"auto_detect = false, delim = ',', quote = '', timestampformat = '%Y-%m-%d %H:%M:%S', columns = {types})")
database.execute("CHECKPOINT")
if database.execute("SELECT count(*) FROM trips").fetchone()[0] == 0:
    raise SystemExit("that was not read")
