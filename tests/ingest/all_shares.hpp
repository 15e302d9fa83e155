#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "slow_reader.hpp"
#include "tessera/ingest/rank_reader.hpp"

namespace tessera::ingest::testing {

/// What the ranks together read of one file.
using ReadFile = SlowFile;

/// Local. Reads the shares of that many ranks, one rank after the other, and puts the files together as the ranks do:
/// a rank's lines of a plain file come after those of lower ranks.
inline std::vector<ReadFile> read_all_shares(std::vector<InputFile> const& files, int ranks,
                                             ParseOptions const& options,
                                             std::function<std::uint64_t()> const& round_bytes) {
    std::vector<ReadFile> read(files.size());
    std::vector<std::uint64_t> lines_before(files.size(), 0);
    for (Share const& share : share_out(files, ranks)) {
        RankReader reader(files, share, options);
        while (!reader.done())
            for (ParsedBlock& block : reader.read_round(round_bytes())) {
                std::size_t const id = block.file.count;
                if (!files[id].gzip) shift_lines(block, files[id].header_line + lines_before[id], files[id].name);
                for (core::Trip const& trip : core::list_trips(block.trips))
                    read[id].trips.push_back(trip);
                std::move(block.rejected.begin(), block.rejected.end(), std::back_inserter(read[id].rejected));
                read[id].counts += block.counts;
            }
        for (std::size_t id = 0; id < files.size(); ++id)
            lines_before[id] += reader.lines_read()[id];
    }
    for (std::size_t id = 0; id < files.size(); ++id) {
        read[id].counts.lines += files[id].header_line;
        read[id].counts.blank += files[id].header_line - 1;
        ++read[id].counts.header;
    }
    return read;
}

/// Local. Expects the same trips, rejected rows and counts, in the same order.
inline void expect_same(ReadFile const& found, SlowFile const& wanted) {
    core::for_each_count([&](std::string_view name, auto const& count_of) {
        EXPECT_EQ(count_of(found.counts), count_of(wanted.counts)) << name;
    });
    EXPECT_TRUE(found.counts.adds_up());
    ASSERT_EQ(found.trips.size(), wanted.trips.size());
    for (std::size_t i = 0; i < wanted.trips.size(); ++i)
        core::for_each_column([&](auto const& place) {
            ASSERT_EQ(found.trips[i].*place.in_trip, wanted.trips[i].*place.in_trip)
                << core::text_of(place.id).name << " of line " << wanted.trips[i].line.count;
        });
    ASSERT_EQ(found.rejected.size(), wanted.rejected.size());
    for (std::size_t i = 0; i < wanted.rejected.size(); ++i) {
        ASSERT_EQ(found.rejected[i].line, wanted.rejected[i].line);
        ASSERT_EQ(found.rejected[i].file, wanted.rejected[i].file);
        ASSERT_EQ(found.rejected[i].reason, wanted.rejected[i].reason) << wanted.rejected[i].text;
        ASSERT_EQ(found.rejected[i].text, wanted.rejected[i].text);
    }
}

}  // namespace tessera::ingest::testing
