# What the sections share; run.sh sources it. Where things are:
#   $bench_folder/data         files that are made once     $bench_folder/results   one .jsonl a section
#   $tessera, $built           the program, the folder of the bench's programs
#   $python                    the interpreter of the venv with the peers, as far as they could be had
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$bench_folder/data
results=$bench_folder/results
built=$bench/../../build-bench
tessera=$built/tessera
python=$bench_folder/venv/bin/python
peers=$bench/peers
mkdir -p "$data" "$results"

has_module() { "$python" -c "import $1" 2>/dev/null; }

# record NAME COMMAND...: its lines of JSON become the results of a section
record() {
    local name=$1
    shift
    "$@" | tee "$results/$name.partial" | "$python" "$bench/table/summary.py"
    grep '^{' "$results/$name.partial" >"$results/$name.jsonl"
    rm "$results/$name.partial"
}

# measured COMMAND...: runs it under what --under says
measured() { $under "$@"; }

# processes_in_turns LISTER: all rounds of the processes that a function lists
processes_in_turns() {
    local round
    for ((round = 0; round <= rounds; ++round)); do
        "$1" | measured "$python" "$bench/processes.py" "$round"
    done
}

# make FILE COMMAND...: makes a file unless it is there; the command writes to $made
make() {
    local file=$1
    shift
    [[ -s $file ]] && return
    echo "-- making ${file##*/}" >&2
    made=$file.making "$@"
    mv "$file.making" "$file"
}

# warm FILE...: into the page cache
warm() { cat "$@" >/dev/null; }

one_rank_ingest() { "$tessera" ingest "$@" --store "$made" --overwrite >/dev/null 2>&1; }
