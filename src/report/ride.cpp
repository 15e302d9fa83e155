#include "tessera/report/ride.hpp"

#include "tessera/report/literal.hpp"
#include "tessera/report/quote.hpp"

namespace tessera::report {
namespace {

void append_value(std::string& text, core::WallTime time) {
    append_time(text, time);
}
void append_value(std::string& text, core::Angle angle) {
    append_degrees(text, angle.count);
}
void append_value(std::string& text, core::Cents money) {
    append_hundredths(text, money.count);
}
void append_value(std::string& text, core::Centimiles distance) {
    append_hundredths(text, distance.count);
}
void append_value(std::string& text, core::Passengers number) {
    append_count(text, number.count);
}
void append_value(std::string& text, core::Code code) {
    append_count(text, code.count);
}

void append_json_value(std::string& text, core::WallTime time) {
    text += '"';
    append_time(text, time);
    text += '"';
}
template <class Q>
void append_json_value(std::string& text, Q value) {
    append_value(text, value);
}

void append_position(std::string& text, core::Angle lon, core::Angle lat) {
    text += '[';
    append_degrees(text, lon.count);
    text += ',';
    append_degrees(text, lat.count);
    text += ']';
}

/// The members that may be unknown and follow the two ends, in the order of every output.
template <class Visit>
void for_each_detail(core::Trip const& trip, Visit&& visit) {
    visit(",\"distance\":", trip.distance);
    visit(",\"fare\":", trip.fare);
    visit(",\"tip\":", trip.tip);
    visit(",\"tolls\":", trip.tolls);
    visit(",\"total\":", trip.total);
    visit(",\"passengers\":", trip.passengers);
    visit(",\"payment\":", trip.payment);
    visit(",\"rate\":", trip.rate);
    visit(",\"vendor\":", trip.vendor);
}

template <class Visit>
void for_each_time_and_place(core::Trip const& trip, Visit&& visit) {
    visit(",\"pickup_time\":", trip.pickup_time);
    visit(",\"dropoff_time\":", trip.dropoff_time);
    visit(",\"pickup_lon\":", trip.pickup_lon);
    visit(",\"pickup_lat\":", trip.pickup_lat);
    visit(",\"dropoff_lon\":", trip.dropoff_lon);
    visit(",\"dropoff_lat\":", trip.dropoff_lat);
}

void append_file_and_line(std::string& text, core::Trip const& trip, std::string_view file) {
    text += ",\"file\":";
    text += file;
    text += ",\"line\":";
    append_count(text, trip.line.count);
}

}  // namespace

void append_ride_csv(std::string& text, core::Trip const& trip, std::string_view file,
                     std::optional<Standing> standing) {
    if (standing) {
        append_count(text, standing->rank);
        text += ',';
        append_metres(text, standing->metres);
        text += ',';
    }
    text += core::name_of(trip.source);
    auto const append = [&](std::string_view, auto value) {
        text += ',';
        if (core::is_known(value)) append_value(text, value);
    };
    for_each_time_and_place(trip, append);
    for_each_detail(trip, append);
    text += ',';
    text += file;
    text += ',';
    append_count(text, trip.line.count);
}

void append_ride_json(std::string& text, core::Trip const& trip, std::string_view file, std::optional<double> metres) {
    text += '{';
    if (metres) {
        text += "\"metres\":";
        append_rounded(text, *metres, 3);
        text += ',';
    }
    text += "\"source\":\"";
    text += core::name_of(trip.source);
    text += '"';
    auto const append = [&](std::string_view member, auto value) {
        if (!core::is_known(value)) return;
        text += member;
        append_json_value(text, value);
    };
    append(",\"pickup_time\":", trip.pickup_time);
    text += ",\"pickup\":";
    append_position(text, trip.pickup_lon, trip.pickup_lat);
    append(",\"dropoff_time\":", trip.dropoff_time);
    if (core::is_known(trip.dropoff_lon)) {
        text += ",\"dropoff\":";
        append_position(text, trip.dropoff_lon, trip.dropoff_lat);
    }
    for_each_detail(trip, append);
    append_file_and_line(text, trip, file);
    text += '}';
}

std::string ride_json(core::Trip const& trip, std::string_view file_name, std::optional<double> metres) {
    std::string text;
    append_ride_json(text, trip, quote_json(file_name), metres);
    return text;
}

void append_ride_feature(std::string& text, core::Trip const& trip, std::string_view file, query::End on,
                         std::optional<Standing> standing) {
    bool const at_pickup = on == query::End::pickup;
    core::Angle const lon = at_pickup ? trip.pickup_lon : trip.dropoff_lon;
    core::Angle const lat = at_pickup ? trip.pickup_lat : trip.dropoff_lat;
    text += R"({"type":"Feature","geometry":)";
    if (core::is_known(lon)) {
        text += R"({"type":"Point","coordinates":)";
        append_position(text, lon, lat);
        text += '}';
    } else {
        text += "null";
    }
    text += ",\"properties\":{";
    if (standing) {
        text += "\"rank\":";
        append_count(text, standing->rank);
        text += ",\"metres\":";
        append_rounded(text, standing->metres, 3);
        text += ',';
    }
    text += "\"source\":\"";
    text += core::name_of(trip.source);
    text += '"';
    auto const append = [&](std::string_view member, auto value) {
        text += member;
        core::is_known(value) ? append_json_value(text, value) : void(text += "null");
    };
    for_each_time_and_place(trip, append);
    for_each_detail(trip, append);
    append_file_and_line(text, trip, file);
    text += "}}";
}

}  // namespace tessera::report
