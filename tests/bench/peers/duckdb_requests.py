"""DuckDB answers the mixed requests, in process, over a table in memory.
    python3 duckdb_requests.py FILE.duckdb REQUESTS OUR_ANSWERS"""
import sys

import duckdb
import sql_turns
from request_sql import Dialect

path, requests, answers = sys.argv[1:]
database = duckdb.connect(config={"threads": 2})
database.execute(f"ATTACH '{path}' AS file (READ_ONLY)")
database.execute("CREATE TABLE trips AS SELECT * FROM file.trips")
sql_turns.run("DuckDB", Dialect(), lambda text: database.execute(text).fetchall(), requests, answers)
