#include "tessera/app/metrics_file.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tessera/core/error.hpp"

namespace tessera::app {
namespace {

namespace fs = std::filesystem;

class MetricsFileTest : public ::testing::Test {
  protected:
    MetricsFileTest() {
        std::string name = (fs::temp_directory_path() / "tessera-metrics-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = name;
    }
    ~MetricsFileTest() override { fs::remove_all(folder_); }

    fs::path path() const { return folder_ / "night.prom"; }
    std::string text() const {
        std::ifstream in(path());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    bool says(std::string const& line) const { return text().find(line + "\n") != std::string::npos; }
    MetricsFile open(std::chrono::seconds every) const {
        return {true, MetricsOption{path().string(), every}, "replay"};
    }

    fs::path folder_;
};

report::Metrics replayed(std::uint64_t trips) {
    report::Metrics metrics;
    metrics.replay = {trips, 0, {}};
    return metrics;
}

po::variables_map parsed(std::vector<std::string> const& words) {
    po::options_description options;
    add_metrics_option(options);
    po::variables_map values;
    po::store(po::command_line_parser(words).options(options).run(), values);
    return values;
}

TEST_F(MetricsFileTest, IsReplacedUntilTheEnd) {
    MetricsFile file = open(std::chrono::seconds(0));
    file.start(replayed(0));
    EXPECT_TRUE(says("tessera_replay_trips_total{run=\"night\"} 0")) << text();
    EXPECT_TRUE(file.is_due());
    file.write(replayed(5));
    EXPECT_TRUE(says("tessera_replay_trips_total{run=\"night\"} 5")) << text();
    EXPECT_EQ(text().find("tessera_finish_time_seconds"), std::string::npos);
    file.finish(replayed(9));
    EXPECT_TRUE(says("tessera_replay_trips_total{run=\"night\"} 9")) << text();
    EXPECT_NE(text().find("\ntessera_finish_time_seconds{"), std::string::npos);
    EXPECT_NE(text().find("command=\"replay\""), std::string::npos);
}

TEST_F(MetricsFileTest, WaitsForItsTime) {
    MetricsFile file = open(std::chrono::hours(24));
    EXPECT_TRUE(file.is_due());
    file.start(replayed(0));
    EXPECT_FALSE(file.is_due());
}

TEST_F(MetricsFileTest, IsTheRootsAlone) {
    MetricsFile other(false, MetricsOption{path().string(), {}}, "replay"), unasked(true, std::nullopt, "replay");
    for (MetricsFile* const file : {&other, &unasked}) {
        EXPECT_FALSE(file->is_due());
        file->start(replayed(0));
        file->write(replayed(0));
        file->finish(replayed(0));
    }
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(MetricsFileTest, DoesNotStopTheWork) {
    MetricsFile file = open(std::chrono::seconds(0));
    file.start(replayed(0));
    fs::rename(folder_, folder_.string() + ".away");
    testing::internal::CaptureStderr();
    file.write(replayed(1));
    file.write(replayed(2));
    std::string const notes = testing::internal::GetCapturedStderr();
    EXPECT_EQ(std::count(notes.begin(), notes.end(), '\n'), 1) << "one note, not one a writing: " << notes;
    EXPECT_NE(notes.find("night.prom"), std::string::npos) << notes;
    fs::rename(folder_.string() + ".away", folder_);
    file.write(replayed(3));
    EXPECT_TRUE(says("tessera_replay_trips_total{run=\"night\"} 3")) << text();
}

TEST_F(MetricsFileTest, RefusesAPlaceThatItCannotWrite) {
    folder_ /= "absent";
    EXPECT_THROW(open({}).start({}), core::DataError);
    folder_ = folder_.parent_path();
    ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
    EXPECT_THROW(open({}).start({}), core::DataError) << "a pipe without a reader would be waited for";
}

TEST(MetricsOption, IsReadFromWords) {
    EXPECT_FALSE(read_metrics_option(parsed({})));
    auto const given = read_metrics_option(parsed({"--metrics", "a/b.prom", "--metrics-every", "0.25"}));
    ASSERT_TRUE(given);
    EXPECT_EQ(given->path, "a/b.prom");
    EXPECT_EQ(given->every, std::chrono::milliseconds(250));
    EXPECT_EQ(read_metrics_option(parsed({"--metrics", "b.prom"}))->every, std::chrono::seconds(5));
    for (char const* const path : {"b.txt", ".prom", "prom", "b.prom/", "b.prom.gz", "-", ""})
        EXPECT_THROW(read_metrics_option(parsed({"--metrics", path})), core::UsageError) << path;
    for (char const* const every : {"-1", "x", "nan", "86401"})
        EXPECT_THROW(read_metrics_option(parsed({"--metrics", "b.prom", "--metrics-every", every})), core::UsageError)
            << every;
}

}  // namespace
}  // namespace tessera::app
