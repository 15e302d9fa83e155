#include <gtest/gtest.h>
#include <mpi.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <string>
#include <vector>

#include "tessera/comm/check.hpp"

namespace tessera::comm {
namespace {

/// What Open MPI took a setting for; nothing where it knows none of that name.
std::string setting_of(char const* name) {
    int threads = 0, index = 0, count = 0;
    check(MPI_T_init_thread(MPI_THREAD_SINGLE, &threads), "MPI_T_init_thread");
    std::string value;
    if (MPI_T_cvar_get_index(name, &index) == MPI_SUCCESS) {
        MPI_T_cvar_handle handle;
        check(MPI_T_cvar_handle_alloc(index, nullptr, &handle, &count), "MPI_T_cvar_handle_alloc");
        std::vector<char> text(static_cast<std::size_t>(count) + 1);
        check(MPI_T_cvar_read(handle, text.data()), "MPI_T_cvar_read");
        MPI_T_cvar_handle_free(&handle);
        value = text.data();
    }
    MPI_T_finalize();
    return value;
}

/// Looking for networks costs 0.2 s of every start.
TEST(Start, RanksOfOneNodeLookForNoNetwork) {
    EXPECT_EQ(setting_of("pml"), "ob1");
}

TEST(Start, NoConnectionHoldsWordsBack) {
    constexpr int most_descriptors = 1024;
    for (int descriptor = 0; descriptor < most_descriptors; ++descriptor) {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
        if (peer.ss_family != AF_INET && peer.ss_family != AF_INET6) continue;
        int at_once = 0;
        size = sizeof at_once;
        ASSERT_EQ(getsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &at_once, &size), 0);
        EXPECT_NE(at_once, 0) << "descriptor " << descriptor;
    }
}

}  // namespace
}  // namespace tessera::comm
