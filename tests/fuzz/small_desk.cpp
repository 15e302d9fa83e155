#include "small_desk.hpp"

namespace tessera::fuzz {
namespace {

constexpr std::size_t longest_line = 400;

geo::LoadedTiles make_trips() {
    query::testing::Random random(7);
    return query::testing::tile_up(query::testing::make_trips(random, {.trips = 60, .lattice = 1000}), 10);
}

desk::ReplaySpan span_of(geo::TileTable const& tiles) {
    return {*std::min_element(tiles.first_time.begin(), tiles.first_time.end()),
            *std::max_element(tiles.last_time.begin(), tiles.last_time.end())};
}

/// The store's trips are of some files; as many names as there can be are enough.
std::vector<std::string> name_files() {
    std::vector<std::string> names;
    for (int i = 0; i < 65'536; ++i)
        names.push_back(std::to_string(i) + ".csv");
    return names;
}

}  // namespace

SmallDesk::SmallDesk()
    : loaded_(make_trips()),
      index_(loaded_),
      cuts_{0, loaded_.tiles.size()},
      reach_(loaded_.tiles, cuts_),
      files_(name_files()),
      asked_({5, 3000, longest_line}),
      batch_(limits_, longest_line, false, reach_, files_),
      maps_(1, loaded_.tiles, cuts_, board_) {
    front_.become_ready();
}

bool SmallDesk::work() {
    auto calls = inbox_.take({});
    for (web::Call& call : calls)
        sort(std::move(call));
    answer_requests();
    return !calls.empty();
}

void SmallDesk::sort(web::Call&& call) {
    std::string const& path = call.target.path;
    if (path == "/api/info") return call.responder->reply({200, "application/json", "{}", {}});
    if (path == "/events") {
        desk::LiveReplays replays(span_of(loaded_.tiles), board_);
        replays.add(std::move(call), {});
        std::vector<query::LiveQuestion> questions;
        replays.ask(questions);
        std::vector<std::vector<query::LiveWindow>> lists;
        for (query::LiveQuestion const& question : questions)
            lists.push_back(query::count_live_windows(loaded_, question));
        replays.take(lists);
        return replays.send(desk::LiveReplays::Clock::time_point(std::chrono::hours(1)));
    }
    if (path.starts_with("/tiles/")) return maps_.add(std::move(call));
    if (path.starts_with("/api/")) return asked_.add(std::move(call));
    call.responder->reply(web::make_error(404, "not_found", "there is nothing"));
}

void SmallDesk::answer_requests() {
    while (asked_.has_more()) {
        asked_.next({}, {});
        batch_.start(asked_.messages());
        for (std::size_t i = 0; i < batch_.size(); ++i)
            if (asked_.wants_features(i)) batch_.want_features(i);
        std::size_t answered = 0;
        while (!batch_.is_done()) {
            reduce::SharedQuestions shared;
            batch_.fill(shared);
            std::vector<request::Part> wholes;
            for (request::Question const* const question : shared.questions)
                wholes.push_back(request::answer_part(index_, *question, limits_));
            batch_.write(wholes);
            for (desk::RequestBatch::Slot& slot : batch_.piece())
                asked_.answer(answered++, slot);
        }
    }
    // Tiles are drawn where there are trips, and those are counted by all ranks together.
    while (!maps_.is_empty()) {
        maps_.begin();
        reduce::MapCounts counts;
        counts.error = "nobody has counted";
        maps_.finish(counts);
    }
}

}  // namespace tessera::fuzz
