#include "tessera/report/tilejson.hpp"

#include <nlohmann/json.hpp>

namespace tessera::report {

std::string tilejson_of(Pyramid const& pyramid) {
    nlohmann::ordered_json json;
    json["tilejson"] = "3.0.0";
    json["name"] = pyramid.name;
    json["generator"] = pyramid.software;
    json["scheme"] = "xyz";
    json["format"] = "png";
    json["tiles"] = {pyramid.url};
    json["tileSize"] = pyramid.size;
    json["minzoom"] = pyramid.least_zoom;
    json["maxzoom"] = pyramid.most_zoom;
    if (geo::Box const& box = pyramid.bounds; !box.empty()) {
        auto const degrees = [](std::int32_t angle) { return geo::degrees_from_angle(angle); };
        json["bounds"] = {degrees(box.west), degrees(box.south), degrees(box.east), degrees(box.north)};
        json["center"] = {degrees(box.west / 2 + box.east / 2), degrees(box.south / 2 + box.north / 2),
                          pyramid.least_zoom};
    }
    return json.dump(2) + "\n";
}

}  // namespace tessera::report
