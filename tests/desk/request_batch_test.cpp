#include "tessera/desk/request_batch.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "request/rank_scene.hpp"

namespace tessera::desk {
namespace {

using request::testing::Random;

/// Messages that stay where they are.
struct Messages {
    std::vector<std::string> texts;
    std::vector<feed::Message> messages;

    explicit Messages(std::vector<std::string> lines) : texts(std::move(lines)) {
        for (std::string& text : texts) {
            std::size_t const size = text.size();
            text.append(feed::padding_bytes, ' ');
            messages.push_back({std::string_view(text).substr(0, size), messages.size() + 1, {}, false});
        }
    }
};

class RequestBatchTest : public ::testing::Test {
  protected:
    /// All answers to messages, piece by piece, as a single rank gives them.
    std::vector<std::string> answer(std::span<feed::Message const> messages) {
        batch.start(messages);
        EXPECT_EQ(batch.size(), messages.size());
        std::vector<std::string> answers;
        while (!batch.is_done()) {
            reduce::SharedQuestions shared;
            std::size_t const questions = batch.fill(shared);
            EXPECT_FALSE(batch.piece().empty());
            std::vector<request::Part> wholes(questions);
            for (std::size_t i = 0; i < questions; ++i)
                wholes[i] = request::answer_part(index, *shared.questions[i], limits);
            batch.write(wholes);
            for (RequestBatch::Slot& slot : batch.piece()) {
                answers.push_back(slot.answer);
                empty(slot.answer);
            }
            ++pieces;
        }
        return answers;
    }

    Random random{harness::seed()};
    geo::LoadedTiles loaded = query::testing::tile_up(query::testing::make_trips(random, {.trips = 500}), 50);
    query::TripIndex index{loaded};
    std::vector<std::size_t> cuts{0, loaded.tiles.size()};
    request::RankReach reach{loaded.tiles, cuts};
    request::Limits limits{10'000, 200'000};
    std::vector<std::string> files = std::vector<std::string>(100, "trips.csv");
    RequestBatch batch{limits, 1000, false, reach, files};
    int pieces = 0;
};

TEST_F(RequestBatchTest, AnswersComeInOrderRefusalsAmongThem) {
    std::vector<std::string> lines;
    for (int i = 0; i < 300; ++i)
        lines.push_back(i % 7 == 3 ? "no json"
                                   : R"({"id":)" + std::to_string(i) + R"(,"op":"nearest","at":[-73.98,40.75],"k":2})");
    Messages const messages(lines);
    auto const answers = answer(messages.messages);
    ASSERT_EQ(answers.size(), lines.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_TRUE(answers[i].ends_with("}\n"));
        auto const json = nlohmann::json::parse(answers[i]);
        if (i % 7 == 3)
            EXPECT_EQ(json["error"]["code"], "bad_json") << answers[i];
        else
            EXPECT_EQ(json["id"], i) << answers[i];
    }
    EXPECT_EQ(pieces, 1);
}

TEST_F(RequestBatchTest, ManyRidesAreAskedForInPieces) {
    std::vector<std::string> const lines(10, R"({"op":"range","limit":100000})");
    Messages const messages(lines);
    EXPECT_EQ(answer(messages.messages).size(), 10U);
    EXPECT_EQ(pieces, 5) << "of 200,000 rows each, for a third request would make them too many";
}

TEST_F(RequestBatchTest, AMapIsAPropertyOfTheRequestAlone) {
    Messages const messages({R"({"op":"range","limit":1})", R"({"op":"range","limit":1})", "{}"});
    batch.start(messages.messages);
    batch.want_features(1);
    batch.want_features(2);
    reduce::SharedQuestions shared;
    ASSERT_EQ(batch.fill(shared), 2U);
    std::vector<request::Part> wholes{request::answer_part(index, *shared.questions[0], limits),
                                      request::answer_part(index, *shared.questions[1], limits)};
    batch.write(wholes);
    EXPECT_EQ(nlohmann::json::parse(batch.piece()[0].answer)["op"], "range");
    EXPECT_EQ(nlohmann::json::parse(batch.piece()[1].answer)["type"], "FeatureCollection");
    EXPECT_EQ(nlohmann::json::parse(batch.piece()[2].answer)["error"]["code"], "bad_request");
    for (RequestBatch::Slot& slot : batch.piece())
        empty(slot.answer);
    EXPECT_EQ(nlohmann::json::parse(answer(messages.messages)[1])["op"], "range") << "the next batch begins anew";
}

TEST_F(RequestBatchTest, GroupsAreDrawnAsCells) {
    Messages const messages({R"({"id":7,"op":"aggregate","by":["pickup_tile:9"]})",
                             R"({"id":8,"op":"aggregate","by":["hour"]})",
                             R"({"id":9,"op":"aggregate","by":["pickup_tile:9","dropoff_tile:9"]})"});
    batch.start(messages.messages);
    for (std::size_t i = 0; i < batch.size(); ++i)
        batch.want_features(i);
    reduce::SharedQuestions shared;
    ASSERT_EQ(batch.fill(shared), 1U) << "what cannot be drawn is not asked";
    std::vector<request::Part> wholes{request::answer_part(index, *shared.questions[0], limits)};
    batch.write(wholes);
    auto const map = nlohmann::json::parse(batch.piece()[0].answer);
    ASSERT_EQ(map["features"].size(), wholes[0].groups.size());
    EXPECT_EQ(map["features"][0]["geometry"]["type"], "Polygon");
    std::uint64_t trips = 0;
    for (auto const& feature : map["features"])
        trips += feature["properties"]["trips"].get<std::uint64_t>();
    EXPECT_EQ(trips, loaded.trips.size());
    for (std::size_t i : {1, 2}) {
        auto const refused = nlohmann::json::parse(batch.piece()[i].answer);
        EXPECT_EQ(refused["id"], 7 + i);
        EXPECT_EQ(refused["error"]["code"], "bad_request");
        EXPECT_EQ(batch.piece()[i].answered.outcome, request::Outcome::bad_request);
    }
}

TEST_F(RequestBatchTest, AnAnswerThatDoesNotFitGivesWayToAnError) {
    Messages const messages({R"({"id":"x","op":"range","limit":5})"});
    batch.start(messages.messages);
    reduce::SharedQuestions shared;
    batch.fill(shared);
    std::vector<request::Part> wholes{request::answer_part(index, *shared.questions[0], limits)};
    batch.write(wholes);
    RequestBatch::refuse_answer(batch.piece()[0], "it is too long");
    EXPECT_EQ(batch.piece()[0].answer,
              "{\"id\":\"x\",\"error\":{\"code\":\"too_large\",\"message\":\"it is too long\"}}\n");
}

}  // namespace
}  // namespace tessera::desk
