#include "near_questions.hpp"

#include <random>

#include "bench_store.hpp"

namespace tessera::bench {

std::vector<query::NearestQuestion> make_near_questions(query::End on, bool with_window) {
    auto const& trips = loaded_store().trips;
    auto const& lon = on == query::End::pickup ? trips.pickup_lon : trips.dropoff_lon;
    auto const& lat = on == query::End::pickup ? trips.pickup_lat : trips.dropoff_lat;
    std::mt19937_64 random(1);
    std::vector<query::NearestQuestion> questions(4096);
    for (query::NearestQuestion& question : questions) {
        std::size_t row = random() % trips.size();
        if (!core::is_known(lon[row])) row = 0;
        auto const shift = [&] { return static_cast<std::int32_t>(random() % 40'000) - 20'000; };
        question.at = {lon[row].count + shift(), lat[row].count + shift()};
        question.filter.on = on;
        if (!with_window) continue;
        std::uint32_t const hour = trips.pickup_time[row].count / 3600 * 3600;
        question.filter.from = core::WallTime{hour};
        question.filter.to = core::WallTime{hour + 3600};
    }
    return questions;
}

std::vector<query::RangeQuestion> make_box_questions(bool count_only) {
    constexpr std::int32_t half_width = 29'700, half_height = 22'500;  // 250 m each at this latitude
    std::vector<query::RangeQuestion> questions;
    for (query::NearestQuestion const& near : make_near_questions(query::End::pickup, true)) {
        query::RangeQuestion& question = questions.emplace_back(query::RangeQuestion{near.filter, 100, count_only});
        question.filter.box = geo::Box{near.at.lon - half_width, near.at.lat - half_height, near.at.lon + half_width,
                                       near.at.lat + half_height};
    }
    return questions;
}

}  // namespace tessera::bench
