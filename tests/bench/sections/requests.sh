# The 100 mixed requests, 2 threads, JSON included for us: we, DuckDB in memory, PostGIS with its best indexes.
store=$(yellow_store "$trips")
requests=$(mixed_requests "$trips")
answers=$(our_answers "$trips")
contestants=("$python $peers/ours_requests.py '$tessera' '$store' '$requests' 2")
if has_module duckdb; then
    table=$(duckdb_table "$trips")
    contestants+=("$python $peers/duckdb_requests.py '$table' '$requests' '$answers'")
fi
if start_postgis "$trips"; then
    contestants+=("$python $peers/postgis_requests.py '$postgis_socket' 'trips$trips' '$requests' '$answers'")
fi
record requests measured "$python" "$bench/turns.py" "$rounds" "${contestants[@]}"
stop_postgis
