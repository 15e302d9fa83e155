# Yellow .csv.gz to a store, beside inflating the same file alone. (A quarter of the trips that are ingested.)
few=$((ingest_trips / 4))
file=$(yellow_gz "$few")
warm "$file"
case $(ldd "$tessera") in
    *libisal*) library=ISA-L ;;
    *libdeflate*) library=libdeflate ;;
    *) library=zlib ;;
esac
list_inflating() {
    local bytes line tool program name threads
    bytes=$(stat -c %s "$(yellow_csv "$few")")
    line='{"case":"%s","who":"%s","threads":%s,"items":'$few',"bytes":'$bytes',"command":"%s","before":"rm -f %s"}\n'
    for threads in 1 2; do
        printf "$line" "to a store" ours "$threads" \
            "'$tessera' ingest '$file' --store '$data/made.h5' --threads $threads" "'$data/made.h5'"
    done
    # gzip inflates by itself, pigz by zlib, the others by the libraries of their names
    for tool in 'gzip:gzip -dc' 'zlib:pigz -dc' 'ISA-L:igzip -dc' 'libdeflate:libdeflate-gunzip -c'; do
        program=${tool#*:} name=${tool%%:*}
        command -v "${program%% *}" >/dev/null || continue
        [[ $name != "$library" ]] || name="$name, which we use,"
        printf "$line" "inflating alone" "$name" 1 "$program '$file'" "'$data/made.h5'"
    done
}
inflating_turns() {
    processes_in_turns list_inflating
    rm -f "$data"/made.*
}
record gzip inflating_turns
