// Faults on purpose, on one rank of several: they show that a build with sanitizers lets none pass (see
// CMakeLists.txt).
//   plant overflow|leak|undefined|race_in_loop|race_of_threads
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "tessera/comm/session.hpp"

namespace {

/// What the compiler cannot see through.
template <class T>
void keep(T& value) {
    asm volatile("" : "+m"(value)::"memory");
}

void read_beyond() {
    std::vector<char> const text(10);
    char const* at = text.data();
    keep(at);
    std::printf("%d\n", at[10]);
}

void lose_memory() {
    int* lost = new int[100];
    keep(lost);
    lost = nullptr;
    keep(lost);
}

void add_too_much() {
    int number = std::numeric_limits<int>::max();
    keep(number);
    ++number;
    keep(number);
}

void race_in_loop() {
    int sum = 0;
#pragma omp parallel for schedule(static, 1) num_threads(4)
    for (int i = 0; i < 1000; ++i)
        sum += i;
    keep(sum);
}

void race_of_threads() {
    int sum = 0;
    std::thread other([&] { ++sum; });
    ++sum;
    other.join();
    keep(sum);
}

}  // namespace

int main(int argc, char** argv) {
    std::string const fault = argc > 1 ? argv[1] : "";
    tessera::comm::Session session(argc, argv);
    if (session.world().rank() != session.world().size() - 1) return 0;
    if (fault == "overflow") read_beyond();
    if (fault == "leak") lose_memory();
    if (fault == "undefined") add_too_much();
    if (fault == "race_in_loop") race_in_loop();
    if (fault == "race_of_threads") race_of_threads();
    return 0;
}
