#include "tessera/ingest/list_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <system_error>

#include "tessera/core/error.hpp"
#include "tessera/core/folder_names.hpp"
#include "tessera/core/units.hpp"

namespace tessera::ingest {
namespace {

namespace fs = std::filesystem;

bool is_csv_name(fs::path const& path) {
    std::string const name = path.filename().string();
    return name.ends_with(".csv") || name.ends_with(".csv.gz");
}

std::vector<std::string> list_folder(std::string const& folder) {
    std::vector<std::string> files;
    try {
        for (std::string const& name : core::names_in(folder)) {
            fs::path const path = fs::path(folder) / name;
            if (std::error_code unknown; is_csv_name(path) && !fs::is_directory(path, unknown))
                files.push_back(path.string());
        }
    } catch (std::system_error const& error) {
        throw core::DataError(core::describe(
            {folder, 0, "", ""}, "the folder cannot be listed: " + error.code().message(), "check its permissions"));
    }
    if (files.empty())
        throw core::DataError(
            core::describe({folder, 0, "", ""}, "the folder has no .csv or .csv.gz file in it",
                           "name the files, or the folder that holds them (folders in it are not searched)"));
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

std::vector<NamedPath> list_inputs(std::vector<std::string> const& arguments) {
    std::vector<NamedPath> inputs;
    std::map<std::string, int> uses;
    for (std::string const& argument : arguments) {
        std::error_code error;
        fs::file_status const status = fs::status(argument, error);
        if (!fs::exists(status))
            throw core::DataError(core::describe({argument, 0, "", ""},
                                                 "no such file or folder (or it cannot be reached)",
                                                 "check the path; every rank's host must see it"));
        auto const files = fs::is_directory(status) ? list_folder(argument) : std::vector{argument};
        for (std::string const& file : files) {
            // Reading a pipe or a device could wait for ever, and ranks could not share its bytes.
            if (std::error_code unknown; !fs::is_regular_file(file, unknown))
                throw core::DataError(
                    core::describe({file, 0, "", ""}, "is no regular file", "copy its contents to one"));
            inputs.push_back({file, fs::path(file).filename().string()});
            ++uses[inputs.back().name];
        }
    }
    constexpr std::size_t most = std::numeric_limits<core::FileId::Rep>::max();
    if (inputs.size() > most)
        throw core::DataError(fmt::format("{} input files are too many (at most {} fit a store); join some of them",
                                          inputs.size(), most));
    for (NamedPath& input : inputs)
        if (uses[input.name] > 1) input.name = input.path;
    return inputs;
}

}  // namespace tessera::ingest
