# Kernels, one by one, store open (Google Benchmark); collectives on 2 ranks.
few=$((trips / 5))
store=$(yellow_store "$few")
warm "$store"
export TESSERA_BENCH_STORE=$store
kernels() {
    local threads options=(--benchmark_min_time=0.05 "--benchmark_repetitions=$rounds" --benchmark_format=json)
    for threads in 1 2; do
        OMP_NUM_THREADS=$threads measured "$built/tessera_bench" "${options[@]}" |
            "$python" "$bench/table/from_benchmark.py" kernel "$threads"
    done
    OMP_NUM_THREADS=1 measured mpirun -n 2 --bind-to none "$built/tessera_mpi_bench" "${options[@]}" |
        "$python" "$bench/table/from_benchmark.py" "2 ranks" 1
}
record micro kernels
