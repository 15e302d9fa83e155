#include "tessera/request/cost.hpp"

#include <array>

namespace tessera::request {

std::string_view name_of(Operation operation) {
    static constexpr std::array<std::string_view, operation_count> names{"nearest", "range", "aggregate"};
    return names[static_cast<std::size_t>(operation)];
}

std::string_view name_of(Outcome outcome) {
    static constexpr std::array<std::string_view, outcome_count> names{"answered", "bad_json",  "bad_request",
                                                                       "too_long", "too_large", "failed"};
    return names[static_cast<std::size_t>(outcome)];
}

}  // namespace tessera::request
