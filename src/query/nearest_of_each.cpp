#include <omp.h>

#include <algorithm>
#include <array>
#include <boost/sort/spreadsort/integer_sort.hpp>
#include <optional>
#include <variant>

#include "tessera/core/civil_time.hpp"
#include "tessera/core/exception_keeper.hpp"
#include "tessera/geo/hilbert.hpp"
#include "walk_steps.hpp"

namespace tessera::query {
namespace {

bool has_window(NearestQuestion const& question) {
    return question.filter.from || question.filter.to;
}
/// A question among many.
struct Asked {
    NearestQuestion const* question;
    std::uint64_t place;   ///< on the curve
    std::uint32_t number;  ///< among all
    std::uint32_t hour;    ///< that its window begins in, and which end it is about; 0 without a window
};

Asked describe(NearestQuestion const& question, std::size_t number) {
    constexpr std::uint32_t hour_seconds = 3600;
    Asked asked{&question, geo::hilbert_key(question.at), static_cast<std::uint32_t>(number), 0};
    if (has_window(question))
        asked.hour = (question.filter.from.value_or(core::WallTime{}).count / hour_seconds + 1) << 1 |
                     (question.filter.on == End::pickup ? 0 : 1);
    return asked;
}

/// Answers some questions, those without a window along the curve, and then those of each hour along the curve. Several
/// are on their way: each step of one asks memory for what its next step looks at, and then others take theirs.
class Helping {
  public:
    static constexpr std::size_t most_questions = 1 << 16;

    /// Keeps references to all. Shape: most_questions at most.
    Helping(TripIndex const& index, std::span<Asked const> asked, TakeNearest const& take)
        : index_(index), asked_(asked), take_(take) {}

    void answer() {
        sort();
        for (std::size_t i = 0; i < order_.size() + steps; ++i) {
            fetch_question(i);
            at_step(i, 0, [this](Going& one, std::size_t k) { place(one, k); });
            at_step(i, 1, [](Going& one, std::size_t) { one.step([](auto& walk) { begin(walk); }); });
            at_step(i, 2, [](Going& one, std::size_t) { one.step([](auto& walk) { look_at_first(walk); }); });
            at_step(i, 3, [](Going& one, std::size_t) { one.step([](auto& walk) { look_at_rest(walk); }); });
            at_step(i, 4, [](Going& one, std::size_t) {
                if (one.search) one.search->find_rows();
            });
            at_step(i, 5, [](Going& one, std::size_t) {
                if (one.search) one.search->rank();
            });
            at_step(i, 6, [this](Going& one, std::size_t k) { finish(one, k); });
        }
    }

  private:
    /// A question on its way; no search where it goes another way.
    struct Going {
        std::optional<PlaneSearch> search;
        std::variant<std::monostate, CurveWalk, SlabWalk> walk;

        template <class Step>
        void step(Step&& step) {
            if (auto* const on_curve = std::get_if<CurveWalk>(&walk)) step(*on_curve);
            if (auto* const in_slabs = std::get_if<SlabWalk>(&walk)) step(*in_slabs);
        }
    };
    static constexpr std::size_t steps = 7, places = 8;
    static constexpr unsigned number_bits = 64 - 2 * geo::deepest_level;
    static constexpr std::uint64_t number_mask = most_questions - 1;
    static_assert(most_questions == std::size_t{1} << number_bits);

    /// By place on the curve; those with a window by hour before that, and by place as far as there are bits left:
    /// cells of two hundred metres, and which of those that are 11 degrees wide.
    void sort() {
        constexpr unsigned hour_bits = 22, finer_bits = 12, place_bits = 64 - number_bits - hour_bits;
        auto const first_of_hours = std::find_if(asked_.begin(), asked_.end(), [](auto& one) { return one.hour != 0; });
        auto const without_hour = first_of_hours - asked_.begin();
        order_.resize(asked_.size());
        for (std::size_t i = 0; i < asked_.size(); ++i) {
            Asked const& one = asked_[i];
            std::uint64_t const in_hour = one.place >> finer_bits & ((std::uint64_t{1} << place_bits) - 1);
            std::uint64_t const key = one.hour == 0 ? one.place : std::uint64_t{one.hour} << place_bits | in_hour;
            order_[i] = key << number_bits | i;
        }
        auto const sort = [](auto begin, auto end) {
            if (!std::is_sorted(begin, end)) boost::sort::spreadsort::integer_sort(begin, end);
        };
        sort(order_.begin(), order_.begin() + without_hour);
        sort(order_.begin() + without_hour, order_.end());
    }

    /// Asks memory for what is asked some questions later.
    void fetch_question(std::size_t i) const {
        constexpr std::size_t asked_ahead = 8, question_ahead = 3;
        if (i + asked_ahead < order_.size()) core::ask_memory(&asked(i + asked_ahead));
        if (i + question_ahead >= order_.size()) return;
        NearestQuestion const* const question = asked(i + question_ahead).question;
        core::ask_memory(question);
        core::ask_memory(reinterpret_cast<char const*>(question + 1) - 1);
    }

    Asked const& asked(std::size_t i) const { return asked_[order_[i] & number_mask]; }

    /// Does with the question what it does in that step, some questions after the newest.
    template <class Do>
    void at_step(std::size_t newest, std::size_t step, Do&& act) {
        if (newest >= step && newest - step < order_.size()) act(going_[(newest - step) % places], newest - step);
    }

    /// Finds where a question begins, and asks memory for it.
    void place(Going& one, std::size_t i) {
        NearestQuestion const& question = *asked(i).question;
        one.walk = std::monostate{};
        one.search.reset();
        if (!is_quick(question)) return;
        if (has_window(question))
            place_in_slabs(one, i);
        else
            place_on_curve(one, question, asked(i).place);
    }
    void place_on_curve(Going& one, NearestQuestion const& question, std::uint64_t key) {
        RowOrder const& order = index_.curve(question.filter.on);
        if (order.blocks() == 0) return;
        std::size_t& group = group_[question.filter.on == End::pickup ? 0 : 1];
        group = group_at(order, key, group);
        order.fetch_group(group);
        one.search.emplace(index_, order, question);
        one.walk.emplace<CurveWalk>(order, group, *one.search);
    }
    void place_in_slabs(Going& one, std::size_t i) {
        NearestQuestion const& question = *asked(i).question;
        TimeSlabs const& slabs = index_.slabs(question.filter.on);
        RowRange const some = slabs_in_window(slabs, question.filter);
        RowRange const blocks = slabs.blocks_of(some);
        if (blocks.first == blocks.last || blocks.last - blocks.first > SlabWalk::most_blocks) return;
        if (asked(i).hour != hour_) {
            hour_ = asked(i).hour;
            if (are_many(i, blocks)) slabs.order.fetch_all(blocks);
        }
        one.search.emplace(index_, slabs.order, question);
        one.walk.emplace<SlabWalk>(slabs, some, question.filter, *one.search);
    }
    /// Whether so many questions of an hour begin here that it pays to ask memory for all of its blocks, which then
    /// come one after the other.
    bool are_many(std::size_t i, RowRange blocks) const {
        constexpr std::size_t blocks_a_question = 16,
                              most_blocks = 1 << 12;  // half of the second cache
        std::size_t const size = blocks.last - blocks.first, last = i + size / blocks_a_question;
        return size <= most_blocks && last < order_.size() && asked(last).hour == asked(i).hour;
    }

    void finish(Going& one, std::size_t i) {
        Asked const& asked = this->asked(i);
        Looked looked;
        if (one.search) looked = one.search->looked();
        if (!one.search || !one.search->take(nearest_)) nearest_ = find_nearest(index_, *asked.question, looked);
        take_(asked.number, nearest_, looked);
    }

    TripIndex const& index_;
    std::span<Asked const> asked_;
    TakeNearest const& take_;
    std::vector<std::uint64_t> order_;    ///< key and place in asked_
    std::array<std::size_t, 2> group_{};  ///< of each end's curve: where the last one began
    std::uint32_t hour_ = 0;              ///< of the last question
    std::array<Going, places> going_;
    std::vector<Neighbour> nearest_;
};

/// All questions, those with a window by hour, so that those of an hour stay with one helping.
std::vector<Asked> by_hour(std::span<NearestQuestion const* const> questions) {
    constexpr unsigned number_bits = 32;
    std::vector<Asked> asked(questions.size());
    std::vector<std::uint64_t> order(questions.size());
#pragma omp parallel for schedule(static) if (questions.size() > Helping::most_questions)
    for (std::size_t i = 0; i < questions.size(); ++i) {
        asked[i] = describe(*questions[i], i);
        order[i] = std::uint64_t{asked[i].hour} << number_bits | i;
    }
    if (std::is_sorted(order.begin(), order.end())) return asked;
    auto const hour_from = [](std::uint64_t one, unsigned bit) { return one >> (number_bits + bit); };
    auto const earlier = [=](std::uint64_t a, std::uint64_t b) { return hour_from(a, 0) < hour_from(b, 0); };
    boost::sort::spreadsort::integer_sort(order.begin(), order.end(), hour_from, earlier);
    std::vector<Asked> sorted(questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i)
        sorted[i] = asked[static_cast<std::uint32_t>(order[i])];
    return sorted;
}

}  // namespace

bool is_quick(NearestQuestion const& question) {
    auto const& [from, to] = std::tie(question.filter.from, question.filter.to);
    bool const at_most_a_day = from && to && *from < *to && to->count - from->count <= core::seconds_per_day;
    return question.k > 0 && (!has_window(question) || at_most_a_day) && PlaneSearch::suits(question);
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
    std::vector<Asked> const asked = by_hour(questions);
    core::ExceptionKeeper keeper;
#pragma omp parallel for schedule(dynamic) if (questions.size() >= for_a_team)
    for (std::size_t i = 0; i < helpings; ++i)
        keeper.run([&] {
            std::size_t const first = i * size;
            Helping(index, std::span(asked).subspan(first, std::min(size, asked.size() - first)), take).answer();
        });
    keeper.rethrow();
}

}  // namespace tessera::query
