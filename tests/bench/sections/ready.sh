# How long until questions can be asked of a store, on 2 threads: we, and the trees of the peers.
store=$(yellow_store "$trips")
warm "$store"
record ready measured env OMP_NUM_THREADS=2 "$built/tessera_ready" "$store" "$rounds"
