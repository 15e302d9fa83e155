#include "tessera/core/exception_keeper.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
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

TEST(ExceptionKeeper, TheFirstOfTwoThatRunAtOnceWins) {
    if (omp_get_max_threads() < 2) GTEST_SKIP() << "needs two threads";
    ExceptionKeeper keeper;
    std::atomic<bool> second_is_at_work{false};
#pragma omp parallel num_threads(2)
    keeper.run([&] {
        if (omp_get_thread_num() == 0) {
            while (!second_is_at_work)
                std::this_thread::yield();
            throw std::runtime_error("first");
        }
        second_is_at_work = true;
        while (!keeper.caught())
            std::this_thread::yield();
        throw std::logic_error("second");
    });
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
