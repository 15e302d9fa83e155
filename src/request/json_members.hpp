#pragma once
#include <simdjson.h>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tessera/request/cost.hpp"

namespace tessera::request {

using simdjson::dom::element;

/// A member of a request is not as it must be; the message says which, how, and what would be right.
class BadMember : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The members that requests have. `at` to `measure` are those that only some operations take.
enum class Member : std::uint8_t { id, op, from, to, box, on, source, at, k, within_m, limit, count, by, measure };
inline constexpr std::array<std::string_view, 14> member_names{
    "id", "op", "from", "to", "box", "on", "source", "at", "k", "within_m", "limit", "count", "by", "measure"};

/// The members of one line, by name.
class Members {
  public:
    /// Local. Notes one. Throws BadMember for a name that no request has, or that came before.
    void add(std::string_view name, element value);
    /// The member's value; nothing where it is absent or null.
    std::optional<element> get(Member member) const { return values_[static_cast<std::size_t>(member)]; }
    /// Local. Throws BadMember where a member is given that the operation does not take.
    void require_fit(Operation operation) const;

  private:
    std::array<std::optional<element>, member_names.size()> values_;
    std::array<bool, member_names.size()> given_{};
};

/// Local. A value as JSON text, cut where it is long, for a message.
std::string show(element value);

}  // namespace tessera::request
