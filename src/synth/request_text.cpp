#include "tessera/synth/request_text.hpp"

#include <charconv>
#include <cstring>

#include "tessera/core/civil_time.hpp"
#include "tessera/synth/number_text.hpp"
#include "tessera/synth/time_text.hpp"

namespace tessera::synth {
namespace {

char* write_text(char* out, std::string_view text) {
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

char* write_number(char* out, std::string_view name, std::uint32_t value) {
    return write_whole(write_text(out, name), value);
}

char* write_point(char* out, geo::Point point) {
    out = write_five_decimals(write_text(out, R"(,"at":[)"), point.lon);
    out = write_five_decimals(write_text(out, ","), point.lat);
    return write_text(out, "]");
}

char* write_box(char* out, geo::Box const& box) {
    out = write_five_decimals(write_text(out, R"(,"box":[)"), box.west);
    out = write_five_decimals(write_text(out, ","), box.south);
    out = write_five_decimals(write_text(out, ","), box.east);
    out = write_five_decimals(write_text(out, ","), box.north);
    return write_text(out, "]");
}

char* write_window(char* out, TimeSpan window) {
    out = write_minute(write_text(out, R"(,"from":")"), core::civil_of(window.from));
    out = write_minute(write_text(out, R"(","to":")"), core::civil_of(window.to));
    return write_text(out, "\"");
}

char* write_sources(char* out, RequestDraft const& request) {
    out = write_text(out, R"(,"source":[")");
    for (std::size_t i = 0; i < request.source_count; ++i) {
        if (i > 0) out = write_text(out, R"(",")");
        out = write_text(out, core::name_of(request.sources[i]));
    }
    return write_text(out, R"("])");
}

char* write_keys(char* out, RequestDraft const& request) {
    out = write_text(out, R"(,"by":[)");
    if (!request.by.empty()) {
        out = write_text(out, request.by);
    } else {
        bool const on_dropoff = request.on == OnWord::dropoff;
        out = write_number(out, on_dropoff ? R"("dropoff_tile:)" : R"("pickup_tile:)", request.tile_level);
        out = write_text(out, "\"");
    }
    out = write_text(write_text(out, R"(],"measure":[)"), request.measures);
    return write_text(out, "]");
}

}  // namespace

char* write_request(char* out, std::uint64_t row, RequestDraft const& request) {
    constexpr std::size_t longest_number = 20;
    out = write_text(out, R"({"id":"r)");
    out = std::to_chars(out, out + longest_number, row + 1).ptr;
    switch (request.operation) {
        case Operation::nearest:
            out = write_point(write_text(out, R"(","op":"nearest")"), request.at);
            out = write_number(out, R"(,"k":)", request.k);
            if (request.within_metres > 0) out = write_number(out, R"(,"within_m":)", request.within_metres);
            break;
        case Operation::range:
            out = write_text(out, R"(","op":"range")");
            break;
        case Operation::aggregate:
            out = write_keys(write_text(out, R"(","op":"aggregate")"), request);
            break;
    }
    if (request.box) out = write_box(out, *request.box);
    if (request.on == OnWord::pickup) out = write_text(out, R"(,"on":"pickup")");
    if (request.on == OnWord::dropoff) out = write_text(out, R"(,"on":"dropoff")");
    if (request.window) out = write_window(out, *request.window);
    if (request.source_count > 0) out = write_sources(out, request);
    if (request.operation == Operation::range) out = write_number(out, R"(,"limit":)", request.limit);
    return write_text(out, "}\n");
}

}  // namespace tessera::synth
