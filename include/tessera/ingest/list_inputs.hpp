#pragma once
#include <string>
#include <vector>

namespace tessera::ingest {

struct NamedPath {
    std::string path;
    std::string name;  ///< without its folder where that tells the files apart, else the path as given
};

/// Local. The files meant by the command line, in its order; a folder stands for every .csv and .csv.gz file directly
/// in it, by name. Throws core::DataError for what does not exist, a folder without such files, or more files than a
/// FileId can count.
std::vector<NamedPath> list_inputs(std::vector<std::string> const& arguments);

}  // namespace tessera::ingest
