#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "architecture/source_file.hpp"

namespace tessera::architecture {

/// A function that a header declares or defines, at namespace level or in a class.
struct Function {
    std::string name;
    std::size_t line;
    std::string doc;              ///< the /// lines before it, or before the function on the line above
    std::string first_parameter;  ///< its words, parted by blanks; attributes left out
    std::string other_parameters;
    bool is_member;
    bool is_operator;
};

/// A reader of declarations, not of C++: it knows as much of the language as a header of this house holds.
std::vector<Function> find_functions(SourceFile const& header);

}  // namespace tessera::architecture
