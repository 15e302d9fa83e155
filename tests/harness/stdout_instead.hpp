#pragma once
#include <unistd.h>

#include <cstdio>

namespace tessera::harness {

/// Puts another descriptor in the place of standard output for a while.
class StdoutInstead {
  public:
    explicit StdoutInstead(int descriptor) : kept_(::dup(STDOUT_FILENO)) {
        std::fflush(stdout);
        ::dup2(descriptor, STDOUT_FILENO);
    }
    StdoutInstead(StdoutInstead const&) = delete;
    StdoutInstead& operator=(StdoutInstead const&) = delete;
    ~StdoutInstead() {
        ::dup2(kept_, STDOUT_FILENO);
        ::close(kept_);
    }

  private:
    int kept_;
};

}  // namespace tessera::harness
