#include <cstdio>
#include <stdexcept>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/session.hpp"

// One rank leaves by an exception that the ranks did not agree on, while the others wait for it: the session must end
// the job, not wait in MPI_Finalize (see CMakeLists.txt, which expects the failure).
int main(int argc, char** argv) {
    try {
        tessera::comm::Session session(argc, argv);
        if (session.world().rank() == 1) {
            std::fputs("rank 1 leaves alone\n", stderr);
            throw std::runtime_error("alone");
        }
        MPI_Barrier(session.world().handle());
    } catch (std::exception const&) {
        return 0;  // too late to hide it
    }
}
