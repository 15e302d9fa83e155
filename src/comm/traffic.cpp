#include "tessera/comm/traffic.hpp"

namespace tessera::comm {

Sent total_of(Traffic const& traffic) {
    Sent total;
    for (Sent const& sent : traffic.by_kind)
        total += sent;
    return total;
}

void add_to(Traffic& sum, Traffic const& more) {
    for (std::size_t kind = 0; kind < sum.by_kind.size(); ++kind)
        sum.by_kind[kind] += more.by_kind[kind];
    for (std::size_t kind = 0; kind < sum.nanoseconds.size(); ++kind)
        sum.nanoseconds[kind] += more.nanoseconds[kind];
}

Traffic difference(Traffic const& now, Traffic const& before) {
    Traffic since;
    for (std::size_t kind = 0; kind < since.by_kind.size(); ++kind)
        since.by_kind[kind] = now.by_kind[kind] - before.by_kind[kind];
    for (std::size_t kind = 0; kind < since.nanoseconds.size(); ++kind)
        since.nanoseconds[kind] = now.nanoseconds[kind] - before.nanoseconds[kind];
    return since;
}

}  // namespace tessera::comm
