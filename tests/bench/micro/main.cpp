#include <benchmark/benchmark.h>

#include "bench_store.hpp"
#include "tessera/comm/session.hpp"

namespace {

/// Of ranks that have nothing to tell.
class Silence : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(Context const&) override { return true; }
    void ReportRuns(std::vector<Run> const&) override {}
};

}  // namespace

int main(int argc, char** argv) {
    tessera::comm::Session session(argc, argv);
    tessera::bench::set_world(session.world());
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    Silence silence;
    if (session.world().is_root())
        benchmark::RunSpecifiedBenchmarks();
    else
        benchmark::RunSpecifiedBenchmarks(&silence);
    benchmark::Shutdown();
    return 0;
}
