# `answer` and `replay` as whole processes: streams, requests that come alone, memory over a million requests.
serve() {
    local name=$1 store=$2 here
    here=$data/serve-$(basename "$store" .h5)
    mkdir -p "$here"
    make "$here/mixed.jsonl" generate_mixed_of "$store"
    make "$here/nearest.jsonl" generate_stream_of "$store"
    echo "== $name"
    measured python3 "$bench/requests/requests.py" "$tessera" "$store" "$here"
}
generate_mixed_of() { "$tessera" generate requests --count 100 --store "$1" --output "$made"; }
generate_stream_of() {
    "$tessera" generate requests --count 200000 --mix 1,0,0 --window hour --k 10 --store "$1" --output "$made"
}
serve_all() {
    serve "$trips made-up yellow trips" "$(yellow_store "$trips")"
    [[ -z $(real_uber_store) ]] || serve "1.2 million real pick-ups" "$(real_uber_store)"
}
serve_all | tee "$results/serve.partial"
mv "$results/serve.partial" "$results/serve.txt"
