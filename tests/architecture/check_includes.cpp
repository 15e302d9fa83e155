#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "architecture/floors.hpp"
#include "architecture/rules.hpp"

namespace tessera::architecture {
namespace {

namespace fs = std::filesystem;

struct Include {
    std::size_t line;
    bool quoted;
    std::string name;
};

std::vector<Include> includes_of(SourceFile const& file) {
    static std::regex const form(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
    std::vector<Include> includes;
    std::smatch part;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
        // the blanked line still begins with # unless all of it is a comment
        if (file.code[i].find('#') != std::string::npos && std::regex_search(file.lines[i], part, form))
            includes.push_back({i + 1, part[1] == "\"", part[2]});
    return includes;
}

std::string floor_of_include(std::string const& name) {
    static std::regex const form("^tessera/([^/]+)/.+");
    std::smatch part;
    return std::regex_match(name, part, form) ? part[1].str() : std::string();
}

using Graph = std::map<std::string, std::vector<std::string>>;

/// Goes down from a header; a header that is met while still open closes a ring.
void find_rings(Graph const& graph, std::string const& header, std::vector<std::string>& open,
                std::set<std::string>& done, std::vector<Fault>& faults) {
    if (auto const ring = std::find(open.begin(), open.end(), header); ring != open.end()) {
        std::string text;
        for (auto it = ring; it != open.end(); ++it)
            text += *it + " -> ";
        faults.push_back({"include/" + header, 0, "ring", text + header});
        return;
    }
    if (!done.insert(header).second) return;
    open.push_back(header);
    if (auto const found = graph.find(header); found != graph.end())
        for (std::string const& next : found->second)
            find_rings(graph, next, open, done, faults);
    open.pop_back();
}

}  // namespace

std::vector<Fault> check_includes(Files const& files) {
    std::vector<Fault> faults;
    Graph graph;
    for (SourceFile const& file : files) {
        Floor const* const floor = find_floor(file.floor);
        if (floor == nullptr) {
            faults.push_back({file.path, 0, "floor", file.floor + " is not in tests/architecture/floors.hpp"});
            continue;
        }
        for (Include const& include : includes_of(file)) {
            std::string const target = floor_of_include(include.name);
            if (target.empty()) {
                // a private header lies beside the file that includes it
                if (include.quoted && include.name.find('/') != std::string::npos)
                    faults.push_back({file.path, include.line, "include", include.name + " is a path into a folder"});
                continue;
            }
            if (file.is_header) graph[file.path.substr(file.path.find('/') + 1)].push_back(include.name);
            if (target != file.floor && !lists(floor->may_include, target))
                faults.push_back({file.path, include.line, "include", file.floor + " may not include " + target});
        }
    }
    std::set<std::string> done;
    for (auto const& [header, _] : graph) {
        std::vector<std::string> open;
        find_rings(graph, header, open, done, faults);
    }
    return faults;
}

std::vector<Fault> check_own_headers(Files const& files) {
    auto const own_name = [](SourceFile const& file) { return fs::path(file.path).stem().string(); };
    std::map<std::pair<std::string, std::string>, std::vector<SourceFile const*>> headers;  // of a floor and a name
    for (SourceFile const& file : files)
        if (file.is_header) headers[{file.floor, own_name(file)}].push_back(&file);
    std::vector<Fault> faults;
    for (SourceFile const& file : files) {
        auto const own = headers.find({file.floor, own_name(file)});
        if (file.is_header || own == headers.end()) continue;
        for (SourceFile const* const header : own->second)
            if (std::find(header->lines.begin(), header->lines.end(), "#pragma once") == header->lines.end())
                faults.push_back({header->path, 0, "once", "has no #pragma once"});
        std::string const here = own_name(file) + ".hpp";
        std::string const there = "tessera/" + file.floor + "/" + here;
        std::vector<Include> const includes = includes_of(file);
        if (includes.empty() || (includes[0].name != here && includes[0].name != there))
            faults.push_back({file.path, includes.empty() ? 0 : includes[0].line, "own header",
                              "the first include is " + here + ", so that it is seen to compile alone"});
    }
    return faults;
}

std::vector<Fault> check_libraries(Files const& files) {
    std::vector<Fault> faults;
    for (Library const& library : libraries) {
        std::regex const header{std::string(library.include)}, call{std::string(library.calls)};
        std::string const what(library.what);
        for (SourceFile const& file : files) {
            for (Include const& include : includes_of(file))
                if (std::regex_match(include.name, header) && !lists(library.may_include, file.floor))
                    faults.push_back({file.path, include.line, "library", "includes " + what});
            if (lists(library.may_call, file.floor)) continue;
            for (std::size_t i = 0; i < file.code.size(); ++i)
                if (std::regex_search(file.code[i], call))
                    faults.push_back({file.path, i + 1, "library", "calls " + what});
        }
    }
    return faults;
}

std::vector<Fault> check_links(std::filesystem::path const& root) {
    static std::regex const target("tessera::([a-z_]+)");
    std::vector<Fault> faults;
    for (Floor const& floor : floors) {
        std::string const path = std::filesystem::path("src") / floor.name / "CMakeLists.txt";
        std::ifstream in(root / path);
        std::string line;
        for (std::size_t number = 1; std::getline(in, line); ++number) {
            line = line.substr(0, line.find('#'));
            for (std::sregex_iterator it(line.begin(), line.end(), target), end; it != end; ++it)
                if ((*it)[1].str() != floor.name && !lists(floor.may_include, (*it)[1].str()))
                    faults.push_back({path, number, "link", std::string(floor.name) + " may not link " + it->str()});
        }
    }
    return faults;
}

}  // namespace tessera::architecture
