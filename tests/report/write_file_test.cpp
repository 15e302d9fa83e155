#include "tessera/report/write_file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "harness/stdout_instead.hpp"
#include "tessera/core/error.hpp"

namespace tessera::report {
namespace {

namespace fs = std::filesystem;

class WriteFile : public ::testing::Test {
  protected:
    WriteFile() {
        std::string name = (fs::temp_directory_path() / "tessera-write-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = name;
    }
    ~WriteFile() override { fs::remove_all(folder_); }

    static std::string content_of(fs::path const& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }

    fs::path folder_;
};

WriteOutput say(std::string text) {
    return [text = std::move(text)](std::ostream& out) { out << text; };
}

std::string error_of(fs::path const& path) {
    try {
        write_file(path, say("text"));
    } catch (core::DataError const& error) {
        return error.what();
    }
    return "no error";
}

TEST_F(WriteFile, WritesAndReplaces) {
    fs::path const path = folder_ / "out.csv";
    write_file(path, say("first, and longer"));
    write_file(path, say("second"));
    EXPECT_EQ(content_of(path), "second");
    EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFile, WritesMoreThanItsBuffer) {
    std::string big(1'000'003, 'x');
    for (std::size_t i = 0; i < big.size(); i += 101)
        big[i] = static_cast<char>('a' + i % 26);
    write_file(folder_ / "big", say(big));
    EXPECT_EQ(content_of(folder_ / "big"), big);
    write_file(folder_ / "chars", [&](std::ostream& out) {
        for (char const c : big)
            out.put(c);
    });
    EXPECT_EQ(content_of(folder_ / "chars"), big);
}

TEST_F(WriteFile, WritesBytes) {
    std::vector<std::byte> const bytes{std::byte{0}, std::byte{0xff}, std::byte{'\n'}};
    write_file(folder_ / "b.png", bytes);
    EXPECT_EQ(content_of(folder_ / "b.png"), std::string("\0\xff\n", 3));
}

TEST_F(WriteFile, LeavesTheOldFileWhereWritingFails) {
    fs::path const path = folder_ / "out.csv";
    write_file(path, say("old"));
    EXPECT_THROW(write_file(path,
                            [](std::ostream& out) {
                                out << std::string(1'000'000, 'x');
                                throw std::runtime_error("half way");
                            }),
                 std::runtime_error);
    EXPECT_EQ(content_of(path), "old");
    EXPECT_EQ(files(), 1U) << "the temporary is still there";
}

TEST_F(WriteFile, NamesPathReasonAndRemedy) {
    EXPECT_EQ(error_of(folder_ / "no" / "out.csv"),
              "cannot write '" + (folder_ / "no" / "out.csv").string() +
                  "' (No such file or directory); make the folder first or name another");
    EXPECT_EQ(error_of(folder_), "cannot write '" + folder_.string() + "' (Is a directory); give a file name as well");
    EXPECT_EQ(files(), 0U);
}

TEST_F(WriteFile, FollowsLinks) {
    write_file(folder_ / "target", say("old"));
    fs::create_symlink(folder_ / "target", folder_ / "link");
    write_file(folder_ / "link", say("new"));
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(content_of(folder_ / "target"), "new");
}

TEST_F(WriteFile, ReplacesWithoutWaitingForTheDisk) {
    fs::path const path = folder_ / "m.prom";
    write_file(path, say("old"));
    std::ifstream reader(path);  // has the old file, whatever becomes of its name
    replace_file(path, say("new"));
    EXPECT_EQ(content_of(path), "new");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(reader), {}), "old");
    EXPECT_THROW(replace_file(path, [](std::ostream&) { throw std::runtime_error("half-way"); }), std::runtime_error);
    EXPECT_EQ(content_of(path), "new");
    EXPECT_EQ(files(), 1U);
}

// No test here may hand a device's path to write_file: code that is wrong would rename a file over the device.
TEST_F(WriteFile, WritesIntoAPipeAndLeavesItThere) {
    fs::path const pipe = folder_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    int const reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    ASSERT_GE(reader, 0);
    write_file(pipe, say("through"));
    std::array<char, 100> read{};
    EXPECT_EQ(::read(reader, read.data(), read.size()), 7);
    ::close(reader);
    EXPECT_STREQ(read.data(), "through");
    EXPECT_TRUE(fs::is_fifo(pipe));
    EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFile, WritesIntoANamelessPipeBehindALink) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    fs::path const link = folder_ / "link";  // as /dev/stdout is one
    fs::create_symlink("/proc/self/fd/" + std::to_string(ends[1]), link);
    write_file(link, say("through"));
    EXPECT_TRUE(fs::is_symlink(link)) << "a file has taken the link's place";
    ::close(ends[1]);
    std::array<char, 100> read{};
    EXPECT_EQ(::read(ends[0], read.data(), read.size()), 7);
    ::close(ends[0]);
    EXPECT_EQ(files(), 1U);
}

std::string stdout_error(int descriptor) {
    harness::StdoutInstead const redirected(descriptor);
    try {
        write_stdout(say("nobody reads this"));
    } catch (core::DataError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(WriteStdout, TellsOfAClosedPipe) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    EXPECT_EQ(stdout_error(ends[1]),
              "cannot write standard output (Broken pipe); let its reader read to the end, or ask for fewer rows");
    ::close(ends[1]);
    EXPECT_EQ(std::signal(SIGPIPE, SIG_DFL), SIG_DFL) << "the signal is as it was";
}

TEST(WriteStdout, TellsOfAFullDisk) {
    int const full = ::open("/dev/full", O_WRONLY);
    if (full < 0) GTEST_SKIP() << "no /dev/full here";
    EXPECT_EQ(stdout_error(full),
              "cannot write standard output (No space left on device); free some space or name another folder");
    ::close(full);
}

TEST(WriteStdout, WritesWhereThereIsNoPath) {
    ::testing::internal::CaptureStdout();
    write_output(std::nullopt, say("to the terminal\n"));
    EXPECT_EQ(::testing::internal::GetCapturedStdout(), "to the terminal\n");
}

}  // namespace
}  // namespace tessera::report
