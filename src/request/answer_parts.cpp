#include <omp.h>

#include "tessera/request/part.hpp"

namespace tessera::request {
namespace {

/// A question about more rows than this is worth all threads; below, threads take whole questions.
constexpr std::uint64_t rows_of_a_heavy_question = 200'000;

/// Nearest questions look at few rows, and say by themselves when they need more threads.
bool is_heavy(query::TripIndex const& index, Question const& question) {
    return operation_of(question) != Operation::nearest &&
           query::estimate_rows(index, filter_of(question)) > rows_of_a_heavy_question;
}

}  // namespace

void answer_parts(query::TripIndex const& index, std::vector<Question const*> const& questions,
                  std::vector<std::uint8_t> const& mine, Limits const& limits, std::vector<Part>& parts) {
    bool const alone = omp_get_max_threads() == 1;
    std::vector<std::size_t> light;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (mine[i] == 0) continue;
        if (alone || is_heavy(index, *questions[i]))
            parts[i] = answer_part(index, *questions[i], limits);
        else
            light.push_back(i);
    }
    // A single one is not worth waking other threads; it may still call them by itself.
    if (light.size() == 1) parts[light[0]] = answer_part(index, *questions[light[0]], limits);
    if (light.size() < 2) return;
#pragma omp parallel for schedule(dynamic)
    for (std::size_t i = 0; i < light.size(); ++i)
        parts[light[i]] = answer_part(index, *questions[light[i]], limits);
}

}  // namespace tessera::request
