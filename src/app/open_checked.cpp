#include "tessera/app/open_checked.hpp"

#include "tessera/store/verify_store.hpp"

namespace tessera::app {

store::OpenStore open_checked(comm::Communicator const& comm, std::string const& path, Launch const& launch) {
    auto store = store::open_store(comm, path);
    if (launch.verify) store::require_undamaged(comm, store, store::verify_store(comm, store));
    return store;
}

}  // namespace tessera::app
