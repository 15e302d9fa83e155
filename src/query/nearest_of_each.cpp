#include <omp.h>

#include <algorithm>
#include <array>
#include <boost/sort/spreadsort/integer_sort.hpp>
#include <optional>

#include "curve_walk.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::query {
namespace {

/// Answers some questions, one after the other along the curve. Memory is asked for what the next questions will look
/// at, and answers are taken some questions later, when what they want of the trips has come.
class Helping {
  public:
    static constexpr std::size_t most_questions = 1 << 16;

    /// Keeps references to all. Shape: most_questions at most.
    Helping(TripIndex const& index, std::span<NearestQuestion const* const> questions, std::size_t first_number,
            TakeNearest const& take)
        : index_(index), questions_(questions), first_number_(first_number), take_(take) {}

    void answer() {
        sort();
        place(0);
        place(1);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            fetch_question(i + 4);
            place(i + 2);
            ask(i);
            if (i >= 1) fetch_answer(i - 1);
            if (i >= waiting - 1) finish(i - (waiting - 1));
        }
        for (std::size_t i = order_.size() - std::min(order_.size(), waiting - 1); i < order_.size(); ++i)
            finish(i);
    }

  private:
    /// Where a question begins; no order where it goes another way.
    struct Place {
        RowOrder const* order = nullptr;
        std::size_t group = 0;
    };
    static constexpr std::size_t waiting = 4;  ///< so many are on their way
    static constexpr unsigned number_bits = 64 - 2 * geo::deepest_level;
    static constexpr std::uint64_t number_mask = most_questions - 1;
    static_assert(most_questions == std::size_t{1} << number_bits);

    /// By place on the curve.
    void sort() {
        order_.resize(questions_.size());
        for (std::size_t i = 0; i < order_.size(); ++i)
            order_[i] = geo::hilbert_key(questions_[i]->at) << number_bits | i;
        if (!std::is_sorted(order_.begin(), order_.end()))
            boost::sort::spreadsort::integer_sort(order_.begin(), order_.end());
    }

    std::size_t number(std::size_t i) const { return order_[i] & number_mask; }
    NearestQuestion const& question(std::size_t i) const { return *questions_[number(i)]; }

    void fetch_question(std::size_t i) const {
        if (i < order_.size()) __builtin_prefetch(questions_[number(i)]);
    }

    /// Finds where a question begins, and asks memory for it.
    void place(std::size_t i) {
        if (i >= order_.size()) return;
        NearestQuestion const& asked = question(i);
        Place& here = places_[i % waiting];
        here.order = nullptr;
        if (!is_quick(asked)) return;
        RowOrder const& order = index_.curve(asked.filter.on);
        if (order.blocks() == 0) return;
        std::size_t& group = group_[asked.filter.on == End::pickup ? 0 : 1];
        group = group_at(order, order_[i] >> number_bits, group);
        here = {&order, group};
        order.fetch_group(group);
    }

    void ask(std::size_t i) {
        Place const& here = places_[i % waiting];
        auto& search = searches_[i % waiting];
        search.reset();
        if (here.order == nullptr) return;
        search.emplace(index_, *here.order, question(i));
        if (!walk_curve(*here.order, here.group, *search)) search->give_up();
    }

    void fetch_answer(std::size_t i) {
        if (auto& search = searches_[i % waiting]) search->fetch();
    }

    void finish(std::size_t i) {
        Looked looked;
        auto& search = searches_[i % waiting];
        if (search) looked = search->looked();
        if (!search || !search->take(nearest_)) nearest_ = find_nearest(index_, question(i), looked);
        take_(first_number_ + number(i), nearest_, looked);
    }

    TripIndex const& index_;
    std::span<NearestQuestion const* const> questions_;
    std::size_t first_number_;
    TakeNearest const& take_;
    std::vector<std::uint64_t> order_;    ///< key and number
    std::array<std::size_t, 2> group_{};  ///< of each end's curve: where the last one began
    std::array<Place, waiting> places_;
    std::array<std::optional<PlaneSearch>, waiting>
        searches_;  ///< of the last questions; none where they go another way
    std::vector<Neighbour> nearest_;
};

}  // namespace

bool is_quick(NearestQuestion const& question) {
    return question.k > 0 && !question.filter.from && !question.filter.to && PlaneSearch::suits(question);
}

void find_nearest_of_each(TripIndex const& index, std::span<NearestQuestion const* const> questions,
                          TakeNearest const& take) {
    constexpr std::size_t least = 16, for_a_team = 128;  // fewer take less time than to wake threads, and to calm them
    auto const threads = static_cast<std::size_t>(omp_get_max_threads());
    std::size_t const size =
        std::clamp(questions.size() / (threads == 1 ? 1 : 4 * threads), least, Helping::most_questions);
    std::size_t const helpings = (questions.size() + size - 1) / size;
    for (NearestQuestion const* const question : questions)
        index.prepare_for(question->filter);
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic) if (questions.size() >= for_a_team)
    for (std::size_t i = 0; i < helpings; ++i)
        keeper.run([&] {
            std::size_t const first = i * size;
            Helping(index, questions.subspan(first, std::min(size, questions.size() - first)), first, take).answer();
        });
    keeper.rethrow();
}

}  // namespace tessera::query
