#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tessera::core {

/// FNV-1a of 64 bits: not against anybody, but against chance.
class Digest {
  public:
    void add(void const* data, std::size_t bytes) {
        auto const* const from = static_cast<unsigned char const*>(data);
        for (std::size_t i = 0; i < bytes; ++i)
            state_ = (state_ ^ from[i]) * 0x100000001b3;
    }
    void add(std::uint64_t number) { add(&number, sizeof number); }
    void add(std::string_view text) {
        add(std::uint64_t{text.size()});
        add(text.data(), text.size());
    }
    template <class T>
    void add_all(std::vector<T> const& values) {
        static_assert(std::has_unique_object_representations_v<T>);
        add(std::uint64_t{values.size()});
        add(values.data(), values.size() * sizeof(T));
    }
    std::uint64_t value() const { return state_; }

  private:
    std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace tessera::core
