#pragma once

namespace tessera::comm {

/// Local. Has all libraries that are loaded stay loaded until the process ends. Open MPI unloads its components in
/// MPI_Finalize while a thread of its own (that of its events) may still be about to call into one: on a busy machine
/// one short job in fifty, all its work done, ended with a segmentation fault.
void keep_libraries_loaded() noexcept;

}  // namespace tessera::comm
