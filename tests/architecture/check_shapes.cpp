#include <filesystem>
#include <regex>

#include "architecture/rules.hpp"

namespace tessera::architecture {

std::vector<Fault> check_shapes(Files const& files) {
    constexpr std::size_t most_lines = 250;
    static std::regex const empty_word("(^|_)(utils?|misc|helpers?|managers?)(_|$)");
    static std::regex const snake_case("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    std::vector<Fault> faults;
    for (SourceFile const& file : files) {
        if (file.lines.size() > most_lines)
            faults.push_back({file.path, 0, "length", std::to_string(file.lines.size()) + " lines; at most 250"});
        std::string const name = std::filesystem::path(file.path).stem();
        if (std::regex_search(name, empty_word))
            faults.push_back({file.path, 0, "name", "a name that does not say what is inside"});
        if (!std::regex_match(name, snake_case)) faults.push_back({file.path, 0, "name", "not snake_case"});
    }
    return faults;
}

std::vector<Fault> check_house(std::filesystem::path const& root) {
    Files const files = read_tree(root);
    std::vector<Fault> faults = check_links(root);
    for (auto const rule : {check_includes, check_own_headers, check_libraries, check_shapes, check_collectives}) {
        auto const found = rule(files);
        faults.insert(faults.end(), found.begin(), found.end());
    }
    return faults;
}

}  // namespace tessera::architecture
