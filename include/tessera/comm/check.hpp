#pragma once
#include <stdexcept>

namespace tessera::comm {

/// An MPI call failed. It is not agreed among ranks; whoever lets it reach `main` aborts the job.
class MpiError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Local. Throws MpiError with MPI's own words when a return code is not MPI_SUCCESS. Every MPI call goes through here.
void check(int return_code, char const* call);

}  // namespace tessera::comm
