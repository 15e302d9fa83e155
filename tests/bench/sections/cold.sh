# Whole processes on a cold store (start, open, read, answer): we, DuckDB's command line on its database.
store=$(yellow_store "$trips")
duckdb=$bench_folder/venv/bin/duckdb
[[ ! -x $duckdb ]] || table=$(duckdb_table "$trips")
tiny=$(yellow_store 1000)
# The kernel forgets all files, or where that is forbidden these.
if ({ echo 3 >/proc/sys/vm/drop_caches; } 2>/dev/null); then
    chill='sync; echo 3 > /proc/sys/vm/drop_caches'
    chilled=drop_caches
else
    chill="for f in '$store' '${table:-$store}'; do dd if=\$f iflag=nocache count=0 status=none; done"
    chilled=posix_fadvise
fi
list_cold() {
    local line='{"case":"%s","who":"%s","threads":2,"items":%s,"command":"%s"%s}\n' name keys sql before
    before=",\"before\":\"$chill\""
    while IFS=: read -r name keys sql; do
        keys=${keys/./:}
        printf "$line" "$name, cold" ours "$trips" "'$tessera' aggregate '$store' --by $keys" "$before"
        [[ ! -x $duckdb ]] || printf "$line" "$name, cold" "DuckDB CLI" "$trips" "'$duckdb' -readonly '$table' -c '$sql'" "$before"
        printf "$line" "$name, warm" ours "$trips" "'$tessera' aggregate '$store' --by $keys" ',"warm":true'
        [[ ! -x $duckdb ]] || printf "$line" "$name, warm" "DuckDB CLI" "$trips" "'$duckdb' -readonly '$table' -c '$sql'" ',"warm":true'
    done <<'END'
hour x weekday:hour,weekday:SELECT hour(pickup), isodow(pickup), count(*) FROM trips GROUP BY ALL
200 m grid:pickup_tile.18:SELECT pickup_lon >> 14, pickup_lat >> 14, count(*) FROM trips GROUP BY ALL
classic:passengers,year,distance_mile:SELECT passengers, year(pickup), (distance + 50) // 100, count(*) FROM trips GROUP BY ALL
END
    printf "$line" "start-up alone" ours 1000 "'$tessera' aggregate '$tiny' --by hour" ',"warm":true'
    [[ ! -x $duckdb ]] || printf "$line" "start-up alone" "DuckDB CLI" 1 "'$duckdb' -c 'SELECT 1'" ',"warm":true'
}
cold_turns() {
    echo "{\"chilled_by\":\"$chilled\"}"
    processes_in_turns list_cold
}
record cold cold_turns
