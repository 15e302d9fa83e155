# The k nearest pick-ups of an hour: we, a scan by time, Boost's R-tree over place and time.
store=$(uber_store)
month=$(month_store)
window_races() {
    local order
    for order in unsorted curve; do
        measured "$built/tessera_race" --store "$store" --task nearest-hour --order "$order" --rounds "$rounds"
        measured "$built/tessera_race" --store "$month" --task nearest-hour --order "$order" --rounds "$rounds" \
            --name "20 million,"
    done
}
record windows window_races
