#include "slow_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <stdexcept>

#include "ingest/slow_time.hpp"
#include "tessera/geo/box.hpp"
#include "tessera/geo/hilbert.hpp"

namespace tessera::request::testing {
namespace {

using nlohmann::json;
using Words = std::vector<std::string>;

struct NoRequest : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void require(bool good) {
    if (!good) throw NoRequest("no request");
}

/// Where the two libraries may differ, simdjson's word counts: numbers of more than 64 bits, and nesting.
class Limited : public json::json_sax_t {
  public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, string_t const& text) override {
        return text.find_first_of(".eE") != std::string::npos;
    }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return ++depth_ < 1024; }
    bool key(string_t& name) override { return depth_ > 1 || note(name); }
    bool end_object() override { return --depth_ >= 0; }
    bool start_array(std::size_t) override { return ++depth_ < 1024; }
    bool end_array() override { return --depth_ >= 0; }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override { return false; }

    bool any_twice = false;

  private:
    bool note(std::string const& name) {
        any_twice |= !names_.insert(name).second;
        return true;
    }
    int depth_ = 0;
    std::set<std::string> names_;
};

Words split(std::string const& text) {
    Words words(1);
    for (char const c : text)
        if (c == ',')
            words.emplace_back();
        else
            words.back() += c;
    return words;
}

bool is_among(std::string const& word, Words const& words) {
    return std::ranges::count(words, word) > 0;
}

class SlowMembers {
  public:
    SlowMembers(json const& object, Limits const& limits) : object_(object), limits_(limits) {}

    std::string read(bool& all_rows) const {
        Words known{"id", "op", "from", "to", "box", "on", "source"};
        Words const nearest{"at", "k", "within_m"}, range{"limit", "count"}, aggregate{"by", "measure"};
        std::string const op = has("op") && object_["op"].is_string() ? object_["op"].get<std::string>() : "";
        require(is_among(op, {"nearest", "range", "aggregate"}));
        Words const& own = op == "nearest" ? nearest : op == "range" ? range : aggregate;
        for (auto const& [name, value] : object_.items()) {
            bool const others = is_among(name, nearest) || is_among(name, range) || is_among(name, aggregate);
            require(is_among(name, known) || is_among(name, own) || (others && value.is_null()));
        }
        std::string const filter = read_filter();
        if (op == "nearest") return read_nearest() + filter;
        if (op == "aggregate") return "aggregate by" + read_keys() + " measure" + read_measures() + filter;
        bool const count = has("count") && flag("count");
        std::uint64_t limit = whole("limit", 0, limits_.most_rows, std::min<std::uint64_t>(100, limits_.most_rows));
        all_rows = limit == 0 && !count;
        if (limit == 0) limit = limits_.most_rows;
        return fmt::format("range limit {}{}", limit, count ? " count" : "") + filter;
    }

    std::string read_id() const {
        if (!has("id")) return "";
        require(object_["id"].is_string() || object_["id"].is_number_integer());
        return object_["id"].dump();
    }

  private:
    bool has(char const* name) const { return object_.contains(name) && !object_[name].is_null(); }
    bool flag(char const* name) const {
        require(object_[name].is_boolean());
        return object_[name].get<bool>();
    }
    std::uint64_t whole(char const* name, std::uint64_t least, std::uint64_t most, std::uint64_t absent) const {
        if (!has(name)) return absent;
        json const& value = object_[name];
        require(value.is_number_integer() && (value.is_number_unsigned() || value.get<std::int64_t>() >= 0));
        require(value.get<std::uint64_t>() >= least && value.get<std::uint64_t>() <= most);
        return value.get<std::uint64_t>();
    }
    std::vector<std::int32_t> angles(char const* name, std::size_t n) const {
        require(has(name) && object_[name].is_array() && object_[name].size() == n);
        std::vector<std::int32_t> list;
        for (json const& one : object_[name]) {
            require(one.is_number());
            double const degrees = one.get<double>(), most = list.size() % 2 == 0 ? 180 : 90;
            require(degrees >= -most && degrees <= most);
            list.push_back(geo::angle_from_degrees(degrees));
        }
        return list;
    }
    /// The words of a list of strings, or of one string, also between commas.
    Words words(char const* name) const {
        json const& value = object_[name];
        require(value.is_string() || value.is_array());
        std::string all;
        bool first = true;
        if (value.is_string()) return split(value.get<std::string>());
        for (json const& one : value) {
            require(one.is_string());
            all += (first ? "" : ",") + one.get<std::string>();
            first = false;
        }
        return split(all);
    }
    std::optional<std::uint32_t> time(char const* name) const {
        if (!has(name)) return std::nullopt;
        require(object_[name].is_string());
        auto const time = ingest::testing::slow_wall_time(object_[name].get<std::string>());
        require(time.has_value());
        return time;
    }
    std::string read_filter() const {
        auto const from = time("from"), to = time("to");
        require(!from || !to || *from < *to);
        std::string text =
            fmt::format(" from {} to {}", from ? std::to_string(*from) : "any", to ? std::to_string(*to) : "any");
        if (has("box")) {
            auto const box = angles("box", 4);
            require(box[0] <= box[2] && box[1] <= box[3]);
            text += fmt::format(" box {},{},{},{}", box[0], box[1], box[2], box[3]);
        }
        json const on = has("on") ? object_["on"] : json("pickup");
        require(on == "pickup" || on == "dropoff");
        text += fmt::format(" on {} of", on.get<std::string>());
        Words const sources = has("source") ? words("source") : Words{"green", "uber", "yellow"};
        for (std::string const& source : sources)
            require(is_among(source, {"green", "uber", "yellow"}));
        for (char const* const source : {"green", "uber", "yellow"})
            if (is_among(source, sources)) text += fmt::format(" {}", source);
        return text;
    }
    std::string read_nearest() const {
        auto const at = angles("at", 2);
        std::uint64_t const k = whole("k", 1, limits_.most_k, std::min<std::uint64_t>(10, limits_.most_k));
        std::string within = "any";
        if (has("within_m")) {
            require(object_["within_m"].is_number());
            double const metres = object_["within_m"].get<double>();
            require(metres >= 0 && metres <= 25e6);
            within = fmt::format("{}", metres);
        }
        return fmt::format("nearest {} to {},{} within {}", k, at[0], at[1], within);
    }
    std::string read_keys() const {
        Words const plain{"source", "vendor", "passengers", "payment", "rate",         "year",
                          "month",  "day",    "hour",       "weekday", "hour_of_week", "distance_mile"};
        static std::regex const tile(R"((pickup_tile|dropoff_tile):0*(\d{1,2}))");
        require(has("by"));
        std::string text;
        std::set<std::string> kinds;
        for (std::string const& word : words("by")) {
            std::smatch part;
            bool const is_tile = word.size() < 100 && std::regex_match(word, part, tile);
            require(is_tile ? std::stoul(part[2]) <= geo::deepest_level : is_among(word, plain));
            require(kinds.insert(is_tile ? part[1].str() : word).second);
            text += " " + (is_tile ? fmt::format("{}:{}", part[1].str(), std::stoul(part[2])) : word);
        }
        return text;
    }
    std::string read_measures() const {
        if (!has("measure")) return " trips";
        static std::regex const form(
            "(sum|mean|min|max|p50|p90|p99):(fare|tip|tolls|total|distance|duration|passengers)");
        std::string text;
        std::set<std::string> seen;
        for (std::string const& word : words("measure")) {
            std::smatch part;
            bool const has_field = word.size() < 100 && std::regex_match(word, part, form);
            require(has_field || word == "trips");
            require(seen.insert(word).second);
            text += " " + (has_field ? fmt::format("{}_{}", part[1].str(), part[2].str()) : word);
        }
        return text;
    }

    json const& object_;
    Limits const& limits_;
};

}  // namespace

SlowRequest read_request_slowly(std::string_view line, Limits const& limits) {
    SlowRequest read;
    Limited limited;
    if (!json::sax_parse(line, &limited)) return read;
    json const object = json::parse(line);
    read.is_object = object.is_object();
    if (!read.is_object || limited.any_twice) return read;
    try {
        SlowMembers const members(object, limits);
        read.id = members.read_id();
        read.meaning = members.read(read.all_rows);
    } catch (NoRequest const&) {
        return read;
    }
    return read;
}

}  // namespace tessera::request::testing
