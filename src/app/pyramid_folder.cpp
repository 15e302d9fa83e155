#include "pyramid_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ostream>
#include <system_error>

#include "tessera/core/error.hpp"
#include "tessera/core/folder_names.hpp"
#include "tessera/report/write_file.hpp"

namespace tessera::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(fs::path const& path, std::string const& problem, std::string const& remedy) {
    throw core::DataError(core::describe({path.string(), 0, "", ""}, problem, remedy));
}

bool is_pyramid(fs::path const& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / "tilejson.json", error);
}

bool holds_nothing(fs::path const& folder) {
    std::error_code error;
    return fs::is_empty(folder, error) && !error;
}

/// Whether a run of ours has made the folder, however early it was killed.
bool is_begun_pyramid(fs::path const& folder) {
    if (is_pyramid(folder)) return true;
    try {
        auto const names = core::names_in(folder);
        return std::all_of(names.begin(), names.end(),
                           [](std::string const& name) { return name.starts_with("tilejson.json.partial-"); });
    } catch (std::system_error const&) {
        return false;
    }
}

/// Whether a file is somewhere in a folder.
bool is_inside(fs::path const& file, fs::path const& folder) {
    std::error_code error;
    fs::path const inner = fs::weakly_canonical(fs::absolute(file), error),
                   outer = fs::weakly_canonical(fs::absolute(folder), error);
    return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

}  // namespace

fs::path partial_folder(fs::path const& folder) {
    return folder.string() + ".partial";
}

void check_pyramid_place(fs::path const& folder, bool overwrite, fs::path const& store) {
    std::error_code error;
    fs::file_status const status = fs::status(folder, error);
    if (fs::exists(status) && !fs::is_directory(status)) fail(folder, "is no folder", "name a folder for the tiles");
    if (fs::is_directory(status) && !holds_nothing(folder)) {
        if (!overwrite) fail(folder, "exists already, and is not empty", "choose another folder, or give --overwrite");
        if (!is_pyramid(folder))
            fail(folder, "has no tilejson.json and so is no pyramid of tiles, which alone --overwrite removes",
                 "choose another folder");
        if (is_inside(store, folder)) fail(folder, "holds the store", "choose another folder");
    }
    fs::path const above = fs::absolute(folder).parent_path();
    if (!fs::is_directory(above, error)) fail(folder, "its folder does not exist", "mkdir -p " + above.string());
    if (::access(above.c_str(), W_OK) != 0)
        fail(folder, "its folder cannot be written: " + core::system_error_text(errno), "choose another folder");
    fs::path const partial = partial_folder(folder);
    if (fs::exists(partial, error) && !is_begun_pyramid(partial))
        fail(partial, "is in the way: tiles are written there first, and renamed",
             "move it, or choose another --output");
}

PartialPyramid::PartialPyramid(fs::path const& folder, std::string const& tilejson)
    : folder_(folder), partial_(partial_folder(folder)) {
    std::error_code error;
    if (fs::exists(partial_, error)) {
        claim();
        fmt::print(stderr, "note: {}, which a run that was killed has left, is removed\n", partial_.string());
        fs::remove_all(partial_, error);
    }
    if (!error) fs::create_directory(partial_, error);
    if (error) fail(partial_, "cannot be made: " + error.message(), "choose another folder");
    claim();
    unfinished_.emplace(partial_.string(), core::Unfinished::Kind::folder);
    report::replace_file(partial_ / "tilejson.json", [&](std::ostream& out) { out << tilejson; });
}

PartialPyramid::~PartialPyramid() {
    std::error_code error;
    if (unfinished_) fs::remove_all(partial_, error);
    if (descriptor_ >= 0) ::close(descriptor_);
}

void PartialPyramid::claim() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = ::open(partial_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        fail(folder_, "another process is writing it", "wait for it, or choose another folder");
}

void PartialPyramid::put_in_place(bool overwrite) {
    fs::path const &folder = folder_, &partial = partial_;
    std::error_code error;
    bool const replaces = overwrite && fs::exists(folder, error) && !holds_nothing(folder);
    if (!replaces) {
        // This also replaces an empty folder, and nothing else.
        if (::rename(partial.c_str(), folder.c_str()) != 0)
            fail(folder, "cannot get its name: " + core::system_error_text(errno), "choose another folder");
        unfinished_.reset();
        return;
    }
    if (::renameat2(AT_FDCWD, partial.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) != 0) {
        // A file system that cannot exchange: for a moment there is no folder of that name.
        fs::path const old = folder.string() + ".old";
        if (::rename(folder.c_str(), old.c_str()) != 0 || ::rename(partial.c_str(), folder.c_str()) != 0)
            fail(folder, "cannot be replaced: " + core::system_error_text(errno), "choose another folder");
        fs::rename(old, partial, error);
    }
    fs::remove_all(partial, error);
    unfinished_.reset();
    if (error) fail(partial, "the tiles that were replaced cannot be removed: " + error.message(), "remove it");
}

}  // namespace tessera::app
