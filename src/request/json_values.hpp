#pragma once
#include "json_members.hpp"
#include "tessera/query/filter.hpp"

namespace tessera::request {

// All of these throw BadMember, which names the member, what is right, and what was given.

/// Local. A whole number between least and most; `absent` where it is not given.
std::uint64_t read_whole(Members const& members, Member member, std::uint64_t least, std::uint64_t most,
                         std::uint64_t absent);
/// Local. A number between least and most.
std::optional<double> read_number(Members const& members, Member member, double least, double most);
/// Local. true or false; false where it is not given.
bool read_flag(Members const& members, Member member);
/// Local. [LON,LAT] in degrees. It must be given.
geo::Point read_point(Members const& members, Member member);
/// Local. The words of a list of strings, or of one string, joined by commas; `absent` where it is not given.
std::string read_words(Members const& members, Member member, std::string_view absent);
/// Local. from, to, box, on and source.
query::Filter read_filter(Members const& members);

}  // namespace tessera::request
