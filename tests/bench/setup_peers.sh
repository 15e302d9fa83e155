# Gets the peers that can be had; run.sh sources it. What is missing is named, here and in RESULTS.md, and left out.
peer_packages=(libbenchmark-dev libnanoflann-dev libboost-dev libcgal-dev postgresql-15-postgis-3 pigz isal libdeflate-tools
    python3-venv)
peer_modules=(duckdb duckdb-cli polars h5py pyarrow matplotlib psycopg2-binary "pyspark<4" "apache-sedona==1.8.0" pandas)

install_peer_packages() {
    local missing name as_root=(env DEBIAN_FRONTEND=noninteractive)
    command -v apt-get >/dev/null || return 0
    ((EUID == 0)) || as_root=(sudo "${as_root[@]}")
    mapfile -t missing < <(tessera_missing_packages "${peer_packages[@]}")
    ((${#missing[@]})) || return 0
    echo "-- installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq || true
    for name in "${missing[@]}"; do  # one by one: a package that cannot be had must not keep the others away
        "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$name" >/dev/null 2>&1 ||
            echo "   $name cannot be had"
    done
}

install_peer_modules() {
    if [[ ! -x $bench_folder/venv/bin/pip ]] && ! python3 -m venv --system-site-packages "$bench_folder/venv"; then
        python=python3
        return 0
    fi
    local name
    for name in "${peer_modules[@]}"; do
        "$bench_folder/venv/bin/pip" --quiet --disable-pip-version-check install "$name" ||
            echo "   $name cannot be had"
    done
    touch "$bench_folder/venv/complete"
}

# Beside the newest DuckDB the one that the bars were set by, which reads CSV half as fast.
install_older_duckdb() {
    [[ -d $bench_folder/duckdb-1.5 ]] && return
    "$bench_folder/venv/bin/pip" --quiet --disable-pip-version-check install --target "$bench_folder/duckdb-1.5" \
        'duckdb==1.5.*' || { rm -rf "$bench_folder/duckdb-1.5"; echo "   duckdb 1.5 cannot be had"; }
}

# The names of what is not there, one a line
list_missing_peers() {
    local module
    tessera_missing_packages "${peer_packages[@]}"
    for module in duckdb polars psycopg2 pyspark sedona matplotlib; do
        has_module "$module" || echo "$module"
    done
    [[ -x $bench_folder/venv/bin/duckdb ]] || echo duckdb-cli
}

install_peer_packages
[[ -e $bench_folder/venv/complete ]] || install_peer_modules
install_older_duckdb
list_missing_peers >"$results/missing.txt"
if [[ -s $results/missing.txt ]]; then echo "-- left out: $(paste -sd' ' "$results/missing.txt")"; fi
