#include "keep_loaded.hpp"

#include <dlfcn.h>
#include <link.h>

#include <new>
#include <string>
#include <vector>

namespace tessera::comm {

void keep_libraries_loaded() noexcept {
    std::vector<std::string> names;
    auto const note = [](dl_phdr_info* library, std::size_t, void* to) {
        try {
            if (library->dlpi_name != nullptr && *library->dlpi_name != '\0')
                static_cast<std::vector<std::string>*>(to)->emplace_back(library->dlpi_name);
        } catch (std::bad_alloc const&) {
            return 1;  // the rest may go: all work is done
        }
        return 0;
    };
    ::dl_iterate_phdr(note, &names);
    for (std::string const& name : names)  // not while they are listed: both take the loader's lock
        ::dlopen(name.c_str(), RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

}  // namespace tessera::comm
