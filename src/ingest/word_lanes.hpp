#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tessera::ingest {

/// Words side by side, as many as the processor's vectors hold: vectors of GCC and Clang. Comparing gives lanes of 0
/// and -1.
template <std::size_t count>
struct Lanes {
    // Not by `using`, where GCC forgets a size that depends on a parameter.
    typedef std::uint64_t Words __attribute__((vector_size(count * sizeof(std::uint64_t))));
    typedef std::int64_t Ints __attribute__((vector_size(count * sizeof(std::int64_t))));
    static_assert(sizeof(Words) == count * sizeof(std::uint64_t));

    [[gnu::always_inline]] static void load(Words& words, std::uint64_t const* from) {
        std::memcpy(&words, from, sizeof words);
    }
    [[gnu::always_inline]] static void store(Words const& words, std::uint64_t* to) {
        std::memcpy(to, &words, sizeof words);
    }
    [[gnu::always_inline]] static void store(Ints const& ints, std::int64_t* to) {
        std::memcpy(to, &ints, sizeof ints);
    }
    [[gnu::always_inline]] static Words const& to_words(Ints const& ints) {
        return reinterpret_cast<Words const&>(ints);
    }
    [[gnu::always_inline]] static Ints const& to_ints(Words const& words) {
        return reinterpret_cast<Ints const&>(words);
    }
};

}  // namespace tessera::ingest
