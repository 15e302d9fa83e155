#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tessera/core/units.hpp"

namespace tessera::ingest {

/// Reads the publishers' times:
///   2014-04-01 08:00:00   2014-04-01T08:00:00[.000]   2014/4/1 08:00:00   (year first)
///   4/1/2014 8:00:00      04/01/2014 08:00:00 AM      04-01-14 8:00       (month first; two-digit years are 20xx)
/// Neighbouring rows mostly share their day, so that the last day is kept and its text compared.
class TimestampReader {
  public:
    /// Local. Nothing when there is no such time, or it is not after 1970-01-01T00:00:00.
    std::optional<core::WallTime> parse(std::string_view text);

  private:
    std::array<char, 10> last_day_text_{};
    std::uint32_t last_day_start_ = 0;
};

}  // namespace tessera::ingest
