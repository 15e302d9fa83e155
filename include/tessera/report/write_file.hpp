#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <span>

namespace tessera::report {

/// Writes an output into a stream. The stream throws when the system does not take what is written.
using WriteOutput = std::function<void(std::ostream&)>;

/// Local. Writes a file whole or not at all: under a temporary name in the same folder, synced, then renamed over what
/// was there; the temporary is removed on failure. A link is followed, a device or pipe written to as it is. Throws
/// core::DataError with path, reason and remedy, and whatever `write` throws.
void write_file(std::filesystem::path const& path, WriteOutput const& write);
/// Local. The same for bytes.
void write_file(std::filesystem::path const& path, std::span<std::byte const> bytes);

/// Local. As write_file, but does not wait for the disk: for what is written again and again while other work waits.
/// Readers see the old file or the new one; after a crash of the machine it may be neither.
void replace_file(std::filesystem::path const& path, WriteOutput const& write);

/// Local. Writes to standard output. A closed pipe or a full disk throws core::DataError, and does not end the process
/// by a signal.
void write_stdout(WriteOutput const& write);

/// Local. Writes to the file where there is one, else to standard output.
void write_output(std::optional<std::filesystem::path> const& path, WriteOutput const& write);

}  // namespace tessera::report
