#pragma once
#include <hdf5.h>

#include <string>
#include <utility>

namespace tessera::store {

/// Local. Throws core::DataError with HDF5's own reason when a return value is negative; returns it otherwise. Every
/// HDF5 call whose failure matters goes through here.
template <class Result>
Result check(Result result, char const* call, std::string const& what);

/// Local. HDF5's innermost message about its last error; it prints none by itself.
std::string last_hdf5_error();

/// Local. How one process opens a file by itself: without HDF5's locks, which some parallel file systems refuse, and
/// which would meet our own (see PartialClaim).
class Handle;
Handle file_access();

/// Local. Keeps HDF5 from printing its error stack; errors are thrown instead.
void silence_hdf5();

[[noreturn]] void throw_hdf5_error(char const* call, std::string const& what);

template <class Result>
Result check(Result result, char const* call, std::string const& what) {
    if (result < 0) throw_hdf5_error(call, what);
    return result;
}

/// An open HDF5 object and how to close it.
class Handle {
  public:
    using Close = herr_t (*)(hid_t);
    Handle() = default;
    Handle(hid_t id, Close close) : id_(id), close_(close) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    hid_t get() const { return id_; }
    /// Closes now, and says whether that went well (a file writes its last bytes then).
    herr_t close_now() {
        hid_t const id = std::exchange(id_, -1);
        return id >= 0 ? close_(id) : 0;
    }

    /// Leaves the object open for good.
    void forget() { id_ = -1; }

  private:
    hid_t id_ = -1;
    Close close_ = nullptr;
};

}  // namespace tessera::store
