#include "tessera/synth/time_span.hpp"

#include <fmt/format.h>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {

TimeSpan whole_month(int year, unsigned month) {
    auto const first = core::days_of(year, month, 1);
    auto const next = month == 12 ? core::days_of(year + 1, 1, 1) : core::days_of(year, month + 1, 1);
    if (!first || !next) {
        throw core::UsageError(
            fmt::format("no month {}-{:02} (times run from 1970-01 to 2105-11) give another", year, month));
    }
    return {core::WallTime{*first * core::seconds_per_day}, core::WallTime{*next * core::seconds_per_day}};
}

}  // namespace tessera::synth
