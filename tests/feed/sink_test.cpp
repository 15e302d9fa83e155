#include "tessera/feed/sink.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "harness/stdout_instead.hpp"
#include "ingest/scratch_folder.hpp"
#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

namespace fs = std::filesystem;

std::string content_of(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_in(std::string const& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class FileSink : public ::testing::Test {
  protected:
    ingest::testing::ScratchFolder folder_;
    std::string const path_ = folder_.path("answers");
};

TEST_F(FileSink, HasItsNameOnceItIsWhole) {
    folder_.write("answers", "old");
    auto const sink = open_sink(path_);
    sink->put("one\n");
    sink->flush();
    EXPECT_EQ(content_of(path_), "old");
    std::string const big(1'000'000, 'x');
    sink->put(big);
    sink->put("\n");
    sink->finish();
    EXPECT_EQ(content_of(path_), "one\n" + big + "\n");
    EXPECT_EQ(files_in(folder_.path("")), 1U);
}

TEST_F(FileSink, LeavesNothingUnfinished) {
    {
        auto const sink = open_sink(path_);
        sink->put("one\n");
        sink->flush();
        EXPECT_EQ(files_in(folder_.path("")), 1U);
    }
    EXPECT_EQ(files_in(folder_.path("")), 0U);
}

TEST_F(FileSink, FlushHandsOver) {
    auto const sink = open_sink(path_);
    sink->put("one\n");
    sink->flush();
    for (auto const& entry : fs::directory_iterator(folder_.path("")))
        EXPECT_EQ(content_of(entry.path()), "one\n");
}

TEST_F(FileSink, WritesIntoANamedPipe) {
    ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
    int const reader = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK);
    auto const sink = open_sink(path_);
    sink->put("one\n");
    sink->flush();
    std::array<char, 10> read{};
    EXPECT_EQ(::read(reader, read.data(), read.size()), 4);
    sink->finish();
    ::close(reader);
    EXPECT_TRUE(fs::is_fifo(path_));
}

TEST_F(FileSink, NamesWhatCannotBeWritten) {
    EXPECT_THROW(open_sink(folder_.path("no/answers")), core::DataError);
    EXPECT_THROW(open_sink(folder_.path("")), core::DataError);
    EXPECT_THROW(open_sink(""), core::UsageError);
}

std::string error_of_flush(int standard_output) {
    harness::StdoutInstead const redirected(standard_output);
    auto const sink = open_sink("-");
    sink->put("one\n");
    try {
        sink->flush();
    } catch (core::DataError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(StdoutSink, HandsOverAtFlush) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_NONBLOCK), 0);
    std::array<char, 10> read{};
    {
        harness::StdoutInstead const redirected(ends[1]);
        auto const sink = open_sink("-");
        sink->put("one\n");
        EXPECT_EQ(::read(ends[0], read.data(), read.size()), -1) << "written line by line";
        sink->flush();
        EXPECT_EQ(::read(ends[0], read.data(), read.size()), 4);
        sink->put("two\n");
        sink->finish();
        EXPECT_EQ(::read(ends[0], read.data(), read.size()), 4);
    }
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(StdoutSink, TellsOfAClosedPipe) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    EXPECT_EQ(error_of_flush(ends[1]),
              "cannot write standard output (Broken pipe); let its reader read to the end, or ask for fewer rows");
    ::close(ends[1]);
    EXPECT_EQ(::signal(SIGPIPE, SIG_DFL), SIG_DFL) << "the signal is as it was";
}

TEST(StdoutSink, TellsOfAFullDisk) {
    int const full = ::open("/dev/full", O_WRONLY);
    if (full < 0) GTEST_SKIP() << "no /dev/full here";
    EXPECT_EQ(error_of_flush(full),
              "cannot write standard output (No space left on device); free some space or name another folder");
    ::close(full);
}

}  // namespace
}  // namespace tessera::feed
