#pragma once
#include <cstdint>

#include "tessera/core/raw_array.hpp"

namespace tessera::query {

/// A row and what it is sorted by.
struct KeyedRow {
    std::uint64_t key;
    std::uint32_t row;
};
using KeyedRows = core::RawArray<KeyedRow>;

/// Keys [first, last].
struct KeyRange {
    std::uint64_t first;
    std::uint64_t last;
};

/// Local, OpenMP. Sorts by key; rows of equal keys stand in any order. Quick where most keys are in the usual range.
void sort_by_key(KeyedRows& rows, KeyRange usual);

}  // namespace tessera::query
