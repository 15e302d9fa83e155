#pragma once
#include <compare>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace tessera::core {

/// A number with its unit in its type: `Cents{250}` cannot be added to `Centimiles{250}` by mistake.
/// `count` is the bare number, for kernels that sum. The layout is that of `Rep` alone, so a vector of quantities
/// is what HDF5 and MPI expect of a column.
template <class Tag, class Representation>
struct Quantity {
    using Rep = Representation;
    Rep count{};
    friend constexpr auto operator<=>(Quantity, Quantity) = default;
};

/// New York wall-clock time as published, in seconds since 1970-01-01T00:00:00 with no zone shift. 0 is unknown.
using WallTime = Quantity<struct WallTimeTag, std::uint32_t>;
/// Longitude or latitude in units of 1e-7 degree.
using Angle = Quantity<struct AngleTag, std::int32_t>;
/// Money in US cents.
using Cents = Quantity<struct CentsTag, std::int32_t>;
/// Distance along the road in hundredths of a statute mile.
using Centimiles = Quantity<struct CentimilesTag, std::int32_t>;
/// Number of passengers. 0 is a published value, so that unknown is 255.
using Passengers = Quantity<struct PassengersTag, std::uint8_t>;
/// A code of the commission's dictionary (see codes.hpp). 0 is not given.
using Code = Quantity<struct CodeTag, std::uint8_t>;
/// Index into the list of input files.
using FileId = Quantity<struct FileIdTag, std::uint16_t>;
/// Line of an input file, from 1, the header included.
using LineNumber = Quantity<struct LineNumberTag, std::uint32_t>;

inline constexpr std::int32_t angle_units_per_degree = 10'000'000;

/// Local. The value that stands for "not known" in a column of type Q; it is the column's `_FillValue` in the store.
template <class Q>
constexpr Q unknown() {
    using Rep = typename Q::Rep;
    if constexpr (std::is_signed_v<Rep>) return Q{std::numeric_limits<Rep>::min()};
    return Q{0};
}
/// Local. 255: nobody is a published number of passengers.
template <>
constexpr Passengers unknown<Passengers>() {
    return Passengers{255};
}

/// Local. Whether a value is one.
template <class Q>
constexpr bool is_known(Q value) {
    return value != unknown<Q>();
}

}  // namespace tessera::core
