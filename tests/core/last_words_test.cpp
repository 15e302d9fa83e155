#include "tessera/core/last_words.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace tessera::core {
namespace {

namespace fs = std::filesystem;

fs::path make_file(std::string const& name) {
    fs::path const path = fs::path(::testing::TempDir()) / (name + std::to_string(::getpid()));
    std::ofstream(path) << "half";
    return path;
}

// Each of these ends a process of its own.

TEST(LastWordsDeathTest, NameTheStageAndTheSignal) {
    auto const end_by = [](int signal) {
        speak_last_words(true);
        note_stage("an earlier stage");
        note_stage("writing the store");
        std::raise(signal);
    };
    EXPECT_EXIT(end_by(SIGTERM), ::testing::KilledBySignal(SIGTERM), "^tessera: writing the store: ended by SIGTERM, ");
    EXPECT_EXIT(end_by(SIGINT), ::testing::KilledBySignal(SIGINT), "^tessera: writing the store: ended by SIGINT\n$");
    EXPECT_EXIT(end_by(SIGHUP), ::testing::KilledBySignal(SIGHUP), "ended by SIGHUP\n$");
}

TEST(LastWordsDeathTest, TakeTheUnfinishedFileAlong) {
    fs::path const unfinished = make_file("unfinished"), done = make_file("done");
    auto const end = [&] {
        speak_last_words(true);
        { Unfinished const finished(done.string(), Unfinished::Kind::file); }
        Unfinished const file(unfinished.string(), Unfinished::Kind::file);
        Unfinished const folder("map.partial", Unfinished::Kind::folder);
        std::raise(SIGINT);
    };
    EXPECT_EXIT(end(), ::testing::KilledBySignal(SIGINT),
                "^tessera: ended by SIGINT; " + unfinished.string() +
                    " is removed; map.partial is left, and removed by the next run\n$");
    EXPECT_FALSE(fs::exists(unfinished));
    EXPECT_TRUE(fs::exists(done)) << "it was finished";
    fs::remove(done);
}

TEST(LastWordsDeathTest, AreSilentlyActedUponByOtherRanks) {
    fs::path const unfinished = make_file("others");
    auto const end = [&] {
        speak_last_words(false);
        speak_after(::getpid());  // who lives
        Unfinished const file(unfinished.string(), Unfinished::Kind::file);
        std::raise(SIGTERM);
    };
    EXPECT_EXIT(end(), ::testing::KilledBySignal(SIGTERM), "^$");
    EXPECT_FALSE(fs::exists(unfinished));
}

TEST(LastWordsDeathTest, AreSpokenForTheOneWhoDied) {
    auto const end = [] {
        pid_t const other = ::fork();
        if (other == 0) ::_exit(0);
        ::waitpid(other, nullptr, 0);
        speak_last_words(false);
        speak_after(other);
        std::raise(SIGTERM);
    };
    EXPECT_EXIT(end(), ::testing::KilledBySignal(SIGTERM), "^tessera: ended by SIGTERM");
}

TEST(LastWordsDeathTest, AreNotSpokenOnceAllIsSaid) {
    auto const end = [] {
        speak_last_words(true);
        fall_silent();
        std::raise(SIGTERM);
    };
    EXPECT_EXIT(end(), ::testing::KilledBySignal(SIGTERM), "^$");
}

TEST(LastWordsDeathTest, AreNotSpokenUnderNohup) {
    auto const go_on = [] {
        std::signal(SIGHUP, SIG_IGN);
        speak_last_words(true);
        std::raise(SIGHUP);
        ::_exit(7);
    };
    EXPECT_EXIT(go_on(), ::testing::ExitedWithCode(7), "^$");
}

TEST(NotedStage, IsCutWhereItIsLong) {
    note_stage(std::string(1000, 'x'));
    EXPECT_EQ(noted_stage(), std::string(79, 'x'));
    note_stage("");
    EXPECT_EQ(noted_stage(), "");
}

TEST(Unfinished, MayBeMany) {
    std::vector<std::unique_ptr<Unfinished>> many;
    for (int i = 0; i < 100; ++i)
        many.push_back(std::make_unique<Unfinished>("a path", Unfinished::Kind::file));
    many.clear();
    Unfinished const long_one(std::string(5000, 'p'), Unfinished::Kind::file);
}

}  // namespace
}  // namespace tessera::core
