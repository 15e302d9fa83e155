#include <omp.h>

#include "contestant.hpp"

namespace tessera::bench {
namespace {

class Ours : public Contestant {
  public:
    explicit Ours(query::TripIndex const& index) : index_(index) {}

    std::size_t answer(Questions const& questions, std::size_t number, Rows& rows) const override {
        query::Looked looked;
        rows.clear();
        if (questions.range.empty()) {
            for (query::Neighbour const& found : query::find_nearest(index_, questions.nearest[number], looked))
                rows.push_back(static_cast<std::uint32_t>(found.store_row));
            return rows.size();
        }
        query::RangeAnswer const answer = query::find_range(index_, questions.range[number], looked);
        for (query::Match const& match : answer.matches)
            rows.push_back(static_cast<std::uint32_t>(match.store_row));
        return answer.matched;
    }

    /// As `answer` does with the requests of a batch: those that gain by it together, in whatever order they come.
    std::size_t answer_all(Questions const& questions) const override {
        if (!questions.range.empty()) return Contestant::answer_all(questions);
        std::vector<query::NearestQuestion const*> asked;
        asked.reserve(questions.size());
        for (query::NearestQuestion const& question : questions.nearest)
            asked.push_back(&question);
        struct alignas(64) Found {
            Rows rows;
            std::size_t count = 0;
        };
        std::vector<Found> of_thread(static_cast<std::size_t>(omp_get_max_threads()));
        query::find_nearest_of_each(index_, asked, [&](std::size_t, auto const& nearest, query::Looked const&) {
            Found& found = of_thread[static_cast<std::size_t>(omp_get_thread_num())];
            found.rows.clear();
            for (query::Neighbour const& one : nearest)
                found.rows.push_back(static_cast<std::uint32_t>(one.store_row));
            found.count += found.rows.size();
        });
        std::size_t count = 0;
        for (Found const& found : of_thread)
            count += found.count;
        return count;
    }

  private:
    query::TripIndex const& index_;
};

}  // namespace

std::unique_ptr<Contestant> enter_ours(query::TripIndex const& index) {
    return std::make_unique<Ours>(index);
}

}  // namespace tessera::bench
