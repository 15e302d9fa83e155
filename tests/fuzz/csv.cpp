// A file of rows, read by 1 to 4 ranks in rounds of any size, plain or compressed: the trips, the rejected rows and the
// ledger of the slowest reader, line by line; or no reader takes the file.
#include <omp.h>

#include "fuzz.hpp"
#include "ingest/all_shares.hpp"
#include "ingest/scratch_folder.hpp"
#include "input.hpp"
#include "tessera/core/error.hpp"

namespace tessera::fuzz {
namespace {

using namespace ingest;

constexpr CleaningRules rules{{-743000000, 404500000, -736000000, 410000000}, 86'400};
constexpr std::size_t most_text = 200'000;

/// Put before the body, so that an input need not find a header by itself. The first is for those that have their own.
constexpr std::string_view headers[] = {
    "",
    "vendor_id,pickup_datetime,dropoff_datetime,passenger_count,trip_distance,pickup_longitude,pickup_latitude,"
    "rate_code,store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,fare_amount,surcharge,mta_tax,"
    "tip_amount,tolls_amount,total_amount\n",
    "Date/Time,Lat,Lon,Base\n",
    "VendorID,lpep_pickup_datetime,Lpep_dropoff_datetime,Store_and_fwd_flag,RateCodeID,Pickup_longitude,"
    "Pickup_latitude,Dropoff_longitude,Dropoff_latitude,Passenger_count,Trip_distance,Fare_amount,Tip_amount,"
    "Total_amount,Payment_type\n",
    "pickup_datetime,dropoff_datetime,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude\r\n"};

/// The body as often as wanted; a '~' stands for 5,000 of the character before it, since long lines take other ways.
std::string stretch(std::string_view body, std::size_t copies) {
    std::string once, text;
    for (char const c : body)
        once.append(c == '~' && !once.empty() ? 5000 : 1, c == '~' && !once.empty() ? once.back() : c);
    for (; copies > 0 && text.size() + once.size() <= most_text; --copies)
        text += once;
    return text;
}

std::string compress(std::string_view text, std::size_t members) {
    std::string packed;
    std::size_t const step = text.size() / members + 1;
    for (std::size_t at = 0; at < text.size(); at += step)
        packed += ingest::testing::gzip(text.substr(at, step), 1);
    return packed;
}

}  // namespace

void try_input(std::string_view bytes) {
    Input input(bytes);
    std::string text(input.choose_of(headers));
    constexpr std::size_t copies[] = {1, 2, 63, 64, 65, 200};
    std::size_t const wanted_copies = input.choose_of(copies);
    int const ranks = 1 + static_cast<int>(input.choose(4));
    constexpr std::uint64_t rounds[] = {1u << 20, 1, 37, 1000, 5000, 17'000};
    std::uint64_t const round_bytes = input.choose_of(rounds);
    constexpr std::size_t packings[] = {0, 0, 1, 3};
    std::size_t const members = input.choose_of(packings);
    omp_set_num_threads(input.choose(8) == 7 ? 3 : 1);
    text += stretch(input.body(), wanted_copies);
    if (round_bytes < 1000 && text.size() > 2000) return;  // nothing new, slowly
    if (members == 0 && text.starts_with("\x1f\x8b")) return;

    MemoryFile const stored(members == 0 ? text : compress(text, members));
    auto const wanted = ingest::testing::read_or_refuse_slowly(text, {0}, rules);
    std::vector<InputFile> files;
    try {
        files.push_back(inspect_file(stored.path(), "input.csv", {}));
    } catch (core::DataError const& error) {
        EXPECT_FALSE(wanted) << error.what();
        return;
    }
    ASSERT_TRUE(wanted) << "a file that is none was taken";
    auto const read = ingest::testing::read_all_shares(files, ranks, {rules, true}, [&] { return round_bytes; });
    ingest::testing::expect_same(read[0], *wanted);
}

}  // namespace tessera::fuzz
