#include "agreement.hpp"

#include <algorithm>
#include <cmath>

#include "tessera/geo/great_circle.hpp"

namespace tessera::bench {
namespace {

std::vector<double> metres_of_rows(geo::LoadedTiles const& loaded, query::NearestQuestion const& question,
                                   Rows const& rows) {
    std::vector<double> metres;
    for (std::uint32_t const row : rows)
        metres.push_back(geo::great_circle_metres(question.at, query::end_of(loaded.trips, question.filter.on, row)));
    std::ranges::sort(metres);
    return metres;
}

bool are_close(double a, double b) {
    return std::abs(a - b) <= 0.01 + 0.005 * a;
}

}  // namespace

double share_that_agrees(geo::LoadedTiles const& loaded, Questions const& questions, Contestant const& ours,
                         Contestant const& theirs) {
    std::size_t agree = 0;
    Rows a, b;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        std::size_t const found = ours.answer(questions, i, a);
        if (theirs.answer(questions, i, b) != found) continue;
        bool same = true;
        if (questions.task == Task::rows) {
            std::ranges::sort(a);
            std::ranges::sort(b);
            same = a == b;
        } else if (questions.task != Task::count) {
            auto const& question = questions.nearest[i];
            same =
                std::ranges::equal(metres_of_rows(loaded, question, a), metres_of_rows(loaded, question, b), are_close);
        }
        agree += same ? 1 : 0;
    }
    return static_cast<double>(agree) / static_cast<double>(questions.size());
}

}  // namespace tessera::bench
