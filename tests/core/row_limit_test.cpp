#include "tessera/core/row_limit.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tessera/core/error.hpp"

namespace tessera::core {
namespace {

std::string refusal_of(std::uint64_t trips) {
    try {
        require_row_numbers(trips);
    } catch (DataError const& error) {
        return error.what();
    }
    return "";
}

TEST(RowLimit, NumbersOf32Bits) {
    EXPECT_EQ(most_rows_of_a_rank, 4'294'967'295U);
    EXPECT_EQ(refusal_of(0), "");
    EXPECT_EQ(refusal_of(std::uint64_t{1} << 31), "");
    EXPECT_EQ(refusal_of(4'294'967'295), "");
    EXPECT_EQ(refusal_of(4'294'967'296),
              "4294967296 trips are too many for one rank (it numbers 4294967295 at most); start more ranks");
    EXPECT_NE(refusal_of(5'000'000'000).find("5000000000 trips"), std::string::npos);
    EXPECT_NE(refusal_of(std::uint64_t{1} << 63), "");
}

}  // namespace
}  // namespace tessera::core
