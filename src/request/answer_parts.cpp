#include <omp.h>

#include <algorithm>

#include "tessera/request/part.hpp"

namespace tessera::request {
namespace {

/// A question about more rows than this is worth all threads; below, threads take whole questions.
constexpr std::uint64_t rows_of_a_heavy_question = 200'000;

/// About how many rows a question looks at. Nearest questions look at few, and say by themselves when they need more
/// threads.
std::uint64_t weight_of(query::TripIndex const& index, Question const& question) {
    return operation_of(question) == Operation::nearest ? 0 : query::estimate_rows(index, filter_of(question));
}

/// A question that one thread answers.
struct LightQuestion {
    std::uint64_t rows;
    std::size_t place;
};

}  // namespace

void answer_parts(query::TripIndex const& index, std::vector<Question const*> const& questions,
                  std::vector<std::uint8_t> const& mine, Limits const& limits, std::vector<Part>& parts) {
    bool const alone = omp_get_max_threads() == 1;
    std::vector<LightQuestion> light;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (mine[i] == 0) continue;
        index.prepare_for(filter_of(*questions[i]));  // here, where all threads can take part
        std::uint64_t const rows = alone ? 0 : weight_of(index, *questions[i]);
        if (alone || rows > rows_of_a_heavy_question)
            parts[i] = answer_part(index, *questions[i], limits);
        else
            light.push_back({rows, i});
    }
    // The longest first, so that all threads end together.
    std::stable_sort(light.begin(), light.end(), [](auto const& a, auto const& b) { return a.rows > b.rows; });
    // A single one is not worth waking other threads; it may still call them by itself.
#pragma omp parallel for schedule(dynamic) if (light.size() > 1)
    for (std::size_t i = 0; i < light.size(); ++i)
        parts[light[i].place] = answer_part(index, *questions[light[i].place], limits);
}

}  // namespace tessera::request
