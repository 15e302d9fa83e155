# Bytes a trip, on disk and in memory: we, DuckDB, PostGIS.
store=$(yellow_store "$trips")
arguments=(--tessera "$tessera" --store "$store" --trips "$trips")
if has_module duckdb; then
    arguments+=(--duckdb "$(duckdb_table "$trips")")
    make "$data/yellow-$trips.12.duckdb" ingest_duckdb "$(yellow_csv "$trips")"
    arguments+=(--duckdb-12 "$data/yellow-$trips.12.duckdb")
fi
if start_postgis "$trips"; then arguments+=(--postgis "$postgis_socket"); fi
record memory "$python" "$bench/memory.py" "${arguments[@]}"
stop_postgis
