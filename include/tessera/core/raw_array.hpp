#pragma once
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace tessera::core {

namespace detail {

struct FreePages {
    std::size_t bytes = 0;
    void operator()(void* pages) const;
};
using Pages = std::unique_ptr<void, FreePages>;

/// Local. Fresh memory from the system. Throws std::bad_alloc.
Pages take_pages(std::size_t bytes);

}  // namespace detail

/// An array whose elements nobody has written yet, for what will be written as a whole, by several threads: a vector
/// would write zeros first, on one.
template <class T>
requires(std::is_trivially_copyable_v<T>&& std::is_trivially_destructible_v<T>) class RawArray {
  public:
    RawArray() = default;
    explicit RawArray(std::size_t size) : pages_(detail::take_pages(size * sizeof(T))), size_(size) {}

    std::size_t size() const { return pages_ ? size_ : 0; }
    /// For another use of the same memory, or of fresh memory where that does not suffice: fresh memory costs as much
    /// as writing it ten times. The elements are anything.
    void reuse(std::size_t size) {
        if (!pages_ || pages_.get_deleter().bytes < size * sizeof(T))
            *this = RawArray(size);
        else
            size_ = size;
    }
    /// The same memory for elements of another type, or fresh memory where that does not suffice; they are anything.
    template <class Other>
    RawArray<Other> turn_into(std::size_t size) && {
        RawArray<Other> other;
        other.pages_ = std::move(pages_);
        other.reuse(size);
        return other;
    }
    T* data() { return static_cast<T*>(pages_.get()); }
    T const* data() const { return static_cast<T const*>(pages_.get()); }
    T* begin() { return data(); }
    T* end() { return data() + size(); }
    T const* begin() const { return data(); }
    T const* end() const { return data() + size(); }
    T& operator[](std::size_t i) { return data()[i]; }
    T const& operator[](std::size_t i) const { return data()[i]; }

  private:
    template <class Other>
    requires(std::is_trivially_copyable_v<Other>&& std::is_trivially_destructible_v<Other>) friend class RawArray;

    detail::Pages pages_;
    std::size_t size_ = 0;
};

}  // namespace tessera::core
