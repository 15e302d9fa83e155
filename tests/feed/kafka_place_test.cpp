#include "kafka_place.hpp"

#include <gtest/gtest.h>

#include "tessera/core/error.hpp"

namespace tessera::feed {
namespace {

using End = KafkaPlace::End;
using Properties = std::map<std::string, std::string>;

std::string error_of(std::string const& place, End end = End::source) {
    try {
        parse_kafka_place(place, end);
    } catch (core::UsageError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(KafkaPlace, HasItsParts) {
    KafkaPlace const source = parse_kafka_place(
        "kafka://a:9092,[::1]:1/asked.of-me_2?group=g%201&security.protocol=ssl&sasl.password=%26%3D%3F", End::source);
    EXPECT_EQ(source.brokers, "a:9092,[::1]:1");
    EXPECT_EQ(source.topic, "asked.of-me_2");
    EXPECT_EQ(source.group, "g 1");
    EXPECT_EQ(source.properties, (Properties{{"security.protocol", "ssl"}, {"sasl.password", "&=?"}}));
    EXPECT_EQ(source.name, "kafka://a:9092,[::1]:1/asked.of-me_2") << "no password";

    KafkaPlace const sink = parse_kafka_place("kafka://broker:65535/t", End::sink);
    EXPECT_EQ(sink.brokers, "broker:65535");
    EXPECT_EQ(sink.properties, Properties{});
}

TEST(KafkaPlace, SaysWhatIsWrong) {
    EXPECT_EQ(
        error_of("kafka://a:9092/t"),
        "'kafka://a:9092/t' is no Kafka source: its group is missing; add ?group=NAME: under this name the broker "
        "keeps what is answered");
    for (char const* const brokers : {"", "a", "a:", ":1", "a:0", "a:65536", "a:1x", "a:9092,b", "a:1,,b:2"})
        EXPECT_NE(error_of(std::string("kafka://") + brokers + "/t?group=g").find("is not HOST:PORT"),
                  std::string::npos)
            << brokers;
    EXPECT_NE(error_of("kafka://a:1?group=g").find("the topic is missing"), std::string::npos);
    for (char const* const topic : {"a b", "a/b", "..", "%41"})
        EXPECT_NE(error_of(std::string("kafka://a:1/") + topic + "?group=g").find("is no topic's name"),
                  std::string::npos)
            << topic;
    EXPECT_NE(error_of("kafka://a:1/t?group=g&group=h").find("group is given twice"), std::string::npos);
    EXPECT_NE(error_of("kafka://a:1/t?group=g&x=1&x=2").find("x is given twice"), std::string::npos);
    EXPECT_NE(error_of("kafka://a:1/t?group=g&x").find("'x' is not property=value"), std::string::npos);
    EXPECT_NE(error_of("kafka://a:1/t?group=g&=1").find("is not property=value"), std::string::npos);
    for (char const* const value : {"%", "%4", "%4g", "%+1"})
        EXPECT_NE(error_of(std::string("kafka://a:1/t?group=") + value).find("hexadecimal"), std::string::npos)
            << value;
}

TEST(KafkaPlace, KeepsItsPromises) {
    for (char const* const own : {"enable.auto.commit=true", "group.id=g", "acks=0", "enable.idempotence=false"})
        EXPECT_NE(error_of(std::string("kafka://a:1/t?group=g&") + own).find("is set by tessera"), std::string::npos)
            << own;
    EXPECT_NE(error_of("kafka://a:1/t?group=g", End::sink).find("a sink has no group"), std::string::npos);
}

}  // namespace
}  // namespace tessera::feed
