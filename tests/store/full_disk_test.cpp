// A program of its own: after a core::AbandonError MPI and HDF5 cannot be shut down.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdio>
#include <optional>

#include "replaced_store.hpp"
#include "tessera/comm/session.hpp"

namespace tessera::store {
namespace {

using namespace testing;  // tessera::store::testing

/// Ends the program as `main` does after such an error. To mpirun that is a failure whatever the exit code, so that
/// CTest goes by what is said here.
class EndWithoutFinalizing : public ::testing::Environment {
    void TearDown() override {
        auto const& tests = *::testing::UnitTest::GetInstance();  // the same on all ranks: see RankListener
        if (world().is_root() && tests.Passed() && tests.successful_test_count() > 0)
            std::printf("every full disk was an error and no more\n");
        std::fflush(nullptr);
        comm::exit_without_finalizing(world(), tests.Passed() ? 0 : 1);
    }
};
auto const* const end = ::testing::AddGlobalTestEnvironment(new EndWithoutFinalizing);

/// Files of this process can grow no further, as on a full disk.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &old_);
        rlimit const now{bytes, old_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        ::signal(SIGXFSZ, old_handler_);
    }
    FullDisk(FullDisk const&) = delete;
    FullDisk& operator=(FullDisk const&) = delete;

  private:
    rlimit old_{};
    void (*old_handler_)(int) = nullptr;
};

struct FullDiskCase {
    bool everywhere;  ///< or on the last rank alone
    rlim_t bytes;
    /// GoogleTest would print its bytes, and nobody wrote those between the members.
    friend void PrintTo(FullDiskCase const& one, std::ostream* out) { *out << one.everywhere << ' ' << one.bytes; }
};

class FullDiskAfter : public ReplacedStore, public ::testing::WithParamInterface<FullDiskCase> {};

TEST_P(FullDiskAfter, IsAnErrorAndLeavesNoPartialFile) {
    std::string message;
    {
        std::optional<FullDisk> full;
        if (GetParam().everywhere || world().rank() == world().size() - 1) full.emplace(GetParam().bytes);
        message = error_of([&] { new_.write({path_, true}); });
    }
    comm::barrier(world());
    EXPECT_FALSE(std::filesystem::exists(partial_));
    if (message.empty() && !GetParam().everywhere) {
        expect_new_store();  // others may have written that rank's part
        return;
    }
    EXPECT_NE(message.find("writing the store"), std::string::npos) << message;
    EXPECT_NE(message.find(path_), std::string::npos) << message;
    expect_old_store();
}

// Nothing can be written; the header can; some columns can.
INSTANTIATE_TEST_SUITE_P(Disks, FullDiskAfter,
                         ::testing::Values(FullDiskCase{true, 0}, FullDiskCase{true, 3000}, FullDiskCase{true, 100'000},
                                           FullDiskCase{true, 250'000}, FullDiskCase{false, 100'000}),
                         [](auto const& one) {
                             return (one.param.everywhere ? "Everywhere" : "OnOneRank") +
                                    std::to_string(one.param.bytes);
                         });

}  // namespace
}  // namespace tessera::store
