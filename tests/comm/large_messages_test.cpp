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

/// Expects a rank's numbers from the `first` on. Not EXPECT_EQ of two vectors: the second would take as much memory
/// again.
template <class Numbers>
void expect_numbers_of(int rank, Numbers const& got, std::size_t size, std::size_t first = 0) {
    EXPECT_EQ(got.size(), size);
    for (std::size_t i = 0; i < got.size(); ++i)
        if (got[i] != number(rank, first + i)) {
            ADD_FAILURE() << "number " << i << " of rank " << rank << " is another";
            return;
        }
}

/// Rank 1 sends so much to rank 0, and a little to itself, which begins beyond 2 GiB of what it sends.
TEST(LargeMessages, Exchange) {
    TESSERA_SKIP_WITHOUT_ROOM(6 * gib);
    std::uint64_t const sizes[2][2] = {{3, 5}, {count, 7}};  // from, to
    auto const me = static_cast<std::size_t>(world().rank());
    auto const sent = numbers_of(world().rank(), sizes[me][0] + sizes[me][1]);
    std::uint64_t const from[] = {sizes[0][me], sizes[1][me]};
    auto const got = exchange(world(), std::span<std::uint64_t const>(sent), sizes[me], from);
    std::size_t first = 0;
    for (std::size_t rank = 0; rank < 2; first += from[rank++])
        expect_numbers_of(static_cast<int>(rank), std::span(got).subspan(first, from[rank]), from[rank],
                          me == 0 ? 0 : sizes[rank][0]);
    EXPECT_EQ(got.size(), first);
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
