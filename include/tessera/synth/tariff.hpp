#pragma once
#include <cstdint>

namespace tessera::synth {

/// The commission's published fares of a period, in cents.
struct Tariff {
    std::int32_t flag_drop;    ///< to begin with
    std::int32_t per_unit;     ///< a fifth of a mile, or a minute in slow traffic
    std::int32_t jfk_flat;     ///< between Manhattan and JFK (rate 2)
    std::int32_t newark_more;  ///< on top of the meter for Newark (rate 3)
    std::int32_t mta_tax;
    std::int32_t improvement;
};

/// Until September 2012; the tax of the MTA came in November 2009.
inline constexpr Tariff tariff_2009{250, 40, 4500, 1500, 0, 0};
inline constexpr Tariff tariff_2010{250, 40, 4500, 1500, 50, 0};
/// From September 2012.
inline constexpr Tariff tariff_2012{250, 50, 5200, 1750, 50, 0};
/// From January 2015.
inline constexpr Tariff tariff_2015{250, 50, 5200, 1750, 50, 30};

}  // namespace tessera::synth
