#include "tessera/core/row_limit.hpp"

#include <fmt/format.h>

#include "tessera/core/error.hpp"

namespace tessera::core {

void require_row_numbers(std::uint64_t trips) {
    if (trips > most_rows_of_a_rank)
        throw DataError(fmt::format("{} trips are too many for one rank (it numbers {} at most); start more ranks",
                                    trips, most_rows_of_a_rank));
}

}  // namespace tessera::core
