#include "input.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace tessera::fuzz {
namespace {

template <class Number>
Number take_number(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    Number number{};
    auto const [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    return error == std::errc() ? number : Number{};
}

}  // namespace

Input::Input(std::string_view bytes)
    : choices_(bytes.substr(0, bytes.find('\n'))), body_(bytes.substr(std::min(bytes.size(), choices_.size() + 1))) {}

unsigned Input::choose(unsigned below) {
    if (choices_.empty()) return 0;
    auto const c = static_cast<unsigned char>(choices_.front());
    choices_.remove_prefix(1);
    unsigned const value = c >= 'a' && c <= 'z' ? c - 'a' + 10U : c - unsigned{'0'};
    return value % below;
}

std::vector<Edit> read_edits(std::string_view text, std::string& rest) {
    std::vector<Edit> edits;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        std::string_view const whole = text.substr(0, std::min(line.size() + 1, text.size()));
        text.remove_prefix(whole.size());
        if (line.size() < 2 || line.front() != '!') {
            rest += whole;
            continue;
        }
        char const what = line[1];
        line.remove_prefix(2);
        auto const at = take_number<std::uint64_t>(line);
        edits.push_back({what, at, take_number<std::int64_t>(line)});
    }
    return edits;
}

void apply_edits(std::vector<Edit> const& edits, std::string& bytes) {
    for (Edit const& edit : edits) {
        if (bytes.empty()) return;
        std::size_t const at = edit.at % bytes.size();
        auto const byte = static_cast<char>(edit.value);
        if (edit.what == 'x') bytes[at] = static_cast<char>(bytes[at] ^ byte);
        if (edit.what == 'c') bytes.resize(at);
        if (edit.what == 'd') bytes.erase(at, static_cast<std::size_t>(edit.value) % 64);
        if (edit.what == 'i') bytes.insert(at, 1, byte);
    }
}

MemoryFile::MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error("no file in memory");
    for (std::size_t written = 0; written < bytes.size();) {
        auto const now = ::write(descriptor_, bytes.data() + written, bytes.size() - written);
        if (now <= 0) throw std::runtime_error("no room for a file in memory");
        written += static_cast<std::size_t>(now);
    }
}

MemoryFile::~MemoryFile() {
    ::close(descriptor_);
}

std::string MemoryFile::path() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
}

}  // namespace tessera::fuzz
