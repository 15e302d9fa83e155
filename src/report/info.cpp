#include "tessera/report/info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/columns.hpp"
#include "tessera/report/align.hpp"
#include "tessera/report/ledger.hpp"
#include "tessera/report/literal.hpp"

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

std::string box_text(geo::Box const& box) {
    std::string text;
    for (std::int32_t const edge : {box.west, box.south, box.east, box.north}) {
        if (!text.empty()) text += ',';
        append_degrees(text, edge);
    }
    return text;
}

std::string rounded(double value, int decimals) {
    std::string text;
    append_rounded(text, value, decimals);
    return text;
}

std::string sources_text(StoreSummary const& summary) {
    std::string text;
    for (std::size_t i = 0; i < core::all_sources.size(); ++i)
        text += fmt::format("{}{} {}", i == 0 ? "" : ", ", core::name_of(core::all_sources[i]),
                            with_separators(summary.trips_by_source[i]));
    return text;
}

double share_of(double part, std::uint64_t whole) {
    return whole == 0 ? 0.0 : part / static_cast<double>(whole);
}

std::string plan_text(std::vector<std::uint64_t> const& trips_per_rank) {
    std::uint64_t const trips = std::accumulate(trips_per_rank.begin(), trips_per_rank.end(), std::uint64_t{0});
    std::vector<std::vector<std::string>> rows{{"rank", "trips", "of the mean"}};
    for (std::size_t rank = 0; rank < trips_per_rank.size(); ++rank) {
        double const of_mean =
            share_of(static_cast<double>(trips_per_rank[rank]) * static_cast<double>(trips_per_rank.size()), trips);
        rows.push_back({std::to_string(rank), with_separators(trips_per_rank[rank]), fmt::format("{:.4f}", of_mean)});
    }
    return fmt::format("\nplan for {} ranks, max/mean {:.4f}\n{}", trips_per_rank.size(), max_over_mean(trips_per_rank),
                       align_columns(rows, 0));
}

std::string check_text(StoreCheck const& check) {
    if (!check.damaged.empty())
        return fmt::format("damaged: {} not what was written",
                           check.damaged.size() == 1
                               ? "a piece of a column is"
                               : with_separators(check.damaged.size()) + " pieces of columns are");
    return fmt::format("all is as it was written: {} bytes of columns in {} pieces, and the tables",
                       with_separators(check.bytes), with_separators(check.pieces * core::column_count));
}

std::string damaged_table(StoreCheck const& check) {
    std::vector<std::vector<std::string>> rows{{"damaged", "first row", "last row"}};
    for (DamagedRows const& damage : check.damaged)
        rows.push_back(
            {damage.data_set, with_separators(damage.first_row), with_separators(damage.first_row + damage.rows - 1)});
    return align_columns(rows, 1);
}

ordered_json check_json(StoreCheck const& check) {
    ordered_json damaged = ordered_json::array();
    for (DamagedRows const& damage : check.damaged)
        damaged.push_back({{"data_set", damage.data_set}, {"first_row", damage.first_row}, {"rows", damage.rows}});
    return {{"bytes", check.bytes}, {"pieces", check.pieces * core::column_count}, {"damaged", damaged}};
}

ordered_json box_json(geo::Box const& box) {
    if (box.empty()) return nullptr;
    return {geo::degrees_from_angle(box.west), geo::degrees_from_angle(box.south), geo::degrees_from_angle(box.east),
            geo::degrees_from_angle(box.north)};
}

ordered_json time_json(core::WallTime time) {
    return core::is_known(time) ? ordered_json(core::format_wall_time(time)) : ordered_json(nullptr);
}

}  // namespace

double max_over_mean(std::vector<std::uint64_t> const& trips_per_rank) {
    std::uint64_t const trips = std::accumulate(trips_per_rank.begin(), trips_per_rank.end(), std::uint64_t{0});
    if (trips == 0) return 1;
    auto const largest = *std::max_element(trips_per_rank.begin(), trips_per_rank.end());
    return static_cast<double>(largest) * static_cast<double>(trips_per_rank.size()) / static_cast<double>(trips);
}

std::string info_text(StoreSummary const& summary) {
    std::vector<std::vector<std::string>> rows;
    auto const say = [&](std::string name, std::string value) { rows.push_back({std::move(name), std::move(value)}); };
    auto const bytes = static_cast<double>(summary.file_bytes);
    say("store", fmt::format("{} (format {}, written by tessera {})", summary.path, summary.format_version,
                             summary.program_version));
    say("size", with_separators(summary.file_bytes) + " bytes" +
                    (summary.trips == 0 ? "" : fmt::format(", {:.1f} a trip", share_of(bytes, summary.trips))));
    say("trips", with_separators(summary.trips) + ": " + sources_text(summary));
    if (summary.trips > 0) {
        say("pick-ups",
            core::format_wall_time(summary.first_pickup) + " to " + core::format_wall_time(summary.last_pickup));
        say("box", box_text(summary.pickup_box) + " (west, south, east, north)");
    }
    say("tiles",
        fmt::format("{}, split above {} trips; the largest holds {}, the mean {}", with_separators(summary.tiles),
                    with_separators(summary.tile_trips), with_separators(summary.largest_tile),
                    rounded(share_of(static_cast<double>(summary.trips), summary.tiles), 1)));
    say("kept", fmt::format("pick-ups in {}, rides of at most {} hours", box_text(summary.region), summary.max_hours));
    if (summary.format_version == 1)
        say("check", "none: stores of format 1 have no checksums, and damage may go unnoticed; ingest it again");
    if (summary.check) say("check", check_text(*summary.check));
    std::string text = align_columns(rows, 2) + '\n' + ledger_table(summary.ledger);
    if (summary.check && !summary.check->damaged.empty()) text += '\n' + damaged_table(*summary.check);
    if (summary.plan) text += plan_text(*summary.plan);
    if (summary.plans) text += '\n' + plans_table(*summary.plans);
    return text;
}

void write_info_json(std::ostream& out, StoreSummary const& summary) {
    ordered_json by_source = ordered_json::object();
    for (std::size_t i = 0; i < core::all_sources.size(); ++i)
        by_source[std::string(core::name_of(core::all_sources[i]))] = summary.trips_by_source[i];
    ordered_json object{{"store", summary.path},
                        {"format_version", summary.format_version},
                        {"program_version", summary.program_version},
                        {"bytes", summary.file_bytes},
                        {"trips", summary.trips},
                        {"trips_by_source", by_source},
                        {"first_pickup", time_json(summary.first_pickup)},
                        {"last_pickup", time_json(summary.last_pickup)},
                        {"pickup_box", box_json(summary.pickup_box)},
                        {"tiles", summary.tiles},
                        {"tile_trips", summary.tile_trips},
                        {"largest_tile", summary.largest_tile},
                        {"region", box_json(summary.region)},
                        {"max_hours", summary.max_hours},
                        {"ledger", ledger_json(summary.ledger)}};
    if (summary.check) object["check"] = check_json(*summary.check);
    if (summary.plan)
        object["plan"] = {{"ranks", summary.plan->size()},
                          {"trips_per_rank", *summary.plan},
                          {"max_over_mean", max_over_mean(*summary.plan)}};
    if (summary.plans) object.update(plans_json(*summary.plans));
    out << object.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace tessera::report
