#include "tessera/app/output_place.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "tessera/core/error.hpp"
#include "tessera/report/output_file.hpp"

namespace tessera::app {
namespace {

namespace fs = std::filesystem;

bool are_same(std::string const& a, std::string const& b) {
    std::error_code error;
    if (fs::equivalent(a, b, error)) return true;
    // absolute first: of a file that is yet to be made, "f" would stay "f" while "./f" became "/here/f"
    return fs::weakly_canonical(fs::absolute(a), error) == fs::weakly_canonical(fs::absolute(b), error);
}

void check_folder(NamedFile const& output) {
    std::error_code error;
    fs::path const folder = fs::absolute(output.path).parent_path();
    core::InputPlace const place{output.path, 0, "", ""};
    if (fs::is_directory(output.path, error))
        throw core::DataError(core::describe(place, output.what + " is a folder", "name a file in it"));
    if (!fs::is_directory(folder, error))
        throw core::DataError(
            core::describe(place, output.what + ": its folder does not exist", "mkdir -p " + folder.string()));
    if (!fs::exists(output.path, error) && ::access(folder.c_str(), W_OK) != 0)
        throw core::DataError(
            core::describe(place, output.what + ": its folder cannot be written: " + core::system_error_text(errno),
                           "choose another folder"));
}

}  // namespace

void check_outputs(std::vector<NamedFile> const& outputs, std::vector<NamedFile> const& inputs) {
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        check_folder(outputs[i]);
        for (fs::path const& name : report::remove_left_overs(outputs[i].path))
            fmt::print(stderr, "note: {}, which a run that was killed has left, is removed\n", name.string());
        std::vector<NamedFile> others(outputs.begin(), outputs.begin() + static_cast<std::ptrdiff_t>(i));
        others.insert(others.end(), inputs.begin(), inputs.end());
        for (NamedFile const& other : others)
            if (are_same(outputs[i].path, other.path))
                throw core::DataError(core::describe({outputs[i].path, 0, "", ""},
                                                     outputs[i].what + " would overwrite " + other.what,
                                                     "name another file"));
    }
}

}  // namespace tessera::app
