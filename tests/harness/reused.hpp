#pragma once
#include <cstddef>
#include <new>
#include <type_traits>

namespace tessera::harness {

/// A value by default, in memory that held something else before: what nobody writes of it is that still.
template <class T>
class Reused {
    static_assert(std::is_trivially_destructible_v<T>);

  public:
    explicit Reused(unsigned char before) {
        // Volatile: what is written to memory before an object begins there may else be left out.
        for (unsigned char volatile& byte : memory_)
            byte = before;
        value_ = new (memory_) T;
    }
    Reused(Reused const&) = delete;
    Reused& operator=(Reused const&) = delete;

    T const& value() const { return *value_; }

  private:
    alignas(T) unsigned char memory_[sizeof(T)];
    T* value_;
};

}  // namespace tessera::harness
