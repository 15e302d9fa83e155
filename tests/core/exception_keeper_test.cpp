#include "tessera/core/exception_keeper.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace tessera::core {
namespace {

TEST(ExceptionKeeper, CarriesAnExceptionOutOfALoop) {
    ExceptionKeeper keeper;
#pragma omp parallel for schedule(static, 1)
    for (int i = 0; i < 1'000; ++i)
        keeper.run([&] {
            if (i == 500) throw std::out_of_range("at 500");
        });
    EXPECT_TRUE(keeper.caught());
    try {
        keeper.rethrow();
        FAIL() << "nothing was thrown";
    } catch (std::out_of_range const& error) {
        EXPECT_STREQ(error.what(), "at 500");
    }
}

TEST(ExceptionKeeper, KeepsOneOfMany) {
    for (int round = 0; round < 50; ++round) {
        ExceptionKeeper keeper;
#pragma omp parallel
        keeper.run([] { throw std::runtime_error("thread " + std::to_string(omp_get_thread_num())); });
        EXPECT_THROW(keeper.rethrow(), std::runtime_error);
    }
}

TEST(ExceptionKeeper, TheFirstWins) {
    ExceptionKeeper keeper;
    keeper.run([] { throw std::runtime_error("first"); });
    bool later = false;
    keeper.run([&] {
        later = true;
        throw std::logic_error("second");
    });
    EXPECT_FALSE(later) << "work after a failure is not skipped";
    EXPECT_THROW(keeper.rethrow(), std::runtime_error);
}

TEST(ExceptionKeeper, WithoutAnExceptionAllWorkIsDone) {
    ExceptionKeeper keeper;
    std::vector<int> done(10'000, 0);
#pragma omp parallel for
    for (std::size_t i = 0; i < done.size(); ++i)
        keeper.run([&] { done[i] = 1; });
    EXPECT_FALSE(keeper.caught());
    EXPECT_NO_THROW(keeper.rethrow());
    EXPECT_EQ(std::count(done.begin(), done.end(), 1), 10'000);
}

TEST(ExceptionKeeper, KeepsWhatIsNoStandardException) {
    ExceptionKeeper keeper;
#pragma omp parallel
    keeper.run([] { throw 7; });
    EXPECT_THROW(keeper.rethrow(), int);
}

}  // namespace
}  // namespace tessera::core
