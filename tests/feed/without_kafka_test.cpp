// Linked with kafka_absent.cpp, as every program is where there is no librdkafka.
#include <gtest/gtest.h>

#include "tessera/core/error.hpp"
#include "tessera/feed/sink.hpp"
#include "tessera/feed/source.hpp"

namespace tessera::feed {
namespace {

template <class Open>
std::string error_of(Open const& open) {
    try {
        open();
    } catch (core::UsageError const& error) {
        return error.what();
    }
    return "no error";
}

TEST(WithoutKafka, SaysHowToGetIt) {
    std::string const said =
        "this tessera was built without Kafka and cannot reach 'kafka://a:1/t'; install librdkafka-dev (Debian), "
        "configure with -DTESSERA_KAFKA=ON and build again";
    StopSignal const stop(StopSignal::Role::listen);
    EXPECT_EQ(error_of([&] { open_source("kafka://a:1/t?group=g", {}, stop); }), said);
    EXPECT_EQ(error_of([&] { check_source_place("kafka://a:1/t?group=g"); }), said);
    EXPECT_EQ(error_of([&] { open_sink("kafka://a:1/t"); }), said);
    EXPECT_EQ(error_of([&] { check_sink_place("kafka://a:1/t"); }), said);
    EXPECT_NO_THROW(check_sink_place("-"));
}

}  // namespace
}  // namespace tessera::feed
