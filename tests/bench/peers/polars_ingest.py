"""Polars reads twelve columns of yellow trips into memory, dates parsed.
    POLARS_MAX_THREADS=2 python3 polars_ingest.py YELLOW.csv"""
import sys

import polars
from yellow_columns import COLUMNS, TEXTS, TIMES, WANTED

schema = {name: polars.String if name in TEXTS + TIMES else polars.Float64 for name in COLUMNS}
schema["passengers"] = schema["rate"] = polars.UInt8
lines = polars.scan_csv(sys.argv[1], has_header=False, skip_rows=1, schema=schema).select(WANTED)
trips = lines.with_columns(polars.col(TIMES).str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms")).collect()
if trips.height == 0 or trips["pickup"].null_count() > 0:
    raise SystemExit("that was not read")
