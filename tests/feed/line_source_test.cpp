#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "ingest/scratch_folder.hpp"
#include "tessera/core/error.hpp"
#include "tessera/feed/source.hpp"

namespace tessera::feed {
namespace {

using namespace std::chrono_literals;
using State = Taken::State;
using Texts = std::vector<std::string>;

constexpr std::chrono::milliseconds soon = 0ms, ever = 10h;

Texts texts_of(Taken const& taken) {
    Texts texts;
    for (Message const& message : taken.messages)
        texts.emplace_back(message.text);
    return texts;
}

Texts take_all(Source& source, std::size_t most = 1000) {
    Texts all;
    for (;;) {
        Taken const taken = source.take(most, ever);
        if (taken.state == State::ended) return all;
        for (std::string& text : texts_of(taken))
            all.push_back(std::move(text));
    }
}

/// The reading end is standard input for a while.
class Pipe {
  public:
    Pipe() : kept_(::dup(STDIN_FILENO)) {
        int ends[2];
        if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
        ::dup2(ends[0], STDIN_FILENO);
        ::close(ends[0]);
        write_end_ = ends[1];
    }
    Pipe(Pipe const&) = delete;
    Pipe& operator=(Pipe const&) = delete;
    ~Pipe() {
        close();
        ::dup2(kept_, STDIN_FILENO);
        ::close(kept_);
    }
    void write(std::string const& text) const {
        ASSERT_EQ(::write(write_end_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    void close() {
        if (write_end_ >= 0) ::close(write_end_);
        write_end_ = -1;
    }

  private:
    int kept_, write_end_ = -1;
};

class LineSource : public ::testing::Test {
  protected:
    std::unique_ptr<Source> open(std::string const& place, SourceOptions const& options = {}) {
        return open_source(place, options, stop_);
    }
    StopSignal stop_{StopSignal::Role::listen};
    ingest::testing::ScratchFolder folder_;
};

TEST_F(LineSource, TakesWhatIsWaitingAndPauses) {
    Pipe pipe;
    auto const source = open("-");
    EXPECT_EQ(source->take(10, soon).state, State::paused);
    pipe.write("one\ntwo\nthr");
    EXPECT_EQ(texts_of(source->take(10, ever)), (Texts{"one", "two"}));
    EXPECT_EQ(source->take(10, soon).state, State::paused);
    pipe.write("ee\n");
    EXPECT_EQ(texts_of(source->take(10, ever)), (Texts{"three"}));
    pipe.write("last");
    pipe.close();
    EXPECT_EQ(texts_of(source->take(10, ever)), (Texts{"last"}));
    EXPECT_EQ(source->take(10, ever).state, State::ended);
    EXPECT_EQ(source->take(10, ever).state, State::ended);
}

TEST_F(LineSource, WaitsForAWriter) {
    Pipe pipe;
    auto const source = open("-");
    std::jthread writer([&] {
        for (char const c : std::string("\r\nslow\r\n"))
            pipe.write(std::string(1, c));
    });
    Taken const taken = source->take(10, ever);
    writer.join();
    ASSERT_EQ(taken.messages.size(), 1U);
    EXPECT_EQ(taken.messages[0].text, "slow");
    EXPECT_EQ(taken.messages[0].number, 2U);
}

TEST_F(LineSource, AtMostThatMany) {
    Pipe pipe;
    auto const source = open("-");
    pipe.write("a\nb\nc\nd\n");
    EXPECT_EQ(texts_of(source->take(3, ever)), (Texts{"a", "b", "c"}));
    EXPECT_EQ(texts_of(source->take(3, ever)), (Texts{"d"}));
}

TEST_F(LineSource, AnEndlessLineIsOneMessage) {
    Pipe pipe;
    auto const source = open("-", {.longest_message_bytes = 1000});
    std::jthread const writer([&] {
        for (int i = 0; i < 1000; ++i)
            pipe.write(std::string(50'000, 'x'));
        pipe.write("\nnext\n");
        pipe.close();
    });
    Texts texts;
    std::vector<bool> too_long;
    for (Taken taken; (taken = source->take(1, ever)).state != State::ended;) {
        texts.emplace_back(taken.messages[0].text);
        too_long.push_back(taken.messages[0].too_long);
    }
    EXPECT_EQ(texts, (Texts{std::string(1000, 'x'), "next"}));
    EXPECT_EQ(too_long, (std::vector<bool>{true, false}));
}

TEST_F(LineSource, BlankLinesWithoutEndAreAPause) {
    std::string const path = folder_.path("pipe");
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    auto const source = open(path);  // and does not wait for somebody to write
    EXPECT_EQ(source->take(10, soon).state, State::paused);
    int const writer = ::open(path.c_str(), O_WRONLY | O_NONBLOCK);
    ASSERT_GE(writer, 0);
    std::string const blanks(4000, '\n');
    ASSERT_EQ(::write(writer, blanks.data(), blanks.size()), 4000);
    EXPECT_EQ(source->take(10, soon).state, State::paused);
    ASSERT_EQ(::write(writer, "x\n", 2), 2);
    Taken const taken = source->take(10, ever);
    ASSERT_EQ(taken.messages.size(), 1U);
    EXPECT_EQ(taken.messages[0].number, 4001U);
    ::close(writer);
    EXPECT_EQ(source->take(10, ever).state, State::ended);
}

TEST_F(LineSource, AStopHandsOutWholeLinesOnly) {
    Pipe pipe;
    auto const source = open("-");
    pipe.write("a\nb\nhalf");
    EXPECT_EQ(texts_of(source->take(1, ever)), (Texts{"a"}));
    ::raise(SIGTERM);
    pipe.write(" done\nnever read\n");
    EXPECT_EQ(texts_of(source->take(10, ever)), (Texts{"b"}));
    EXPECT_EQ(source->take(10, ever).state, State::ended);
    std::string rest(100, ' ');
    rest.resize(static_cast<std::size_t>(::read(STDIN_FILENO, rest.data(), rest.size())));
    EXPECT_EQ(rest, " done\nnever read\n") << "what came after the stop is left to others";
}

TEST_F(LineSource, AStopWakesASleeper) {
    Pipe pipe;
    auto const source = open("-");
    // The process's signal may come before or during the wait: both end it.
    std::jthread const signaller([] { ::kill(::getpid(), SIGINT); });
    EXPECT_EQ(source->take(10, ever).state, State::ended);
}

TEST_F(LineSource, Repeats) {
    std::string const path = folder_.write("requests",
                                           "\xEF\xBB\xBF"
                                           "a\n\nb");
    auto const source = open(path, {.repeat = 3});
    std::vector<std::uint64_t> numbers;
    Taken taken;
    Texts texts;
    while ((taken = source->take(4, ever)).state != State::ended)
        for (Message const& message : taken.messages) {
            texts.emplace_back(message.text);
            numbers.push_back(message.number);
        }
    EXPECT_EQ(texts, (Texts{"a", "b", "a", "b", "a", "b"}));
    EXPECT_EQ(numbers, (std::vector<std::uint64_t>{1, 3, 1, 3, 1, 3}));
    EXPECT_EQ(take_all(*open(folder_.write("empty", ""), {.repeat = 1ULL << 60})), Texts{});
}

TEST_F(LineSource, RepeatsRegularFilesOnly) {
    Pipe pipe;
    EXPECT_THROW(open("-", {.repeat = 2}), core::UsageError);
    EXPECT_THROW(open("/dev/null", {.repeat = 2}), core::UsageError);
    EXPECT_THROW(open(folder_.write("f", "a"), {.repeat = 0}), core::UsageError);
    EXPECT_NO_THROW(open("-"));
}

TEST_F(LineSource, AMillionLines) {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i)
        text += std::to_string(i) + '\n';
    std::string const path = folder_.write("many", text);
    for (std::size_t const most : {1U, 64U, 100'000U}) {
        auto const source = open(path);
        std::uint64_t expected = 0;
        Taken taken;
        while ((taken = source->take(most, ever)).state != State::ended)
            for (Message const& message : taken.messages) {
                ASSERT_EQ(message.text, std::to_string(expected));
                ASSERT_EQ(message.number, ++expected);
            }
        EXPECT_EQ(expected, 1'000'000U);
    }
}

TEST_F(LineSource, NamesWhatCannotBeRead) {
    auto const error_of_place = [&](std::string const& place) -> std::string {
        try {
            open(place);
        } catch (core::DataError const& error) {
            return error.what();
        }
        return "no error";
    };
    std::string const absent = folder_.path("absent");
    EXPECT_EQ(error_of_place(absent),
              absent + ": cannot be opened: No such file or directory; check the path and its permissions");
    EXPECT_EQ(error_of_place(folder_.path("")),
              folder_.path("") + ": cannot be opened: Is a directory; check the path and its permissions");
    EXPECT_THROW(check_source_place(""), core::UsageError);
    EXPECT_NO_THROW(check_source_place("-"));
}

}  // namespace
}  // namespace tessera::feed
