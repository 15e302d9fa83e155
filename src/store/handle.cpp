#include "handle.hpp"

#include <string_view>

#include "tessera/core/error.hpp"

namespace tessera::store {

void silence_hdf5() {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::string last_hdf5_error() {
    std::string text;
    // Upward: from where the error happened to the call that we made; the first entry says most.
    H5Ewalk2(
        H5E_DEFAULT, H5E_WALK_UPWARD,
        [](unsigned depth, H5E_error2_t const* entry, void* data) -> herr_t {
            if (depth == 0 && entry->desc) *static_cast<std::string*>(data) = entry->desc;
            return 0;
        },
        &text);
    // A failed system call is told with the time of day, an address and more; its reason is what one wants to know.
    constexpr std::string_view before = "error message = '";
    if (std::size_t const at = text.find(before); at != std::string::npos) {
        text = text.substr(at + before.size());
        text = text.substr(0, text.find('\''));
    }
    return text.empty() ? "no reason given" : text;
}

Handle file_access() {
    Handle access(check(H5Pcreate(H5P_FILE_ACCESS), "H5Pcreate", "file access"), H5Pclose);
    check(H5Pset_file_locking(access.get(), false, true), "H5Pset_file_locking", "file access");
    return access;
}

void throw_hdf5_error(char const* call, std::string const& what) {
    throw core::DataError(what + ": " + call + " failed: " + last_hdf5_error());
}

}  // namespace tessera::store
