#include "tessera/comm/check.hpp"

#include <mpi.h>

#include <string>

namespace tessera::comm {

void check(int return_code, char const* call) {
    if (return_code == MPI_SUCCESS) return;
    char text[MPI_MAX_ERROR_STRING] = "";
    int length = 0;
    MPI_Error_string(return_code, text, &length);
    throw MpiError(std::string(call) + " failed: " + text);
}

}  // namespace tessera::comm
