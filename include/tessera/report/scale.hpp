#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace tessera::report {

/// How a count becomes a brightness.
enum class ScaleKind : std::uint8_t {
    eq,  ///< equalised histogram: every brightness is given to as many pixels, as far as counts allow
    log,
    linear
};

/// Local. The scale of that name. Throws core::UsageError with the list of what there is.
ScaleKind parse_scale(std::string_view name);

/// Brightness, from 0 for the least count above zero to 1 for the greatest. `eq` follows Datashader's eq_hist: the
/// share of the lit pixels whose count is not greater, stretched so that the least count gives 0; thus both the
/// fullest street corner and the loneliest road show.
class Scale {
  public:
    /// Local. The scale for a picture with these counts; zeros do not matter, and there may be none above zero.
    Scale(ScaleKind kind, std::span<std::uint64_t const> counts);

    /// Local. The brightness of a count above zero, 0 to 1, ascending; counts that the picture does not have lie
    /// between their neighbours', or at the ends. 1 where the picture has one count only.
    double brightness_of(std::uint64_t count) const;

  private:
    std::vector<std::uint64_t> counts_;  ///< that occur, ascending, each once
    std::vector<double> brightness_;     ///< of each
};

}  // namespace tessera::report
