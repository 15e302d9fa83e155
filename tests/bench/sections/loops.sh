# Group-by over all trips, store open: we, bare loops, DuckDB on its own table.
store=$(yellow_store "$trips")
has_duckdb=$(has_module duckdb && echo yes || true)
[[ -z $has_duckdb ]] || table=$(duckdb_table "$trips")
loop_turns() {
    local threads contestants
    for threads in 1 2; do
        contestants=("$built/tessera_loops '$store' $threads")
        [[ -z $has_duckdb ]] || contestants+=("$python $peers/duckdb_loops.py '$table' $threads")
        measured "$python" "$bench/turns.py" "$rounds" "${contestants[@]}"
    done
}
record loops loop_turns
