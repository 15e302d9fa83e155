#include "tessera/desk/asked_calls.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tessera/core/error.hpp"
#include "tessera/web/request_text.hpp"

namespace tessera::desk {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Requests of a call that are answered together: at first, and at most.
constexpr std::size_t first_share = 64, most_share = 1024;
/// Messages that took less time are followed by more, those that took more by fewer.
constexpr std::chrono::milliseconds short_turn{10}, long_turn{50};

bool is_blank(std::string_view line) {
    return line.find_first_not_of(blanks) == std::string_view::npos;
}

int status_of(request::Outcome outcome) {
    switch (outcome) {
        case request::Outcome::answered:
            return 200;
        case request::Outcome::too_long:
        case request::Outcome::too_large:
            return 413;
        case request::Outcome::failed:
            return 500;
        default:
            return 400;
    }
}

/// Takes "format" out of a query: whether the answer is to be GeoJSON.
bool take_format(web::Query& query) {
    auto const at = std::find_if(query.begin(), query.end(), [](auto const& pair) { return pair.first == "format"; });
    if (at == query.end()) return false;
    std::string const format = at->second;
    if (format != "json" && format != "geojson")
        throw core::UsageError(fmt::format("format must be json or geojson, not '{}'", format));
    query.erase(at);
    return format == "geojson";
}

/// How many objects and lists a line leaves open.
int count_open(std::string_view line) {
    int open = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const c = line[i];
        if (in_text && c == '\\')
            ++i;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text)
            open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    }
    return open;
}

/// Whether a body is one request over several lines, rather than a request a line: its first line ends before its
/// object does.
bool is_one_request(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(blanks)));
    text = text.substr(0, text.find_last_not_of(blanks) + 1);
    std::string_view const line = text.substr(0, text.find('\n'));
    return line.size() == text.size() || count_open(line) > 0;
}

}  // namespace

AskedCalls::AskedCalls(Limits limits) : limits_(limits), share_(first_share) {}

void AskedCalls::add(web::Call&& call) {
    Asked& asked = calls_.emplace_back();
    asked.call = std::move(call);
    if (asked.call.method == web::Method::post)
        add_body(asked);
    else
        add_query(asked);
}

void AskedCalls::refuse(Asked& asked, int status, std::string_view code, std::string const& message) {
    asked.call.responder->reply(web::make_error(status, code, message));
    calls_.pop_back();
}

void AskedCalls::add_query(Asked& asked) {
    constexpr std::string_view before = "/api/";
    std::string const operation = asked.call.target.path.substr(before.size());
    try {
        asked.features = take_format(asked.call.target.query);
        asked.text = web::request_text(operation, asked.call.target.query);
    } catch (core::UsageError const& error) {
        return refuse(asked, 400, "bad_request", error.what());
    }
    std::size_t const size = asked.text.size();
    asked.text.append(feed::padding_bytes, ' ');
    add_request(asked, 0, size, 0);
}

void AskedCalls::add_body(Asked& asked) {
    asked.text = std::move(asked.call.body);
    std::size_t const size = asked.text.size();
    asked.text.append(feed::padding_bytes, ' ');
    std::string_view const text(asked.text.data(), size);
    if (is_blank(text))
        return refuse(asked, 400, "bad_request", "the body holds no request; send one as JSON, or several, one a line");
    if (is_one_request(text)) return add_request(asked, 0, size, 1);
    asked.single = false;
    auto const lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    if (lines > limits_.requests + 1)
        return refuse(asked, 413, "too_large",
                      fmt::format("the body has {} lines, and {} are taken at a time; send it in parts", lines,
                                  limits_.requests));
    std::uint64_t number = 0;
    for (std::size_t from = 0; from < size;) {
        std::size_t const end = std::min(text.find('\n', from), size);
        ++number;
        if (!is_blank(text.substr(from, end - from))) add_request(asked, from, end - from, number);
        from = end + 1;
    }
}

void AskedCalls::add_request(Asked& asked, std::size_t from, std::size_t size, std::uint64_t number) const {
    bool const too_long = size > limits_.longest_line_bytes;
    std::string_view const text(asked.text.data() + from, std::min(size, limits_.longest_line_bytes));
    asked.requests.push_back({text, number, asked.call.arrived, too_long});
    ++asked.left;
}

bool AskedCalls::has_more() const {
    return std::any_of(calls_.begin(), calls_.end(),
                       [](Asked const& asked) { return asked.taken < asked.requests.size(); });
}

void AskedCalls::next(Clock::time_point done, Clock::time_point now) {
    if (!messages_.empty() && done - since_ < short_turn) share_ = std::min(2 * share_, most_share);
    if (!messages_.empty() && done - since_ > long_turn) share_ = std::max<std::size_t>(share_ / 2, 1);
    since_ = now;
    messages_.clear();
    call_of_.clear();
    calls_.remove_if([](Asked const& asked) { return asked.left == 0; });
    for (Asked& asked : calls_)
        for (std::size_t i = 0; i < share_ && asked.taken < asked.requests.size(); ++i) {
            messages_.push_back(asked.requests[asked.taken++]);
            call_of_.push_back(&asked);
        }
}

void AskedCalls::answer(std::size_t message, RequestBatch::Slot& slot) {
    Asked& asked = *call_of_[message];
    if (asked.answers.size() + slot.answer.size() > limits_.answer_bytes && !asked.answers.empty())
        RequestBatch::refuse_answer(
            slot, fmt::format("the answers to this body are larger than {} bytes together; send it in parts",
                              limits_.answer_bytes));
    int const status = status_of(slot.answered.outcome);
    if (status == 200) asked.any_answered = true;
    if (status != 200 && asked.first_status == 0) asked.first_status = status;
    if (asked.answers.empty())
        asked.answers.swap(slot.answer);
    else
        asked.answers += slot.answer;
    empty(slot.answer);
    if (--asked.left == 0) send(asked);
}

void AskedCalls::send(Asked& asked) {
    web::Reply reply;
    reply.status = asked.any_answered ? 200 : asked.first_status;
    if (!asked.single)
        reply.content_type = "application/x-ndjson";
    else if (asked.features && asked.any_answered)
        reply.content_type = "application/geo+json";
    reply.body = std::move(asked.answers);
    asked.call.responder->reply(std::move(reply));
    std::string().swap(asked.text);
}

}  // namespace tessera::desk
