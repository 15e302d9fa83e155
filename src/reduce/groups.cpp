#include <span>

#include "tessera/comm/exchange.hpp"
#include "tessera/query/pack_groups.hpp"
#include "tessera/reduce/reduce.hpp"

namespace tessera::reduce {
query::Groups reduce_groups(comm::Communicator const& comm, query::Groups local) {
    if (comm.size() == 1) return local;
    auto const words = query::pack_groups(local);
    auto lists = comm::gather_to_root(comm, std::span<std::uint64_t const>(words));
    query::Groups global;
    for (auto& list : lists) {
        global = query::merge(std::move(global), query::unpack_groups(list));
        std::vector<std::uint64_t>().swap(list);
    }
    return global;
}

}  // namespace tessera::reduce
