#include "tessera/tiling/key_order.hpp"

#include <omp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "tessera/core/exception_keeper.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {
namespace {

constexpr unsigned low_bits_at_most = 32;  // what a KeyedRow has room for

constexpr std::uint64_t ones(unsigned bits) {
    return (std::uint64_t{1} << bits) - 1;
}

/// The keys of all rows, chunk after chunk, and the bits in which any two differ.
struct Keys {
    core::RawArray<std::uint64_t> of_row;
    std::vector<std::size_t> first;  ///< of each chunk
    std::uint64_t differing = 0;
};

Keys key_rows(core::TripRows const& trips) {
    Keys keys;
    std::size_t rows = 0;
    for (auto const& chunk : trips.chunks()) {
        keys.first.push_back(rows);
        rows += chunk.used;
    }
    keys.of_row = core::RawArray<std::uint64_t>(rows);
    std::uint64_t any = 0, all = ~std::uint64_t{0};
#pragma omp parallel for schedule(static) reduction(| : any) reduction(& : all)
    for (std::size_t c = 0; c < trips.chunks().size(); ++c) {
        auto const& chunk = trips.chunks()[c];
        for (std::size_t i = 0; i < chunk.used; ++i) {
            core::Trip const& trip = chunk.rows[i].trip;
            std::uint64_t const key = geo::hilbert_key({trip.pickup_lon.count, trip.pickup_lat.count});
            keys.of_row[keys.first[c] + i] = key;
            any |= key;
            all &= key;
        }
    }
    keys.differing = rows == 0 ? 0 : any ^ all;
    return keys;
}

/// So many upper bits that most buckets have some dozens of rows, but not more than counters in the cache, of which
/// the crowded ones are few; and so many that what is left fits into a KeyedRow.
unsigned bucket_bits(unsigned key_bits, std::size_t rows) {
    constexpr unsigned most = 16, rows_a_bucket_bits = 6;
    unsigned const wanted =
        std::max(static_cast<unsigned>(std::bit_width(rows)), rows_a_bucket_bits) - rows_a_bucket_bits;
    unsigned const least = std::max(key_bits, low_bits_at_most) - low_bits_at_most;
    return std::min(key_bits, std::clamp(wanted, least, most));
}
static_assert(2 * geo::deepest_level <= low_bits_at_most + 16);

/// Puts rows into their buckets, each thread those of its own part of the chunks. Returns where each bucket begins,
/// and the end.
std::vector<std::size_t> divide(Keys const& keys, core::TripRows const& trips, unsigned key_bits, unsigned low_bits,
                                core::RawArray<KeyedRow>& to) {
    std::size_t const buckets = std::size_t{1} << (key_bits - low_bits), chunks = trips.chunks().size();
    std::vector<std::vector<std::size_t>> next_of_thread(static_cast<std::size_t>(omp_get_max_threads()));
    std::vector<std::size_t> first(buckets + 1, to.size());
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        auto const thread = static_cast<std::size_t>(omp_get_thread_num());
        auto const threads = static_cast<std::size_t>(omp_get_num_threads());
        auto& next = next_of_thread[thread];
        auto const for_each_row = [&](auto&& visit) {
            for (std::size_t c = chunks * thread / threads; c < chunks * (thread + 1) / threads; ++c)
                for (std::size_t i = 0; i < trips.chunks()[c].used; ++i)
                    visit(keys.of_row[keys.first[c] + i] & ones(key_bits), core::TripRows::number(c, i));
        };
        keeper.run([&] {
            next.assign(buckets, 0);
            for_each_row([&](std::uint64_t key, auto) { ++next[key >> low_bits]; });
        });
#pragma omp barrier
#pragma omp single
        if (!keeper.caught())
            for (std::size_t bucket = 0, sum = 0; bucket < buckets; ++bucket) {
                first[bucket] = sum;
                for (std::size_t t = 0; t < threads; ++t)
                    sum += std::exchange(next_of_thread[t][bucket], sum);
            }
        if (!keeper.caught())
            for_each_row([&](std::uint64_t key, core::TripRows::Number row) {
                to[next[key >> low_bits]++] = {static_cast<std::uint32_t>(key & ones(low_bits)), row};
            });
    }
    keeper.rethrow();
    return first;
}

/// Sorts the rows of a bucket by bits of which they keep so many, some a pass, so that places to put them stay in the
/// nearest cache.
void sort_bucket(std::span<KeyedRow> rows, std::span<KeyedRow> scratch, unsigned bits) {
    constexpr unsigned most_digit_bits = 9;
    constexpr std::size_t few = 256;
    if (rows.size() < few) {
        std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.low < b.low; });
        return;
    }
    std::span<KeyedRow> from = rows, to = scratch;
    for (unsigned shift = 0; shift < bits; shift += most_digit_bits) {
        std::array<std::uint32_t, (1U << most_digit_bits)> next{};
        auto const digit = [&](KeyedRow const& row) { return row.low >> shift & ones(most_digit_bits); };
        for (KeyedRow const& row : from)
            ++next[digit(row)];
        std::uint32_t sum = 0;
        for (std::uint32_t& place : next)
            sum += std::exchange(place, sum);
        for (KeyedRow const& row : from)
            to[next[digit(row)]++] = row;
        std::swap(from, to);
    }
    if (from.data() != rows.data()) std::copy(from.begin(), from.end(), rows.begin());
}

}  // namespace

KeyOrder::KeyOrder(core::TripRows const& trips) {
    Keys keys = key_rows(trips);
    std::size_t const size = trips.size();
    key_bits_ = static_cast<unsigned>(std::bit_width(keys.differing));
    low_bits_ = key_bits_ - bucket_bits(key_bits_, size);
    if (size > 0) first_key_ = keys.of_row[0] & ~ones(key_bits_);
    rows_ = core::RawArray<KeyedRow>(size);
    first_ = divide(keys, trips, key_bits_, low_bits_, rows_);
    spare_ = std::move(keys.of_row).turn_into<KeyedRow>(size);
#pragma omp parallel for schedule(dynamic, 16)
    for (std::size_t bucket = 0; bucket < first_.size() - 1; ++bucket) {
        std::size_t const begin = first_[bucket], of_bucket = first_[bucket + 1] - begin;
        sort_bucket({rows_.data() + begin, of_bucket}, {spare_.data() + begin, of_bucket}, low_bits_);
    }
}

std::size_t KeyOrder::find(std::uint64_t key, std::size_t from) const {
    if (key <= first_key_) return from;
    std::uint64_t const beyond = key - first_key_;
    if (beyond > ones(key_bits_)) return size();
    std::size_t const bucket = beyond >> low_bits_;
    std::size_t const begin = std::max(from, first_[bucket]), end = std::max(from, first_[bucket + 1]);
    auto const rows = this->rows().subspan(begin, end - begin);
    auto const at = std::lower_bound(rows.begin(), rows.end(), beyond & ones(low_bits_),
                                     [](KeyedRow const& row, std::uint64_t wanted) { return row.low < wanted; });
    return begin + static_cast<std::size_t>(at - rows.begin());
}

TimedRows KeyOrder::take_spare() {
    return std::move(spare_).turn_into<TimedRow>(size());
}

}  // namespace tessera::tiling
