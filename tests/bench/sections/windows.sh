# The k nearest pick-ups of an hour: we, a scan by time, Boost's R-tree over place and time.
store=$(uber_store)
month=$(month_store)
window_races() {
    measured "$built/tessera_race" --store "$store" --task nearest-hour --rounds "$rounds"
    measured "$built/tessera_race" --store "$month" --task nearest-hour --rounds "$rounds" --questions 20000 --name "20 million,"
}
record windows window_races
