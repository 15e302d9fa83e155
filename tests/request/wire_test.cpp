#include "tessera/request/wire.hpp"

#include <gtest/gtest.h>

#include "describe.hpp"
#include "harness/reused.hpp"
#include "harness/seed.hpp"
#include "random_questions.hpp"

namespace tessera::request {
namespace {

using namespace testing;  // tessera::request::testing

std::vector<StoredTrip> make_trips(Random& random) {
    return stored_trips(query::testing::tile_up(query::testing::make_trips(random, make_mix(random, 300)), 50));
}

Part make_part(Random& random, std::vector<StoredTrip> const& trips) {
    Part part;
    part.outcome = static_cast<Outcome>(pick(random, 0, 5));
    if (one_in(random, 2)) part.message = std::string("why\0not", 7) + std::string(trips.size(), 'y');
    part.matched = static_cast<std::uint64_t>(pick(random, 0, std::numeric_limits<std::int64_t>::max())) * 2 + 1;
    for (StoredTrip const& stored : trips)
        if (one_in(random, 4)) part.rides.push_back({static_cast<double>(pick(random, 0, 1'000'000)) / 7, stored.trip});
    if (one_in(random, 2)) {
        geo::LoadedTiles const tiles =
            query::testing::tile_up(query::testing::make_trips(random, make_mix(random, 100)), 10);
        part.groups = query::aggregate(
            tiles, {query::parse_keys("hour,source"), query::parse_measures("trips,p50:fare,min:tip"), {}});
    }
    part.looked = {static_cast<std::uint64_t>(pick(random, 0, 1000)),
                   static_cast<std::uint64_t>(pick(random, 0, 9999))};
    part.work = std::chrono::nanoseconds(pick(random, 0, 1'000'000));
    return part;
}

std::vector<std::byte> bytes_of(Question const& question) {
    WireWriter out;
    put_question(out, question);
    return out.take();
}
std::vector<std::byte> bytes_of(Part const& part) {
    WireWriter out;
    put_part(out, part);
    return out.take();
}

void expect_same(Part const& got, Part const& wanted) {
    EXPECT_EQ(describe(got), describe(wanted));
    EXPECT_EQ(got.message, wanted.message);
    EXPECT_EQ(got.looked.tiles, wanted.looked.tiles);
    EXPECT_EQ(got.looked.rows, wanted.looked.rows);
    EXPECT_EQ(got.work, wanted.work);
    EXPECT_EQ(got.groups, wanted.groups);
}

/// The bytes up to `size`, in memory of their own, so that the sanitizer sees who reads beyond.
std::vector<std::byte> cut(std::vector<std::byte> const& bytes, std::size_t size) {
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

TEST(Wire, QuestionsArriveAsTheyWere) {
    Random random(harness::seed());
    auto const trips = make_trips(random);
    WireWriter out;
    std::vector<std::string> wanted;
    for (int i = 0; i < 2000; ++i) {
        Question const question = make_question(random, trips);
        wanted.push_back(describe(question));
        put_question(out, question);
    }
    auto const bytes = out.take();
    WireReader in(bytes);
    for (std::string const& one : wanted)
        EXPECT_EQ(describe(get_question(in)), one);
    EXPECT_TRUE(in.at_end());
}

TEST(Wire, QuestionsTellNothingOfWhatMemoryHeldBefore) {
    harness::Reused<query::NearestQuestion> const nearest(0xff), other_nearest(0x5a);
    EXPECT_EQ(bytes_of(Question(nearest.value())), bytes_of(Question(other_nearest.value())));
    harness::Reused<query::RangeQuestion> const range(0xff), other_range(0x5a);
    EXPECT_EQ(bytes_of(Question(range.value())), bytes_of(Question(other_range.value())));
}

TEST(Wire, PartsArriveAsTheyWere) {
    Random random(harness::seed());
    WireWriter out;
    std::vector<Part> wanted{{}};
    for (int i = 0; i < 200; ++i)
        wanted.push_back(make_part(random, make_trips(random)));
    for (Part const& part : wanted)
        put_part(out, part);
    auto const bytes = out.take();
    WireReader in(bytes);
    for (Part const& part : wanted)
        expect_same(get_part(in), part);
    EXPECT_TRUE(in.at_end());
}

TEST(Wire, CutQuestionsAreRefused) {
    Random random(harness::seed());
    auto const trips = make_trips(random);
    for (int i = 0; i < 100; ++i) {
        auto const bytes = bytes_of(make_question(random, trips));
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            auto const some = cut(bytes, size);
            WireReader in(some);
            EXPECT_THROW(get_question(in), std::out_of_range) << size << " of " << bytes.size() << " bytes";
        }
    }
}

TEST(Wire, CutPartsAreRefused) {
    Random random(harness::seed());
    for (int i = 0; i < 12; ++i) {
        auto const bytes = bytes_of(make_part(random, make_trips(random)));
        std::size_t const step = 1 + bytes.size() / 400;
        for (std::size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : step) {
            auto const some = cut(bytes, size);
            WireReader in(some);
            EXPECT_THROW(get_part(in), std::out_of_range) << size << " of " << bytes.size() << " bytes";
        }
    }
}

TEST(Wire, AListThatClaimsTooMuchIsRefused) {
    for (std::uint64_t const length : {std::uint64_t{2}, std::uint64_t{1} << 61, ~std::uint64_t{0}}) {
        WireWriter out;
        out.put(length);
        out.put(std::uint64_t{7});
        auto const bytes = out.take();
        WireReader in(bytes);
        EXPECT_THROW(in.get_list<std::uint64_t>(), std::out_of_range) << length;
    }
}

TEST(Wire, NothingHasNoBytes) {
    EXPECT_TRUE(WireWriter().take().empty());
    EXPECT_TRUE(WireReader({}).at_end());
    WireWriter out;
    out.put_list(std::span<double const>{});
    auto const bytes = out.take();
    WireReader in(bytes);
    EXPECT_TRUE(in.get_list<double>().empty());
    EXPECT_TRUE(in.at_end());
}

}  // namespace
}  // namespace tessera::request
