#include <benchmark/benchmark.h>

#include "bench_store.hpp"
#include "tessera/comm/session.hpp"

int main(int argc, char** argv) {
    tessera::comm::Session session(argc, argv);
    tessera::bench::set_world(session.world());
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
