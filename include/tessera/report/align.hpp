#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::report {

/// Local. Rows of cells as lines of text with a line feed each: the first `left_columns` columns flush left, the others
/// flush right, two blanks between. Shapes: rows may be of different lengths.
std::string align_columns(std::vector<std::vector<std::string>> const& rows, std::size_t left_columns);

/// Local. The line above an aligned table whose head has cells of `bar`: behind the place of each stands its caption.
/// Shapes: as many captions as bars, each shorter than the columns that it stands over.
std::string captions_over(std::string_view table, std::string_view bar, std::vector<std::string_view> const& captions);

/// Local. A text of at most `width` characters (UTF-8 code points): the middle of a longer one gives way to "...".
/// Shapes: width >= 5.
std::string elide_middle(std::string_view text, std::size_t width);

}  // namespace tessera::report
