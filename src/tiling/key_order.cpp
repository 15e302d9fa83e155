#include "tessera/tiling/key_order.hpp"

#include <omp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "tessera/geo/hilbert.hpp"

namespace tessera::tiling {
namespace {

/// A pass puts rows into at most 2^most_digit_bits places at once: their ends stay in the nearest cache.
constexpr unsigned most_digit_bits = 10;

/// One digit of the keys.
struct Digit {
    unsigned shift;
    unsigned bits;
    std::size_t operator()(std::uint64_t key) const { return (key >> shift) & ((std::uint64_t{1} << bits) - 1); }
};

/// The bits in which any two keys differ.
std::uint64_t differing_bits(KeyedRows const& rows) {
    std::uint64_t differing = 0;
    std::uint64_t const first = rows.size() == 0 ? 0 : rows[0].key;
#pragma omp parallel for schedule(static) reduction(| : differing)
    for (std::size_t i = 0; i < rows.size(); ++i)
        differing |= rows[i].key ^ first;
    return differing;
}

/// The digits of all bits up to the highest one in which keys differ, lowest first, all about as long.
std::vector<Digit> cut_digits(std::uint64_t differing) {
    auto const bits = static_cast<unsigned>(std::bit_width(differing));
    unsigned const passes = (bits + most_digit_bits - 1) / most_digit_bits;
    std::vector<Digit> digits;
    for (unsigned pass = 0; pass < passes; ++pass) {
        unsigned const begin = bits * pass / passes, end = bits * (pass + 1) / passes;
        digits.push_back({begin, end - begin});
    }
    return digits;
}

/// Sorts by one digit. Each thread counts and moves its own part of the rows, so that equal digits keep their order.
void sort_by_digit(KeyedRows const& from, KeyedRows& to, Digit digit) {
    std::size_t const places = std::size_t{1} << digit.bits;
    std::vector<std::vector<std::size_t>> next_of_thread(static_cast<std::size_t>(omp_get_max_threads()));
#pragma omp parallel
    {
        auto const thread = static_cast<std::size_t>(omp_get_thread_num());
        auto const threads = static_cast<std::size_t>(omp_get_num_threads());
        std::size_t const begin = from.size() * thread / threads, end = from.size() * (thread + 1) / threads;
        auto& next = next_of_thread[thread];
        next.assign(places, 0);
        for (std::size_t i = begin; i < end; ++i)
            ++next[digit(from[i].key)];
#pragma omp barrier
#pragma omp single
        for (std::size_t place = 0, sum = 0; place < places; ++place)
            for (std::size_t t = 0; t < threads; ++t) {
                std::size_t const count = next_of_thread[t][place];
                next_of_thread[t][place] = sum;
                sum += count;
            }
        for (std::size_t i = begin; i < end; ++i)
            to[next[digit(from[i].key)]++] = from[i];
    }
}

/// Puts the rows of a run of equal times in the order of files and lines.
void break_ties(std::span<KeyedRow> rows, core::TripRows const& trips) {
    std::sort(rows.begin(), rows.end(), [&](KeyedRow const& a, KeyedRow const& b) {
        auto const file_a = trips.but_for_line(a.row).file, file_b = trips.but_for_line(b.row).file;
        return file_a != file_b ? file_a < file_b : trips.line(a.row) < trips.line(b.row);
    });
}

/// Sorts by time, eight bits a pass.
void sort_by_time(std::span<KeyedRow> rows, std::span<KeyedRow> scratch) {
    auto const [earliest, latest] =
        std::minmax_element(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.time < b.time; });
    std::uint32_t const base = earliest->time.count, span = latest->time.count - base;
    std::span<KeyedRow> from = rows, to = scratch.first(rows.size());
    for (unsigned shift = 0; shift < 32 && span >> shift != 0; shift += 8) {
        std::array<std::uint32_t, 257> next{};
        auto const digit = [&](KeyedRow const& row) { return ((row.time.count - base) >> shift) & 255; };
        for (KeyedRow const& row : from)
            ++next[digit(row) + 1];
        for (std::size_t i = 1; i < next.size(); ++i)
            next[i] += next[i - 1];
        for (KeyedRow const& row : from)
            to[next[digit(row)]++] = row;
        std::swap(from, to);
    }
    if (from.data() != rows.data()) std::copy(from.begin(), from.end(), rows.begin());
}

}  // namespace

KeyedRow key_row(core::Trip const& trip, core::TripRows::Number row) {
    return {geo::hilbert_key({trip.pickup_lon.count, trip.pickup_lat.count}), trip.pickup_time, row};
}

KeyedRows key_rows(core::TripRows const& trips) {
    std::vector<std::size_t> first{0};
    for (auto const& chunk : trips.chunks())
        first.push_back(first.back() + chunk.used);
    KeyedRows rows(trips.size());
#pragma omp parallel for schedule(static)
    for (std::size_t c = 0; c < trips.chunks().size(); ++c) {
        auto const& chunk = trips.chunks()[c];
        for (std::size_t i = 0; i < chunk.used; ++i)
            rows[first[c] + i] = key_row(chunk.rows[i].trip, core::TripRows::number(c, i));
    }
    return rows;
}

void sort_by_key(KeyedRows& rows, KeyedRows& spare) {
    auto const digits = cut_digits(differing_bits(rows));
    if (digits.empty()) return;
    spare.reuse(rows.size());
    for (Digit const digit : digits) {
        sort_by_digit(rows, spare, digit);
        std::swap(rows, spare);
    }
}

void sort_tile(std::span<KeyedRow> rows, std::span<KeyedRow> scratch, core::TripRows const& trips) {
    auto const by_time = [](KeyedRow const& a, KeyedRow const& b) { return a.time < b.time; };
    if (!std::is_sorted(rows.begin(), rows.end(), by_time)) {
        if (rows.size() < 64)
            std::sort(rows.begin(), rows.end(), by_time);
        else
            sort_by_time(rows, scratch);
    }
    for (std::size_t begin = 0, end = 1; begin < rows.size(); begin = end++) {
        while (end < rows.size() && rows[end].time == rows[begin].time)
            ++end;
        if (end - begin > 1) break_ties(rows.subspan(begin, end - begin), trips);
    }
}

}  // namespace tessera::tiling
