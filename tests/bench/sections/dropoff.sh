# The k nearest drop-offs.
store=$(yellow_store "$trips")
warm "$store"
dropoff_races() {
    local order
    for order in unsorted curve; do
        measured "$built/tessera_race" --store "$store" --task nearest --on dropoff --order "$order" --rounds "$rounds"
    done
}
record dropoff dropoff_races
