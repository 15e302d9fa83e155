#pragma once
#include <boost/program_options.hpp>
#include <filesystem>
#include <optional>

#include "tessera/comm/communicator.hpp"
#include "tessera/report/format.hpp"
#include "tessera/report/write_file.hpp"

namespace tessera::app {

namespace po = boost::program_options;

/// Where an answer goes, and how it is written.
struct Output {
    std::optional<std::filesystem::path> path;  ///< nothing: standard output
    report::Format format = report::Format::csv;
};

/// Local. Adds --output and --format.
void add_output_options(po::options_description& options);
/// Local. Reads them. Throws core::UsageError.
Output read_output(po::variables_map const& values);
/// Local. --output alone; "-" stands for standard output.
std::optional<std::filesystem::path> read_output_path(po::variables_map const& values);

/// Collective. Before any work: throws core::StageError on every rank where an answer could not be written to this
/// place, or would overwrite the store; the same for the file of --timings.
/// Commands without a store name none.
void check_output(comm::Communicator const& comm, std::optional<std::filesystem::path> const& path,
                  std::string const& store, std::optional<std::string> const& timings = {});

/// Collective. The root writes; its failure is everybody's.
void write_on_root(comm::Communicator const& comm, std::optional<std::filesystem::path> const& path,
                   report::WriteOutput const& write);

}  // namespace tessera::app
