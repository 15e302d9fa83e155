#include "tessera/synth/layout.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "layout_tables.hpp"
#include "tessera/core/error.hpp"

namespace tessera::synth {

std::span<Layout const> layouts() {
    static std::vector<Layout> const all = [] {
        std::vector<Layout> joined;
        for (auto const part : {yellow_layouts(), green_layouts(), uber_layouts()})
            joined.insert(joined.end(), part.begin(), part.end());
        return joined;
    }();
    return all;
}

Layout const& find_layout(core::Source source, std::string_view name) {
    std::string known;
    for (Layout const& layout : layouts()) {
        if (layout.source != source) continue;
        if (layout.name == name) return layout;
        known += (known.empty() ? "" : ", ") + std::string(layout.name);
    }
    throw core::UsageError(
        fmt::format("no {} layout '{}' (a layout is named after the period that used it) use one of {}",
                    core::name_of(source), name, known));
}

}  // namespace tessera::synth
