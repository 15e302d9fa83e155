#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tessera::synth {

/// How hundredths (cents, hundredths of a mile) are written.
enum class HundredthStyle : std::uint8_t {
    double17,          ///< the double nearest to it by 17 digits: 0.69999999999999996, 8.9999999999999997E-2
    trimmed,           ///< 12.5, 0.3, 4
    two_decimals,      ///< 0.81, 3.30
    two_decimals_bare  ///< .81, 3.30
};

/// Local. A value by up to 17 significant digits with no trailing zeros; values below 0.1 that need all 17 take an
/// exponent: 8.9999999999999997E-2.
std::string double17_text(double value);

/// Local. That many hundredths in a style.
std::string hundredths_text(std::int64_t hundredths, HundredthStyle style);

/// The texts of 0.00 to 100.00 in one style, made once: nearly all money and distances are among them, and printing
/// 17 digits costs a hundred times a copy.
class HundredthTexts {
  public:
    explicit HundredthTexts(HundredthStyle style);
    /// Local. Writes a value and returns where it ends. Shapes: 32 bytes are free at `out`.
    char* write(char* out, std::int32_t hundredths) const;

  private:
    struct Entry {
        char text[23];
        std::uint8_t length;
    };
    HundredthStyle style_;
    std::vector<Entry> entries_;
};

/// Local. Writes degrees as `double17_text` does, faster for the latitudes and longitudes of New York; a tie at the
/// 17th digit goes up (published files have both). Returns the end. Shapes: 32 bytes are free at `out`.
char* write_degrees(char* out, double degrees);

/// Local. Writes an angle (1e-7 degree), rounded to four or five decimals (half away from zero), with no trailing
/// zeros. Returns the end. Shapes: 16 bytes are free at `out`.
char* write_four_decimals(char* out, std::int32_t angle);
char* write_five_decimals(char* out, std::int32_t angle);

/// Local. Writes a whole number. Returns the end. Shapes: 10 bytes are free at `out`.
char* write_whole(char* out, std::uint32_t value);

}  // namespace tessera::synth
