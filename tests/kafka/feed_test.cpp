// Our source and sink against the broker whose address is in TESSERA_KAFKA_BROKER; each test has its topic.
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "harness/seed.hpp"
#include "tessera/core/error.hpp"
#include "tessera/feed/sink.hpp"
#include "tessera/feed/source.hpp"

namespace tessera::feed {
namespace {

using namespace std::chrono_literals;
using State = Taken::State;
using Texts = std::vector<std::string>;

constexpr std::chrono::milliseconds ever = 10h;

std::string broker() {
    char const* const address = std::getenv("TESSERA_KAFKA_BROKER");
    if (address == nullptr) throw std::runtime_error("run this under tests/kafka/broker.py");
    return address;
}

std::string sink_place(std::string const& topic) {
    return "kafka://" + broker() + "/" + topic;
}

std::string source_place(std::string const& topic, std::string const& group = "g") {
    return sink_place(topic) + "?group=" + group;
}

void send(std::string const& topic, Texts const& texts) {
    // Without the property messages that are sent together may all go to one partition.
    auto const sink = open_sink(sink_place(topic) + "?sticky.partitioning.linger.ms=0");
    for (std::string const& text : texts)
        sink->put(text + '\n');
    sink->finish();
}

Texts numbered(int count) {
    Texts texts;
    for (int i = 0; i < count; ++i)
        texts.push_back("message " + std::to_string(i));
    return texts;
}

Texts sorted(Texts texts) {
    std::sort(texts.begin(), texts.end());
    return texts;
}

class KafkaFeed : public ::testing::Test {
  protected:
    std::unique_ptr<Source> open(std::string const& place, SourceOptions const& options = {}) {
        return open_source(place, options, stop_);
    }
    StopSignal stop_{StopSignal::Role::listen};
};

/// The next messages, as many.
Texts take(Source& source, std::size_t count, std::size_t most = 1000) {
    Texts texts;
    while (texts.size() < count) {
        Taken const taken = source.take(std::min(most, count - texts.size()), ever);
        if (taken.state == State::ended) throw std::runtime_error("ended");
        for (Message const& message : taken.messages)
            texts.emplace_back(message.text);
    }
    return texts;
}

TEST_F(KafkaFeed, WhatIsNotConfirmedComesAgain) {
    Texts const all = numbered(1000);
    Texts const second_half(all.begin() + 500, all.end());
    send("half", all);
    {
        auto const source = open(source_place("half"));
        EXPECT_EQ(take(*source, 500, 64), Texts(all.begin(), all.begin() + 500));
        source->confirm();
        EXPECT_EQ(take(*source, 500), second_half);
    }
    {
        auto const source = open(source_place("half"));
        EXPECT_EQ(take(*source, 500), second_half);
        source->confirm();
        source->confirm();  // there is nothing to confirm
    }
    send("half", {"the end"});
    EXPECT_EQ(take(*open(source_place("half")), 1), Texts{"the end"});
    EXPECT_EQ(take(*open(source_place("half", "another")), 1001).front(), "message 0");
}

TEST_F(KafkaFeed, AllPartitionsAreConfirmed) {
    Texts const all = numbered(3000);
    send("three", all);
    {
        auto const source = open(source_place("three"));
        EXPECT_EQ(sorted(take(*source, 3000)), sorted(all));
        source->confirm();
    }
    send("three", {"the end"});
    EXPECT_EQ(take(*open(source_place("three")), 1), Texts{"the end"});
}

TEST_F(KafkaFeed, ARebalanceConfirmsNothing) {
    Texts const all = numbered(3000);
    send("rebalance", all);
    {
        auto const first = open(source_place("rebalance"));
        EXPECT_EQ(sorted(take(*first, 3000)), sorted(all));
        auto const second = open(source_place("rebalance"));
        // Both have to speak with the broker for the partitions to move.
        while (second->take(1, 10ms).state != State::some)
            first->take(1000, 10ms);
    }
    auto const third = open(source_place("rebalance"));
    EXPECT_EQ(sorted(take(*third, 3000)), sorted(all));
}

TEST_F(KafkaFeed, WhatMovedIsNotConfirmedByItsOldMember) {
    send("moved", numbered(3000));
    std::string moved;
    {
        auto const first = open(source_place("moved"));
        take(*first, 3000);
        auto const second = open(source_place("moved"));
        Taken taken;
        while ((taken = second->take(1, 10ms)).state != State::some)
            first->take(1000, 10ms);
        moved = taken.messages[0].text;
        first->confirm();
    }
    auto const third = open(source_place("moved"));
    while (take(*third, 1).front() != moved) {  // comes again, or this waits until the test's time is up
    }
}

/// A message without a value, which the sink cannot make.
void send_tombstone(std::string const& topic) {
    rd_kafka_conf_t* const configuration = rd_kafka_conf_new();
    char reason[512];
    rd_kafka_conf_set(configuration, "bootstrap.servers", broker().c_str(), reason, sizeof reason);
    rd_kafka_t* const producer = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, reason, sizeof reason);
    ASSERT_NE(producer, nullptr) << reason;
    ASSERT_EQ(rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_KEY("key", 3), RD_KAFKA_V_END),
              0);
    EXPECT_EQ(rd_kafka_flush(producer, 60'000), 0);
    rd_kafka_destroy(producer);
}

TEST_F(KafkaFeed, BlankMessagesAreMessages) {
    send("blanks", {"a", "", " \t"});
    send_tombstone("blanks");
    send("blanks", {"b"});
    auto const source = open(source_place("blanks"));
    std::vector<std::pair<std::string, std::uint64_t>> found;
    while (found.size() < 5)
        for (Message const& message : source->take(10, ever).messages) {
            found.emplace_back(message.text, message.number);
            unsigned sum = 0;
            for (std::size_t i = 0; i < padding_bytes; ++i)
                sum += static_cast<unsigned char>(message.text.data()[message.text.size() + i]);
            EXPECT_LE(sum, padding_bytes * 255);
        }
    EXPECT_EQ(found,
              (std::vector<std::pair<std::string, std::uint64_t>>{{"a", 1}, {"", 2}, {" \t", 3}, {"", 4}, {"b", 5}}));
}

std::string noise(std::size_t bytes) {
    std::mt19937_64 random(harness::seed());
    std::string text(bytes, ' ');
    for (char& c : text)
        c = static_cast<char>('!' + random() % 90);
    return text;
}

TEST_F(KafkaFeed, LargeMessages) {
    std::string const large(3'000'000, 'x');  // is small once it is compressed
    send("large", {large, "small", large});
    std::string error;
    try {
        send("large", {noise(3'000'000)});
    } catch (core::DataError const& caught) {
        error = caught.what();
    }
    EXPECT_NE(error.find("1 messages were not acknowledged by 'kafka://" + broker() +
                         "/large' (Broker: Message size too large); raise the topic's max.message.bytes"),
              std::string::npos)
        << error;
    auto const sink = open_sink(sink_place("large"));
    std::string const long_one = noise(3'000'000);
    for (int round = 0; round < 2; ++round) {
        sink->put(large + '\n' + long_one + "\nafter it\n");
        std::vector<LongLine> const too_long = sink->flush_what_fits();
        ASSERT_EQ(too_long.size(), 1U);
        EXPECT_EQ(too_long[0].number, 1U);
        EXPECT_EQ(too_long[0].bytes, long_one.size());
    }
    sink->finish();
    {
        auto const source = open(source_place("large"), {.longest_message_bytes = 4'000'000});
        EXPECT_EQ(take(*source, 3), (Texts{large, "small", large}));
        EXPECT_EQ(take(*source, 4), (Texts{large, "after it", large, "after it"}));
    }
    auto const source = open(source_place("large"));
    Taken const taken = source->take(1, ever);
    ASSERT_EQ(taken.messages.size(), 1U);
    EXPECT_TRUE(taken.messages[0].too_long);
    EXPECT_EQ(taken.messages[0].text, large.substr(0, 64 * 1024));
}

/// The broker refuses a batch for its length though no message of it is too long: they are there all the same.
TEST_F(KafkaFeed, ATopicOfShortMessages) {
    Texts wanted;
    std::vector<std::size_t> too_long;
    auto const sink = open_sink(sink_place("short"));
    std::string const text = noise(400'000);
    for (std::size_t i = 0; i < 40; ++i) {
        bool const fits = i % 10 != 0;
        std::string const line = text.substr(i * 1000, fits ? 5000 : 50'000);
        sink->put(line + '\n');
        if (fits)
            wanted.push_back(line);
        else
            too_long.push_back(i);
    }
    std::vector<std::size_t> found;
    for (LongLine const& line : sink->flush_what_fits())
        found.push_back(line.number);
    EXPECT_EQ(found, too_long);
    sink->finish();
    EXPECT_EQ(sorted(take(*open(source_place("short")), wanted.size())), sorted(wanted));
}

TEST_F(KafkaFeed, AStopEndsIt) {
    auto const source = open(source_place("empty"));
    EXPECT_EQ(source->take(1, 0ms).state, State::paused);
    std::jthread const signaller([] { ::kill(::getpid(), SIGTERM); });
    EXPECT_EQ(source->take(1, ever).state, State::ended);
    EXPECT_EQ(open(source_place("empty"))->take(1, ever).state, State::ended);
}

template <class Open>
std::future<std::string> error_of(Open open) {
    return std::async(std::launch::async, [open] {
        try {
            open();
        } catch (core::DataError const& error) {
            return std::string(error.what());
        }
        return std::string("no error");
    });
}

TEST_F(KafkaFeed, NamesWhatIsMissing) {
    auto const open_absent = [this](std::string const& place) { return error_of([=, this] { open(place); }); };
    auto unreachable_source = open_absent("kafka://127.0.0.1:1/t?group=g&sasl.password=secret");
    auto unreachable_sink = error_of([] { open_sink("kafka://127.0.0.1:1/t"); });
    auto absent_source = open_absent(source_place("absent"));
    auto absent_sink = error_of([] { open_sink(sink_place("absent")); });
    for (auto* const future : {&unreachable_source, &unreachable_sink}) {
        std::string const error = future->get();
        EXPECT_NE(error.find("cannot reach 'kafka://127.0.0.1:1/t' ("), std::string::npos) << error;
        EXPECT_NE(error.find("Connection refused"), std::string::npos) << error;
        EXPECT_NE(error.find("see whether the brokers run"), std::string::npos) << error;
        EXPECT_EQ(error.find("secret"), std::string::npos) << error;
    }
    for (auto* const future : {&absent_source, &absent_sink}) {
        std::string const error = future->get();
        EXPECT_NE(error.find("Unknown topic"), std::string::npos) << error;
        EXPECT_NE(error.find("create the topic"), std::string::npos) << error;
    }
}

TEST_F(KafkaFeed, PropertiesArePassedOnOrRefused) {
    EXPECT_NO_THROW(check_source_place("kafka://a:1/t?group=g&security.protocol=sasl_ssl&sasl.mechanism=PLAIN"));
    EXPECT_NO_THROW(check_sink_place("kafka://a:1/t?compression.codec=none"));
    for (char const* const property : {"no.such.property=1", "session.timeout.ms=soon"})
        EXPECT_THROW(check_source_place(std::string("kafka://a:1/t?group=g&") + property), core::UsageError);
    EXPECT_THROW(open("kafka://a:1/t?group=g&max.poll.interval.ms=1"), core::UsageError);
    EXPECT_THROW(open("kafka://a:1/t?group=g", {.repeat = 2}), core::UsageError);
}

}  // namespace
}  // namespace tessera::feed
