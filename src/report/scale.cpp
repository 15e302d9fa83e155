#include "tessera/report/scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tessera/core/error.hpp"

namespace tessera::report {
namespace {

std::vector<std::uint64_t> sort_lit(std::span<std::uint64_t const> counts) {
    std::vector<std::uint64_t> lit;
    for (std::uint64_t const count : counts)
        if (count > 0) lit.push_back(count);
    std::sort(lit.begin(), lit.end());
    return lit;
}

/// How bright a count is before stretching; `not_greater` is the number of lit pixels whose count is not greater.
double raw_brightness(ScaleKind kind, std::uint64_t count, std::size_t not_greater) {
    switch (kind) {
        case ScaleKind::eq:
            return static_cast<double>(not_greater);
        case ScaleKind::log:
            return std::log(static_cast<double>(count));
        case ScaleKind::linear:
            return static_cast<double>(count);
    }
    return 0;
}

/// Brings ascending values to 0 to 1; a single one to 1.
void stretch(std::vector<double>& values) {
    if (values.empty()) return;
    double const least = values.front(), span = values.back() - least;
    for (double& value : values)
        value = span > 0 ? (value - least) / span : 1;
}

}  // namespace

ScaleKind parse_scale(std::string_view name) {
    if (name == "eq") return ScaleKind::eq;
    if (name == "log") return ScaleKind::log;
    if (name == "linear") return ScaleKind::linear;
    throw core::UsageError(fmt::format("unknown scale '{}'; choose one of eq, log, linear", name));
}

Scale::Scale(ScaleKind kind, std::span<std::uint64_t const> counts) {
    std::vector<std::uint64_t> const lit = sort_lit(counts);
    for (std::size_t i = 0; i < lit.size(); ++i) {
        bool const last_of_its_count = i + 1 == lit.size() || lit[i + 1] != lit[i];
        if (!last_of_its_count) continue;
        counts_.push_back(lit[i]);
        brightness_.push_back(raw_brightness(kind, lit[i], i + 1));
    }
    stretch(brightness_);
}

double Scale::brightness_of(std::uint64_t count) const {
    if (counts_.empty() || count >= counts_.back()) return 1;
    if (count <= counts_.front()) return 0;
    auto const above =
        static_cast<std::size_t>(std::lower_bound(counts_.begin(), counts_.end(), count) - counts_.begin());
    if (counts_[above] == count) return brightness_[above];
    return (brightness_[above - 1] + brightness_[above]) / 2;
}

}  // namespace tessera::report
