// Stores: one whose header and tables say anything, written by our own writer, and one whose bytes were changed. Each
// is refused in plain words, or its tables hold together, and then questions about it find nothing to trip over.
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fuzz.hpp"
#include "input.hpp"
#include "query/random_tiles.hpp"
#include "read_header.hpp"
#include "store/resealed.hpp"
#include "tessera/comm/session.hpp"
#include "tessera/core/error.hpp"
#include "tessera/geo/hilbert.hpp"
#include "tessera/query/trip_index.hpp"
#include "tessera/store/open_store.hpp"
#include "tessera/store/write_store.hpp"

#include <gtest/gtest.h>

namespace tessera::fuzz {
namespace {

namespace fs = std::filesystem;

comm::Communicator alone() {
    static comm::Session* const session = [] {
        ::setenv("OMPI_MCA_opal_signal", "", 1);  // faults are libFuzzer's to tell
        static int argc = 0;
        static char** argv = nullptr;
        static comm::Session started(argc, argv);
        return &started;
    }();
    return session->world();
}

/// The folder of this process's store; it goes with the process.
class Folder {
  public:
    Folder() {
        auto const shared_memory = fs::path("/dev/shm");
        auto const in = ::access(shared_memory.c_str(), W_OK) == 0 ? shared_memory : fs::temp_directory_path();
        std::string path = (in / "tessera_fuzz_XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder " + path);
        folder_ = path;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    std::string store() const { return (folder_ / "t.h5").string(); }

  private:
    fs::path folder_;
};

std::string const& store_path() {
    static Folder const folder;
    static std::string const path = folder.store();
    return path;
}

struct MadeUp {
    store::StoreHeader header;
    geo::LoadedTiles loaded;

    MadeUp() {
        query::testing::Random random(7);
        loaded = query::testing::tile_up(query::testing::make_trips(random, {.trips = 60, .lattice = 1000}), 10);
        header.program = "tessera fuzz";
        header.trips = 60;
        header.tile_trips = 10;
        header.region = {-743000000, 404500000, -736000000, 410000000};
        header.longest_trip_s = 86'400;
        for (char const* const name : {"a.csv", "b.csv.gz"})
            header.ledger.push_back({name, "yellow", 1000, {}});
        for (core::FileId& file : loaded.trips.file)
            file.count %= 2;
    }
    void write() const {
        store::write_store(alone(), {store_path(), true}, header, {loaded.tiles, 0, loaded.tiles.size(), loaded.trips});
    }
};

template <class T>
T& any_of(std::vector<T>& values, std::uint64_t at) {
    return values[at % values.size()];
}

std::int32_t& edge_of(geo::Box& box, std::uint64_t at) {
    std::int32_t* const edges[] = {&box.west, &box.south, &box.east, &box.north};
    return *edges[at % 4];
}

void change_header(Edit const& edit, store::StoreHeader& header) {
    auto const value = static_cast<std::uint64_t>(edit.value);
    if (edit.what == 'T') header.trips = value;
    if (edit.what == 'U') header.tile_trips = value;
    if (edit.what == 'L') header.longest_trip_s = static_cast<std::uint32_t>(value);
    if (edit.what == 'V') header.format_version = static_cast<std::uint32_t>(value);
    if (edit.what == 'R') edge_of(header.region, edit.at) = static_cast<std::int32_t>(edit.value);
    if (edit.what == 'P') header.program = std::string(value % 300, static_cast<char>(edit.at));
    if (edit.what == 'Z') header.ledger.resize(value % 5);
    if (header.ledger.empty()) return;
    if (edit.what == 'N') any_of(header.ledger, edit.at).name = std::string(value % 300, static_cast<char>(edit.at));
    if (edit.what == 'F') any_of(header.ledger, edit.at).format = std::string(value % 20, static_cast<char>(edit.at));
    if (edit.what == 'B') any_of(header.ledger, edit.at).bytes = value;
    if (edit.what == 'K') any_of(header.ledger, edit.at).counts.kept = value;
}

void change_tiles(Edit const& edit, geo::TileTable& tiles) {
    if (edit.what == 'k') any_of(tiles.key, edit.at) = static_cast<std::uint64_t>(edit.value);
    if (edit.what == 'l') any_of(tiles.level, edit.at) = static_cast<std::uint8_t>(edit.value);
    if (edit.what == 'p')
        edge_of(any_of(tiles.pickup_box, edit.at / 4), edit.at) = static_cast<std::int32_t>(edit.value);
    if (edit.what == 'q')
        edge_of(any_of(tiles.dropoff_box, edit.at / 4), edit.at) = static_cast<std::int32_t>(edit.value);
    if (edit.what == 't') any_of(tiles.first_time, edit.at) = {static_cast<std::uint32_t>(edit.value)};
    if (edit.what == 'u') any_of(tiles.last_time, edit.at) = {static_cast<std::uint32_t>(edit.value)};
}

/// Any column of any trip.
void change_trips(Edit const& edit, core::TripTable& trips) {
    if (edit.what != 'c') return;
    core::for_each_column([&]<class T>(core::ColumnPlace<T> const& place) {
        if (static_cast<std::uint64_t>(place.id) != edit.at % core::column_count) return;
        T& value = any_of(trips.*place.in_table, edit.at / core::column_count);
        if constexpr (std::is_enum_v<T>)
            value = static_cast<T>(edit.value);
        else
            value.count = static_cast<typename T::Rep>(edit.value);
    });
}

std::string bytes_of_store() {
    std::ostringstream read;
    read << std::ifstream(store_path(), std::ios::binary).rdbuf();
    return read.str();
}

std::string const& good_bytes() {
    static std::string const bytes = [] {
        MadeUp().write();
        return bytes_of_store();
    }();
    return bytes;
}

/// The tiles' first trips, which the writer itself goes by, so that they are changed where they lie in the file.
void change_first_trips(std::vector<Edit> const& edits, std::vector<std::uint64_t> const& written) {
    if (std::ranges::none_of(edits, [](Edit const& edit) { return edit.what == 'f'; })) return;
    std::string bytes = bytes_of_store();
    std::string_view const image(reinterpret_cast<char const*>(written.data()), written.size() * sizeof written[0]);
    std::size_t const at = bytes.find(image);
    ASSERT_NE(at, std::string::npos);
    for (Edit const& edit : edits)
        if (edit.what == 'f')
            std::memcpy(bytes.data() + at + edit.at % written.size() * sizeof edit.value, &edit.value,
                        sizeof edit.value);
    std::ofstream(store_path(), std::ios::binary) << store::testing::resealed(bytes);
}

void write_changed(std::vector<Edit> const& edits) {
    MadeUp made;
    for (Edit const& edit : edits) {
        change_header(edit, made.header);
        change_tiles(edit, made.loaded.tiles);
        change_trips(edit, made.loaded.trips);
    }
    made.write();
    change_first_trips(edits, made.loaded.tiles.first_trip);
}

/// What the rest of the program takes for granted of a store that opens.
void expect_to_hold_together(store::StoreTables const& tables) {
    geo::TileTable const& tiles = tables.tiles;
    std::size_t const n = tiles.size();
    ASSERT_TRUE(tiles.level.size() == n && tiles.first_trip.size() == n + 1 && tiles.pickup_box.size() == n &&
                tiles.dropoff_box.size() == n && tiles.first_time.size() == n && tiles.last_time.size() == n);
    EXPECT_LE(tables.header.format_version, store::StoreHeader{}.format_version);
    std::uint64_t row = 0;
    for (std::size_t tile = 0; tile < n; ++tile) {
        EXPECT_EQ(tiles.first_trip[tile], row) << "tile " << tile;
        EXPECT_GT(tiles.first_trip[tile + 1], row) << "tile " << tile;
        row = tiles.first_trip[tile + 1];
        EXPECT_LE(tiles.level[tile], geo::deepest_level);
        EXPECT_LE(tiles.first_time[tile], tiles.last_time[tile]);
        if (tile > 0) {
            EXPECT_LT(tiles.key[tile - 1], tiles.key[tile]);
        }
    }
    EXPECT_EQ(tables.header.trips, row);
}

/// The same of rows that were read: they are as their tiles say.
void expect_to_hold_together(geo::LoadedTiles const& loaded) {
    core::TripTable const& trips = loaded.trips;
    for (std::size_t tile = 0; tile < loaded.tiles.size(); ++tile)
        for (auto row = loaded.tiles.first_trip[tile]; row < loaded.tiles.first_trip[tile + 1]; ++row) {
            EXPECT_GE(trips.pickup_time[row], loaded.tiles.first_time[tile]) << "row " << row;
            EXPECT_LE(trips.pickup_time[row], loaded.tiles.last_time[tile]) << "row " << row;
            EXPECT_TRUE(loaded.tiles.pickup_box[tile].contains(query::end_of(trips, query::End::pickup, row)))
                << "row " << row;
            EXPECT_NO_THROW(core::name_of(trips.source[row])) << "row " << row;
        }
}

/// Reads all of it, and asks; errors in plain words are answers, too.
void ask(std::string const& path, bool is_good) {
    try {
        auto const opened = store::open_store(alone(), path);
        std::vector<std::size_t> all(opened.tiles.size());
        for (std::size_t tile = 0; tile < all.size(); ++tile)
            all[tile] = tile;
        auto const loaded = store::read_tiles(alone(), opened, all, core::ColumnSet::all());
        ASSERT_EQ(loaded.trips.size(), opened.header.trips);
        expect_to_hold_together(loaded);
        query::TripIndex const index(loaded);
        query::Looked looked;
        query::Filter filter;
        filter.box = geo::Box{-740'500'000, 406'000'000, -738'000'000, 408'000'000};
        query::find_range(index, {filter, 5, false}, looked);
        query::find_nearest(index, {{-739'857'000, 407'484'000}, 3, {}, {}}, looked);
        query::aggregate(
            index, {query::parse_keys("hour,payment,pickup_tile:12"), query::parse_measures("trips,p90:fare"), {}},
            looked);
    } catch (core::DataError const& error) {
        EXPECT_FALSE(is_good) << error.what();
    } catch (core::StageError const& error) {
        EXPECT_FALSE(is_good) << error.what();
    }
}

}  // namespace

void try_input(std::string_view raw) {
    Input input(raw);
    bool const changes_bytes = input.choose(2) == 1;
    std::string rest;
    auto const edits = read_edits(input.body(), rest);
    if (edits.size() > 100) return;
    if (changes_bytes) {
        std::string bytes = good_bytes();
        apply_edits(edits, bytes);
        std::ofstream(store_path() + ".changed", std::ios::binary) << bytes;
    } else {
        write_changed(edits);
    }
    std::string const path = changes_bytes ? store_path() + ".changed" : store_path();
    store::StoreTables tables;
    try {
        tables = store::read_store_tables(path);
    } catch (core::DataError const& error) {
        EXPECT_NE(std::string(error.what()).find(path), std::string::npos) << error.what();
        EXPECT_FALSE(edits.empty()) << error.what();
        return;
    }
    expect_to_hold_together(tables);
    ask(path, edits.empty());
}

}  // namespace tessera::fuzz
