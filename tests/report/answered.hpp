#pragma once
#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

#include "harness/seed.hpp"
#include "tessera/request/cost.hpp"

namespace tessera::report {

/// Made-up requests: mostly answered, times from under a microsecond to twenty seconds.
inline std::vector<request::Answered> random_answered(std::size_t count) {
    std::mt19937_64 random(harness::seed());
    std::lognormal_distribution<double> micros(4, 2.5);
    auto const time = [&] { return std::chrono::nanoseconds(static_cast<std::int64_t>(micros(random) * 1000)); };
    std::vector<request::Answered> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        request::Answered& one = all[i];
        one.id = std::to_string(i);
        std::uint64_t const kind = random() % 100;
        if (kind < 99) one.operation = static_cast<request::Operation>(kind % request::operation_count);
        one.outcome = kind < 95   ? request::Outcome::answered
                      : kind < 99 ? request::Outcome::bad_request
                                  : request::Outcome::bad_json;
        one.cost = {time(), time(), static_cast<std::uint32_t>(random() % 8), random() % 100, random() % 100'000};
        if (random() % 100 == 0) one.cost.work += std::chrono::seconds(20);  // over every bound of a histogram
    }
    return all;
}

}  // namespace tessera::report
