# The files that sections ask for; run.sh sources it. Each function prints the file's name.

# The publisher's header ends in another way than the rows, and an empty line follows, which DuckDB refuses: mended.
generate_yellow() { "$tessera" generate trips --format yellow --trips "$1" --seed 3 | sed '1s/$/\r/;2d' >"$made"; }
yellow_csv() {
    local file=$data/yellow-$1.csv
    make "$file" generate_yellow "$1"
    echo "$file"
}

ingest_yellow() {
    one_rank_ingest "$(yellow_csv "$1")"
}
yellow_store() {
    local file=$data/yellow-$1.h5
    make "$file" ingest_yellow "$1"
    echo "$file"
}

compress() { gzip -6 --stdout "$1" >"$made"; }
yellow_gz() {
    local file=$data/yellow-$1.csv.gz
    make "$file" compress "$(yellow_csv "$1")"
    echo "$file"
}

# Uber's five months, 3.5 million pick-ups: April and May as they were where ../shared/data is, the others made up.
ingest_uber() {
    local month seed=0 files=() real months=(4 5 6 7 8) left=3500000 each
    for real in "$bench"/../../../shared/data/uber/uber-raw-data-{apr,may}14.csv.gz; do
        if [[ -s $real ]]; then files+=("$real"); fi
    done
    if ((${#files[@]} == 2)); then months=(6 7 8) left=2283049; else files=(); fi
    each=$((left / ${#months[@]}))
    for month in "${months[@]}"; do
        seed=$((seed + 1))
        # All that is made up is of April; its dates are of any month.
        "$tessera" generate trips --format uber --trips "$each" --seed "$seed" |
            sed "s/^\"4\//\"$month\//" >"$data/uber-made-up-$month.csv"
        files+=("$data/uber-made-up-$month.csv")
    done
    one_rank_ingest "${files[@]}"
    rm -f "$data"/uber-made-up-*.csv
}
uber_store() {
    make "$data/uber.h5" ingest_uber
    echo "$data/uber.h5"
}

# April and May alone: all real
ingest_real_uber() { one_rank_ingest "$bench"/../../../shared/data/uber/uber-raw-data-{apr,may}14.csv.gz; }
real_uber_store() {
    [[ -s $bench/../../../shared/data/uber/uber-raw-data-may14.csv.gz ]] || return 0
    make "$data/uber-real.h5" ingest_real_uber
    echo "$data/uber-real.h5"
}

# A month with 20 million pick-ups
ingest_month() {
    "$tessera" generate trips --format uber --trips 20000000 --seed 3 --output "$data/month.csv"
    one_rank_ingest "$data/month.csv"
    rm "$data/month.csv"
}
month_store() {
    make "$data/month.h5" ingest_month
    echo "$data/month.h5"
}

make_table() { "$python" "$peers/duckdb_table.py" "$(yellow_store "$1")" "$made"; }
duckdb_table() {
    local file=$data/yellow-$1.duckdb
    make "$file" make_table "$1"
    echo "$file"
}

generate_mixed() { "$tessera" generate requests --count 100 --store "$(yellow_store "$1")" --output "$made"; }
mixed_requests() {
    make "$data/mixed-$1.jsonl" generate_mixed "$1"
    echo "$data/mixed-$1.jsonl"
}
answer_mixed() { "$tessera" answer "$(yellow_store "$1")" --requests "$(mixed_requests "$1")" --output "$made" 2>/dev/null; }
our_answers() {
    make "$data/answers-$1.jsonl" answer_mixed "$1"
    echo "$data/answers-$1.jsonl"
}

ingest_duckdb() { "$python" "$peers/duckdb_ingest.py" "$1" "$made" 2; }
