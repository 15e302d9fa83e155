#include <gtest/gtest.h>

#include <vector>

#include "harness/room.hpp"
#include "harness/world.hpp"
#include "tessera/comm/collectives.hpp"
#include "tessera/comm/exchange.hpp"

// More than 2 GiB in one collective: an `int` of bytes, anywhere on the way, would have overflowed. Two ranks.
namespace tessera::comm {
namespace {

using harness::world;

constexpr std::size_t gib = std::size_t{1} << 30;
constexpr std::size_t count = (2 * gib + gib / 64) / sizeof(std::uint64_t);

/// A number that tells whose it is, and which of them.
std::uint64_t number(int rank, std::size_t i) {
    return (i * 2 + static_cast<std::uint64_t>(rank)) * 0x9E37'79B9'7F4A'7C15U;
}

std::vector<std::uint64_t> numbers_of(int rank, std::size_t size) {
    std::vector<std::uint64_t> numbers;
    numbers.reserve(size);
    for (std::size_t i = 0; i < size; ++i)
        numbers.push_back(number(rank, i));
    return numbers;
}

/// Not EXPECT_EQ of two vectors: the second would take as much memory again.
template <class Numbers>
void expect_numbers_of(int rank, Numbers const& got, std::size_t size) {
    EXPECT_EQ(got.size(), size);
    for (std::size_t i = 0; i < got.size(); ++i)
        if (got[i] != number(rank, i)) {
            ADD_FAILURE() << "number " << i << " of rank " << rank << " is another";
            return;
        }
}

TEST(LargeMessages, Exchange) {
    TESSERA_SKIP_WITHOUT_ROOM(6 * gib);
    auto const me = static_cast<std::size_t>(world().rank()), other = 1 - me;
    std::size_t const sizes[] = {count, 5};  // in one direction at a time it takes half the memory
    std::vector<std::uint64_t> to(2, 0), from(2, 0);
    to[other] = sizes[me];
    from[other] = sizes[other];
    auto const sent = numbers_of(world().rank(), sizes[me]);
    auto const got = exchange(world(), std::span<std::uint64_t const>(sent), to, from);
    expect_numbers_of(static_cast<int>(other), got, sizes[other]);
}

TEST(LargeMessages, AllgatherAll) {
    TESSERA_SKIP_WITHOUT_ROOM(8 * gib);
    auto const all = allgather_all(world(), std::span<std::uint64_t const>(numbers_of(world().rank(), count / 2)));
    EXPECT_EQ(all.size(), count / 2 * 2);
    for (int const rank : {0, 1})
        expect_numbers_of(rank, std::span(all).subspan(static_cast<std::size_t>(rank) * (count / 2), count / 2),
                          count / 2);
}

}  // namespace
}  // namespace tessera::comm
