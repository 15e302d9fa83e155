# Yellow CSV into memory by Polars, dates parsed, whole processes. (On a quarter of the trips that are ingested.)
few=$((ingest_trips / 4))
csv=$(yellow_csv "$few")
warm "$csv"
list_polars() {
    local threads
    for threads in 1 2; do
        printf '{"case":"dates parsed","who":"Polars","threads":%s,"items":%s,"bytes":%s,"command":"%s"}\n' "$threads" "$few" \
            "$(stat -c %s "$csv")" "POLARS_MAX_THREADS=$threads '$python' '$peers/polars_ingest.py' '$csv'"
    done
}
polars_turns() { processes_in_turns list_polars; }
if has_module polars; then record polars polars_turns; fi
