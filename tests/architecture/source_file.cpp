#include "architecture/source_file.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace tessera::architecture {
namespace {

namespace fs = std::filesystem;

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Goes through the text once and knows at each place whether it is code.
class Blanker {
  public:
    explicit Blanker(std::string text) : text_(std::move(text)) {}

    std::string run() {
        while (at_ < text_.size()) {
            if (starts("//"))
                blank_until("\n", false);
            else if (starts("/*"))
                blank_until("*/", true);
            else if (starts("R\"") && (at_ == 0 || !is_word(text_[at_ - 1])))
                blank_raw_string();
            else if (text_[at_] == '"')
                blank_literal('"');
            else if (text_[at_] == '\'' && !(at_ > 0 && is_word(text_[at_ - 1])))  // not the ' of 1'000
                blank_literal('\'');
            else
                ++at_;
        }
        return text_;
    }

  private:
    bool starts(std::string_view word) const { return text_.compare(at_, word.size(), word) == 0; }
    void blank_to(std::size_t end) {
        for (end = std::min(end, text_.size()); at_ < end; ++at_)
            if (text_[at_] != '\n') text_[at_] = ' ';
    }
    void blank_until(std::string const& end, bool with_it) {
        std::size_t const found = text_.find(end, at_ + 2);
        blank_to(found == std::string::npos ? found : found + (with_it ? end.size() : 0));
    }
    void blank_raw_string() {
        std::size_t const open = text_.find('(', at_);
        if (open == std::string::npos) return blank_to(open);
        std::string end = ")";
        end.append(text_, at_ + 2, open - at_ - 2).append("\"");
        blank_until(end, true);
    }
    void blank_literal(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
            end += text_[end] == '\\' ? 2 : 1;
        blank_to(end + 1);
    }

    std::string text_;
    std::size_t at_ = 0;
};

std::vector<std::string> split(std::string const& text) {
    std::vector<std::string> lines;
    std::string line;
    for (char const c : text) {
        if (c == '\n')
            lines.push_back(std::exchange(line, {}));
        else
            line += c;
    }
    if (!line.empty()) lines.push_back(line);
    return lines;
}

void read_folder(fs::path const& root, fs::path const& top, std::vector<SourceFile>& files) {
    // Links are followed: a floor's folder may be one.
    for (auto const& entry : fs::recursive_directory_iterator(top, fs::directory_options::follow_directory_symlink)) {
        std::string const extension = entry.path().extension();
        if (extension != ".hpp" && extension != ".cpp") continue;
        SourceFile file;
        file.path = entry.path().lexically_relative(root).generic_string();
        file.floor = entry.path().lexically_relative(top).begin()->string();
        file.is_header = extension == ".hpp";
        std::ifstream in(entry.path());
        file.lines = split({std::istreambuf_iterator<char>(in), {}});
        file.code = blank_out(file.lines);
        files.push_back(std::move(file));
    }
}

}  // namespace

std::vector<std::string> blank_out(std::vector<std::string> const& lines) {
    std::string text;
    for (std::string const& line : lines)
        text += line + "\n";
    return split(Blanker(std::move(text)).run());
}

std::vector<SourceFile> read_tree(fs::path const& root) {
    std::vector<SourceFile> files;
    for (char const* const top : {"include/tessera", "src"}) {
        if (!fs::is_directory(root / top)) throw std::runtime_error("no folder " + (root / top).string());
        read_folder(root, root / top, files);
    }
    std::sort(files.begin(), files.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
    return files;
}

}  // namespace tessera::architecture
