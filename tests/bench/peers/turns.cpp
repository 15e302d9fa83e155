#include "turns.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <iostream>

namespace tessera::bench {

double time_of(std::function<void()> const& work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void tell_time(std::string const& name, std::string const& who, int threads, double seconds, std::uint64_t items,
               std::uint64_t bytes) {
    fmt::print(R"({{"case":"{}","who":"{}","threads":{},"seconds":{:.6f},"items":{},"bytes":{}}})"
               "\n",
               name, who, threads, seconds, items, bytes);
}

void tell_agreement(std::string const& name, std::string const& who, double share) {
    fmt::print(R"({{"case":"{}","who":"{}","agreement":{:.6f}}})"
               "\n",
               name, who, share);
}

void take_turns(std::function<void()> const& turn) {
    fmt::print("ready\n");
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {
        turn();
        fmt::print("done\n");
        std::fflush(stdout);
    }
}

}  // namespace tessera::bench
