#include "near_questions.hpp"

#include <random>

namespace tessera::bench {

std::vector<query::NearestQuestion> make_near_questions(geo::LoadedTiles const& loaded, query::End on, bool with_window,
                                                        std::size_t count) {
    std::mt19937_64 random(1);
    std::vector<query::NearestQuestion> questions(count);
    for (query::NearestQuestion& question : questions) {
        std::size_t row;
        do
            row = random() % loaded.trips.size();
        while (!query::is_known(query::end_of(loaded.trips, on, row)));
        geo::Point const end = query::end_of(loaded.trips, on, row);
        auto const shift = [&] { return static_cast<std::int32_t>(random() % 40'000) - 20'000; };
        question.at.lon = end.lon + shift();
        question.at.lat = end.lat + shift();
        question.filter.on = on;
        if (!with_window) continue;
        std::uint32_t const hour = loaded.trips.pickup_time[row].count / 3600 * 3600;
        question.filter.from = core::WallTime{hour};
        question.filter.to = core::WallTime{hour + 3600};
    }
    return questions;
}

std::vector<query::RangeQuestion> make_box_questions(std::vector<query::NearestQuestion> const& near, bool count_only) {
    constexpr std::int32_t half_width = 29'700, half_height = 22'500;  // 250 m each at this latitude
    std::vector<query::RangeQuestion> questions;
    for (query::NearestQuestion const& question : near) {
        query::RangeQuestion& range = questions.emplace_back(query::RangeQuestion{question.filter, 0, count_only});
        range.filter.box = geo::Box{question.at.lon - half_width, question.at.lat - half_height,
                                    question.at.lon + half_width, question.at.lat + half_height};
    }
    return questions;
}

}  // namespace tessera::bench
