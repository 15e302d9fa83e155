#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

// What is sent as its bytes has all of them written: others would be told what memory happened to hold, and memcheck
// could not tell that from a mistake.
namespace tessera::core {
namespace gaps {

/// Local. The bytes of a value by default, as the compiler knows them.
template <class T>
constexpr std::array<std::byte, sizeof(T)> bytes_of_default() {
    return std::bit_cast<std::array<std::byte, sizeof(T)>>(T{});
}
/// Local. A constant where the compiler may look at a T's bytes: at those of a union or of a pointer it may not.
template <class T>
constexpr bool shows_bytes() {
    return bytes_of_default<T>().size() == sizeof(T);
}
/// Local. A constant where it may also read them all: it may not read one that belongs to no member.
template <class T>
constexpr bool reads_bytes() {
    bool any = false;
    for (std::byte const byte : bytes_of_default<T>())
        any |= byte != std::byte{0};
    return any || !any;
}

}  // namespace gaps

/// A type that its bytes are enough to send: numbers, codes, and structures and arrays of them. Not what holds a
/// pointer, nor an optional or a variant, whose bytes nobody has written while they hold nothing.
template <class T>
concept Flat = std::is_trivially_copyable_v<T> && requires {
    typename std::bool_constant<gaps::shows_bytes<T>()>;
};

/// Flat, and each byte belongs to a member.
template <class T>
concept Gapless = Flat<T> && requires {
    typename std::bool_constant<gaps::reads_bytes<T>()>;
};

/// Local. Writes zeros into the bytes between an object's members. Clang has no such thing: there they stay as they
/// are, and nobody looks at them either way.
template <Flat T>
void clear_gaps([[maybe_unused]] T& value) {
#if !defined(__clang__)
    __builtin_clear_padding(&value);
#endif
}

/// Values as bytes that may be sent: their own where they have no gaps, else a copy's with zeros in them. The values
/// outlive it.
template <Flat T>
class BytesToSend {
  public:
    explicit BytesToSend(std::span<T const> values) : bytes_(std::as_bytes(values)) {
        if constexpr (!Gapless<T>) {
            copies_.assign(values.begin(), values.end());
            for (T& copy : copies_)
                clear_gaps(copy);
            bytes_ = std::as_bytes(std::span(copies_));
        }
    }
    BytesToSend(BytesToSend const&) = delete;
    BytesToSend& operator=(BytesToSend const&) = delete;

    std::span<std::byte const> get() const { return bytes_; }

  private:
    std::vector<T> copies_;
    std::span<std::byte const> bytes_;
};

}  // namespace tessera::core
