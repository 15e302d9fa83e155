#include "start_settings.hpp"

#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/socket.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace tessera::comm {
namespace {

std::string_view setting(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : value;
}

/// Collective file access, each rank its own part. Open MPI 4.1.4's other ways gather the parts of several ranks on
/// one: reading many pieces they return zeros for some of them at 3 ranks and more, and writing they hang for ever when
/// that one finds the disk full. Our parts are large, so that gathering them would gain nothing. Not left to the user.
void access_files_individually() {
    setenv("OMPI_MCA_fcoll", "individual", 1);
}

/// Without mpirun Open MPI starts a daemon beside the rank, which would only serve to start more ranks. It holds
/// standard output open, and was seen to hang in PMIx 4.2.2's clean-up when the rank had ended: then whoever reads the
/// output waits for ever. Without it all such ranks have the same name, and must not have a folder of that name, so
/// that a rank which is alone does not write files by Open MPI (see store/write_store.cpp).
void start_without_daemon() {
    setenv("OMPI_MCA_ess_singleton_isolated", "1", 1);
    setenv("OMPI_MCA_orte_create_session_dirs", "0", 1);
}

/// Within a node Open MPI sends 4 KiB at once; more takes turns between the two ranks, and whoever waits asleep misses
/// its turn: an answer of a hundred rides came 5 ms late. Answers of some 300 rides are sent at once this way. Whoever
/// says otherwise to mpirun is heard.
void send_answers_at_once() {
    setenv("OMPI_MCA_btl_vader_eager_limit", "32768", 0);
}

/// Whether all ranks are on this node, as far as the launcher tells.
bool is_on_one_node() {
    if (launcher_rank() == nullptr) return true;
    if (!setting("SLURM_STEP_ID").empty() && setting("OMPI_COMM_WORLD_SIZE").empty())
        return setting("SLURM_STEP_NUM_NODES") == "1";
    std::string_view const here = setting("OMPI_COMM_WORLD_LOCAL_SIZE");
    return !here.empty() && here == setting("OMPI_COMM_WORLD_SIZE");
}

/// Ranks of one node talk through its memory. Otherwise Open MPI would ask what networks there are, and two libraries
/// for such networks (PSM, PSM2) take 0.1 s each to find out how fast the processor's clock is. Whoever says otherwise
/// to mpirun is heard.
void look_for_no_network() {
    setenv("OMPI_MCA_pml", "ob1", 0);
    setenv("OMPI_MCA_btl", "self,vader,tcp", 0);
}

/// hwloc would ask every device on the bus what it is (8 ms on a virtual machine), and its plug-ins look for graphics
/// cards and X servers. Ranks of one node have no use for devices.
void look_for_no_devices() {
    setenv("HWLOC_PLUGINS_PATH", "/dev/null", 0);
    setenv("HWLOC_COMPONENTS", "-linuxio", 0);
}

/// More ranks than cores: whoever waits must let another go on, who else has it wait for a slice of time. mpirun sees
/// to it where it knows the cores; Slurm does not.
void wait_politely_when_crowded() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    if (sched_getaffinity(0, sizeof cores, &cores) != 0) return;
    if (ranks_of_node_by_launcher() > CPU_COUNT(&cores)) setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0);
}

}  // namespace

int ranks_of_node_by_launcher() {
    std::string_view text = setting("OMPI_COMM_WORLD_LOCAL_SIZE");
    if (text.empty()) text = setting("SLURM_STEP_TASKS_PER_NODE");  // "2", "2(x3)" or "2,1": the first will do
    int ranks = 0;
    std::from_chars(text.data(), text.data() + text.size(), ranks);
    return ranks;
}

char const* launcher_rank() {
    for (char const* const name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
        if (char const* const value = std::getenv(name)) return value;
    return nullptr;
}

void set_before_start() {
    access_files_individually();
    send_answers_at_once();
    wait_politely_when_crowded();
    if (is_on_one_node()) {
        look_for_no_network();
        look_for_no_devices();
    }
    if (launcher_rank() == nullptr) start_without_daemon();
}

void hold_nothing_back_from_launcher() {
    // By the C library: std::filesystem ends the process where memory runs out, instead of throwing.
    DIR* const descriptors = ::opendir("/proc/self/fd");
    if (descriptors == nullptr) return;
    while (dirent const* const entry = ::readdir(descriptors)) {
        std::string_view const name = entry->d_name;
        int socket = -1;
        std::from_chars(name.data(), name.data() + name.size(), socket);
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        if (getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
        if (peer.ss_family != AF_INET && peer.ss_family != AF_INET6) continue;
        int const yes = 1;  // a socket that refuses is slower, no more
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    ::closedir(descriptors);
}

}  // namespace tessera::comm
