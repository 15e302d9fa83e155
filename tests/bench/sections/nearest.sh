# The k nearest pick-ups, unsorted and along the curve: we, nanoflann, CGAL, Boost's R-tree.
store=$(uber_store)
real=$(real_uber_store)
warm "$store"
nearest_races() {
    local order
    for order in unsorted curve; do
        measured "$built/tessera_race" --store "$store" --task nearest --order "$order" --rounds "$rounds"
    done
    # Real pick-ups alone: Uber's own places, some of which are the same for hundreds of trips
    if [[ -n $real ]]; then
        measured "$built/tessera_race" --store "$real" --task nearest --order unsorted --rounds "$rounds" --name "1.2 million real,"
    fi
}
record nearest nearest_races
