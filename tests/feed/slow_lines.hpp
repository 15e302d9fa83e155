#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tessera::feed::testing {

struct Line {
    std::string text;
    std::uint64_t number;
    bool too_long;
    bool operator==(Line const&) const = default;
};

/// Local. The messages of a text, found in the slowest and plainest way.
inline std::vector<Line> slow_lines(std::string text, std::size_t longest_bytes) {
    std::vector<Line> lines;
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text = text.substr(3);
    std::uint64_t number = 0;
    std::string line;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        bool const at_end = i == text.size();
        if (!at_end && text[i] != '\n') {
            line += text[i];
            continue;
        }
        if (at_end && line.empty()) break;
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        bool blank = true;
        for (char const c : line)
            if (c != ' ' && c != '\t' && c != '\r' && c != '\v' && c != '\f') blank = false;
        bool const too_long = line.size() > longest_bytes;
        if (too_long)
            lines.push_back({line.substr(0, longest_bytes), number, true});
        else if (!blank)
            lines.push_back({line, number, false});
        line.clear();
    }
    return lines;
}

}  // namespace tessera::feed::testing
