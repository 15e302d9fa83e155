#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tessera::architecture {

/// A header or source as the rules look at it.
struct SourceFile {
    std::string path;   ///< from the top of the tree, with slashes
    std::string floor;  ///< the folder it lies in
    bool is_header = false;
    std::vector<std::string> lines;  ///< as written
    std::vector<std::string> code;   ///< the same with comments and literals blanked out, so that columns stay
};

/// A breach of a rule.
struct Fault {
    std::string file;
    std::size_t line;  ///< 0: the file as a whole
    std::string rule;
    std::string text;
};

/// Every .hpp and .cpp under include/tessera and src, by path. Throws where there is no such tree.
std::vector<SourceFile> read_tree(std::filesystem::path const& root);

/// The lines with comments, strings and characters turned to blanks.
std::vector<std::string> blank_out(std::vector<std::string> const& lines);

}  // namespace tessera::architecture
