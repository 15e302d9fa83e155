#include "tessera/desk/query_filter.hpp"

#include <algorithm>

#include "tessera/core/error.hpp"
#include "tessera/feed/message.hpp"
#include "tessera/web/request_text.hpp"

namespace tessera::desk {

query::Filter read_filter(request::RequestReader& reader, web::Query const& query,
                          std::vector<std::string_view> const& other) {
    std::vector<std::string_view> known{"from", "to", "on", "source", "box"};
    known.insert(known.end(), other.begin(), other.end());
    web::require_names(query, known);
    web::Query words;
    for (auto const& pair : query)
        if (std::find(other.begin(), other.end(), pair.first) == other.end()) words.push_back(pair);
    std::string text = web::request_text("range", words);
    std::size_t const size = text.size();
    text.append(feed::padding_bytes, ' ');
    auto const request = reader.read(std::string_view(text.data(), size));
    if (auto const* const refusal = std::get_if<request::Refusal>(&request)) throw core::UsageError(refusal->message);
    return request::filter_of(std::get<request::Request>(request).question);
}

}  // namespace tessera::desk
