#include "tessera/core/folder_names.hpp"

#include <dirent.h>

#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

namespace tessera::core {

std::vector<std::string> names_in(std::filesystem::path const& folder) {
    struct Close {
        void operator()(DIR* opened) const { ::closedir(opened); }
    };
    std::unique_ptr<DIR, Close> const opened(::opendir(folder.c_str()));
    if (!opened) throw std::system_error(errno, std::generic_category());
    std::vector<std::string> names;
    while (true) {
        errno = 0;
        dirent const* const entry = ::readdir(opened.get());
        if (entry == nullptr && errno != 0) throw std::system_error(errno, std::generic_category());
        if (entry == nullptr) return names;
        std::string_view const name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
}

}  // namespace tessera::core
