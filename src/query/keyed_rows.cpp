#include "keyed_rows.hpp"

#include <omp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>
#include <vector>

#include "tessera/core/exception_keeper.hpp"

namespace tessera::query {
namespace {

/// Equal parts of the usual keys, one part for all keys before them and one for all after them: as many as make parts
/// of a few thousand rows, which are sorted in the second cache.
class Parts {
  public:
    explicit Parts(KeyRange usual) : usual_(usual) {
        constexpr int most_bits = 16;
        shift_ =
            static_cast<unsigned>(std::max(0, static_cast<int>(std::bit_width(usual.last - usual.first)) - most_bits));
    }
    std::size_t count() const { return ((usual_.last - usual_.first) >> shift_) + 3; }
    std::size_t operator()(std::uint64_t key) const {
        if (key < usual_.first) return 0;
        return key > usual_.last ? count() - 1 : ((key - usual_.first) >> shift_) + 1;
    }

  private:
    KeyRange usual_;
    unsigned shift_;
};

/// Puts rows into their parts, each thread its own share of them. Returns where each part begins, and the end.
std::vector<std::size_t> divide(KeyedRows const& rows, Parts const& parts, KeyedRows& to) {
    std::vector<std::vector<std::size_t>> next_of_thread(static_cast<std::size_t>(omp_get_max_threads()));
    std::vector<std::size_t> first(parts.count() + 1, rows.size());
    core::ExceptionKeeper keeper;
#pragma omp parallel
    {
        auto const thread = static_cast<std::size_t>(omp_get_thread_num());
        auto const threads = static_cast<std::size_t>(omp_get_num_threads());
        std::size_t const begin = rows.size() * thread / threads, end = rows.size() * (thread + 1) / threads;
        auto& next = next_of_thread[thread];
        keeper.run([&] {
            next.assign(parts.count(), 0);
            for (std::size_t i = begin; i < end; ++i)
                ++next[parts(rows[i].key)];
        });
#pragma omp barrier
#pragma omp single
        if (!keeper.caught())
            for (std::size_t part = 0, sum = 0; part < parts.count(); ++part) {
                first[part] = sum;
                for (std::size_t t = 0; t < threads; ++t)
                    sum += std::exchange(next_of_thread[t][part], sum);
            }
        if (!keeper.caught())
            for (std::size_t i = begin; i < end; ++i)
                to[next[parts(rows[i].key)]++] = rows[i];
    }
    keeper.rethrow();
    return first;
}

/// Sorts some rows, eight bits a pass from the lowest in which any two differ. They are in `from`, and then in `to`.
void sort_part(std::span<KeyedRow> from, std::span<KeyedRow> to) {
    std::uint64_t differing = 0;
    for (KeyedRow const& row : from)
        differing |= row.key ^ from[0].key;
    auto const in_to = to;
    for (unsigned shift = 0; shift < 64 && differing >> shift != 0; shift += 8) {
        if ((differing >> shift & 255) == 0) continue;
        std::array<std::size_t, 256> next{};
        for (KeyedRow const& row : from)
            ++next[row.key >> shift & 255];
        std::size_t sum = 0;
        for (std::size_t& place : next)
            sum += std::exchange(place, sum);
        for (KeyedRow const& row : from)
            to[next[row.key >> shift & 255]++] = row;
        std::swap(from, to);
    }
    if (from.data() != in_to.data()) std::copy(from.begin(), from.end(), in_to.begin());
}

/// The same for few.
void sort_few(std::span<KeyedRow> from, std::span<KeyedRow> to) {
    std::copy(from.begin(), from.end(), to.begin());
    std::sort(to.begin(), to.end(), [](KeyedRow const& a, KeyedRow const& b) { return a.key < b.key; });
}

}  // namespace

void sort_by_key(KeyedRows& rows, KeyRange usual) {
    constexpr std::size_t few = 256;
    Parts const parts(usual);
    KeyedRows other(rows.size());
    auto const first = divide(rows, parts, other);
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic, 16)
    for (std::size_t part = 0; part < parts.count(); ++part) {
        std::size_t const size = first[part + 1] - first[part];
        if (size == 0) continue;
        std::span<KeyedRow> const from{other.data() + first[part], size}, to{rows.data() + first[part], size};
        keeper.run([&] { size < few ? sort_few(from, to) : sort_part(from, to); });
    }
    keeper.rethrow();
}

}  // namespace tessera::query
