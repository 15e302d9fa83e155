#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "questions.hpp"
#include "tessera/query/trip_index.hpp"

namespace tessera::bench {

/// Rows of the store that answer a question.
using Rows = std::vector<std::uint32_t>;

/// Something that answers questions. Several threads may ask it at once.
class Contestant {
  public:
    virtual ~Contestant() = default;
    /// How many rows question `number` has found; they are left in `rows` unless the task is to count.
    virtual std::size_t answer(Questions const& questions, std::size_t number, Rows& rows) const = 0;
    /// The same for all questions, by all threads: how many rows were found together. Who has a way to answer many at
    /// once takes it; the others answer one by one, each by one thread.
    virtual std::size_t answer_all(Questions const& questions) const;
};

/// A contestant that is built, as late as it is needed.
struct Entry {
    std::string name;
    std::vector<Task> tasks;
    std::function<std::unique_ptr<Contestant>(PlaneTrips const&)> build;
};

std::unique_ptr<Contestant> enter_ours(query::TripIndex const& index);
std::unique_ptr<Contestant> enter_time_scan(PlaneTrips const& trips);
std::unique_ptr<Contestant> enter_nanoflann(PlaneTrips const& trips);
std::unique_ptr<Contestant> enter_cgal(PlaneTrips const& trips);
std::unique_ptr<Contestant> enter_boost_flat(PlaneTrips const& trips);
std::unique_ptr<Contestant> enter_boost_time(PlaneTrips const& trips);

/// All peers whose libraries were there when this was compiled.
std::vector<Entry> list_peers();

}  // namespace tessera::bench
