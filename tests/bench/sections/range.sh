# All pick-ups in a box of 500 m in an hour, counted and listed: we, a scan by time, Boost's R-tree over place and time.
store=$(uber_store)
range_races() {
    local task
    for task in count rows; do
        measured "$built/tessera_race" --store "$store" --task "$task" --rounds "$rounds"
    done
}
record range range_races
