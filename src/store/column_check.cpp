#include "column_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schema.hpp"
#include "tessera/core/error.hpp"

namespace tessera::store {

PieceSums read_sums(OpenStore::File const& file, RowRange rows) {
    PieceSums kept;
    if (rows.size() == 0 || file.starts.empty()) return kept;
    std::size_t const first = piece_of(file.starts, rows.first), last = piece_of(file.starts, rows.last - 1) + 1;
    kept.starts.assign(file.starts.begin() + static_cast<std::ptrdiff_t>(first),
                       file.starts.begin() + static_cast<std::ptrdiff_t>(last + 1));
    kept.sums.resize(last - first);
    file.raw->read(file.sums_offset + first * sizeof(Checksums), kept.sums.data(),
                   kept.sums.size() * sizeof(Checksums));
    return kept;
}

PieceSums read_sums(OpenStore::File const& file, ReadPlan const& plan) {
    RowRange rows{0, 0};
    for (auto const& pieces : plan.rounds)
        if (!pieces.empty()) rows = {rows.last == 0 ? pieces.front().first : rows.first, pieces.back().last};
    return read_sums(file, rows);
}

void ColumnCheck::add(std::uint64_t first_row, void const* values, std::size_t rows, std::size_t bytes_a_row) {
    if (rows == 0) return;
    auto const* at = static_cast<char const*>(values);
    if (first_row != next_row_ || crc_ == 0) {
        piece_ = piece_of(kept_.starts, first_row);
        crc_ = 0;
    }
    for (next_row_ = first_row; rows > 0;) {
        std::uint64_t const end = kept_.starts[piece_ + 1];
        std::size_t const taken = std::min<std::uint64_t>(rows, end - next_row_);
        crc_ = crc_of(at, taken * bytes_a_row, crc_);
        at += taken * bytes_a_row;
        rows -= taken;
        next_row_ += taken;
        if (next_row_ < end) break;
        if (crc_ != kept_.sums[piece_][static_cast<std::size_t>(column_)])
            damages_.push_back({column_, kept_.starts[piece_], end});
        ++piece_;
        crc_ = 0;
    }
}

std::vector<Damage> join_damages(std::span<std::vector<Damage> const> damages) {
    std::vector<Damage> joined;
    for (auto const& some : damages)
        joined.insert(joined.end(), some.begin(), some.end());
    return joined;
}

void require_undamaged(std::string const& path, std::span<Damage const> damages) {
    if (damages.empty()) return;
    std::string others;
    if (damages.size() > 1) others = fmt::format(" (the first of {} damaged pieces)", damages.size());
    Damage const& first = damages.front();
    throw core::DataError(
        core::describe({path, 0, "", ""},
                       fmt::format("is damaged: rows {} to {} of '{}'{} are not what was written", first.first_row,
                                   first.last_row - 1, path_of(first.column), others),
                       "copy or ingest it again; `tessera info --verify` lists all damage"));
}

}  // namespace tessera::store
