#pragma once
#include <boost/program_options.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "tessera/app/stage_watch.hpp"
#include "tessera/desk/web_desk.hpp"
#include "tessera/web/listen_place.hpp"

namespace tessera::app {

/// What `serve` is asked to do.
struct ServeOptions {
    std::string store;
    web::ListenPlace place;
    std::optional<std::string> token_file;
    std::optional<std::string> basemap;  ///< a template of addresses of tiles: "https://tiles.example/{z}/{x}/{y}.png"
    web::Limits web;
    request::Limits requests;
    desk::AskedCalls::Limits body;
    TimingsOption timings;
};

/// Local. Adds the options of `serve`.
void add_serve_options(po::options_description& options);
/// Local. Reads them. Throws core::UsageError, also for a place that others can reach without a token.
ServeOptions read_serve_options(po::variables_map const& values);

/// Local. The Content-Security-Policy of the page: all from here alone, but for the pictures of a base map.
std::string content_policy(std::optional<std::string> const& basemap);

}  // namespace tessera::app
