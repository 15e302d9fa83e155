#pragma once
#include <gtest/gtest.h>

#include <cstring>

#include "request/describe.hpp"
#include "tessera/request/wire.hpp"

namespace tessera::fuzz {

/// Local. Expects that `get` reads nothing out of bytes that lack their end.
template <class Get>
void expect_cut(std::vector<std::byte> const& bytes, std::size_t cut, Get&& get) {
    std::vector<std::byte> const some(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(cut % bytes.size()));
    request::WireReader in(some);
    EXPECT_THROW(get(in), std::out_of_range) << some.size() << " of " << bytes.size() << " bytes";
}

/// Local. Expects a question to be the same behind the wire.
inline void expect_same_behind_wire(request::Question const& question, std::size_t cut) {
    request::WireWriter out;
    put_question(out, question);
    auto const bytes = out.take();
    request::WireReader in(bytes);
    EXPECT_EQ(request::testing::describe(request::get_question(in)), request::testing::describe(question));
    EXPECT_TRUE(in.at_end());
    expect_cut(bytes, cut, [](request::WireReader& some) { request::get_question(some); });
}

/// Local. The same of an answer's part that is made of some bytes.
inline void expect_same_behind_wire(std::string_view made_of, std::size_t cut) {
    request::Part part;
    part.outcome = static_cast<request::Outcome>(made_of.size() % request::outcome_count);
    part.message = made_of;
    for (std::size_t at = 0; at + sizeof(std::uint64_t) <= made_of.size() && at < 400; at += 24) {
        std::uint64_t word = 0;
        std::memcpy(&word, made_of.data() + at, sizeof word);
        part.matched ^= word;
        core::Trip trip;
        trip.fare.count = static_cast<std::int32_t>(word);
        trip.line.count = static_cast<std::uint32_t>(word >> 32);
        part.rides.push_back({static_cast<double>(word % 1'000'000) / 7, trip});
        query::Group& group = part.groups.emplace_back();
        group.key = {word, ~word, at};
        group.trips = word >> 7;
        group.totals.resize(word % 3);
        for (query::Totals& totals : group.totals) {
            totals.sum = static_cast<std::int64_t>(word);
            totals.sketch.add(static_cast<std::int64_t>(word % 100'000), 1 + word % 9);
            totals.sketch.add(-static_cast<std::int64_t>(word >> 50));
        }
    }
    request::WireWriter out;
    put_part(out, part);
    auto const bytes = out.take();
    request::WireReader in(bytes);
    auto const got = request::get_part(in);
    EXPECT_EQ(request::testing::describe(got), request::testing::describe(part));
    EXPECT_EQ(got.groups, part.groups);
    EXPECT_TRUE(in.at_end());
    expect_cut(bytes, cut, [](request::WireReader& some) { request::get_part(some); });
}

}  // namespace tessera::fuzz
