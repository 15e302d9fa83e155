# Yellow CSV to a finished, synced store, whole processes: we, DuckDB to its file; and a bare parser in memory.
csv=$(yellow_csv "$ingest_trips")
warm "$csv"
bytes=$(stat -c %s "$csv")
list_ingests() {
    local shape ranks threads duckdb
    for shape in '1 1' '1 2' '2 1'; do
        read -r ranks threads <<<"$shape"
        printf '{"warm":true,"case":"%s rank x %s thread","who":"ours","threads":%s,"items":%s,"bytes":%s,"command":"%s","before":"%s"}\n' \
            "$ranks" "$threads" "$((ranks * threads))" "$ingest_trips" "$bytes" \
            "mpirun -n $ranks --bind-to none '$tessera' ingest '$csv' --store '$data/made.h5' --threads $threads" \
            "rm -f '$data/made.h5' && sync"
    done
    for threads in 1 2; do
        has_module duckdb || continue
        printf '{"warm":true,"case":"table of 12 columns","who":"DuckDB","threads":%s,"items":%s,"bytes":%s,"command":"%s","before":"%s"}\n' \
            "$threads" "$ingest_trips" "$bytes" \
            "'$python' '$peers/duckdb_ingest.py' '$csv' '$data/made.duckdb' $threads" "rm -f '$data/made.duckdb' && sync"
        [[ -d $bench_folder/duckdb-1.5 ]] || continue
        duckdb="PYTHONPATH='$bench_folder/duckdb-1.5' '$python'"
        printf '{"warm":true,"case":"table of 12 columns","who":"DuckDB 1.5","threads":%s,"items":%s,"bytes":%s,"command":"%s","before":"%s"}\n' \
            "$threads" "$ingest_trips" "$bytes" \
            "$duckdb '$peers/duckdb_ingest.py' '$csv' '$data/made.duckdb' $threads" "rm -f '$data/made.duckdb' && sync"
    done
}
ingest_turns() {
    processes_in_turns list_ingests
    local threads
    for threads in 1 2; do
        measured "$python" "$bench/turns.py" "$rounds" "$built/tessera_bare_parser '$csv' $threads"
    done
    rm -f "$data"/made.*
}
record ingest ingest_turns
