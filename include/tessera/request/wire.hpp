#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/core/gaps.hpp"
#include "tessera/request/part.hpp"

// Requests and parts of answers as bytes, from one process of this program to another on the same kind of machine.
namespace tessera::request {

/// Appends values to a list of bytes.
class WireWriter {
  public:
    template <core::Gapless T>
    void put(T const& value) {
        append(std::as_bytes(std::span(&value, 1)));
    }
    /// Whether there is a value, and the value.
    template <core::Gapless T>
    void put(std::optional<T> const& value) {
        put(std::uint8_t{value.has_value()});
        put(value.value_or(T{}));
    }
    /// A list: its length, then its values.
    template <core::Flat T>
    void put_list(std::span<T const> values) {
        put(std::uint64_t{values.size()});
        core::BytesToSend<T> const bytes(values);
        append(bytes.get());
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

  private:
    void append(std::span<std::byte const> bytes);
    std::vector<std::byte> bytes_;
};

/// Reads them in the same order. Throws std::out_of_range where there are too few.
class WireReader {
  public:
    explicit WireReader(std::span<std::byte const> bytes) : bytes_(bytes) {}

    template <core::Gapless T>
    T get() {
        T value;
        std::memcpy(&value, next(sizeof(T)), sizeof(T));
        return value;
    }
    template <core::Gapless T>
    std::optional<T> get_optional() {
        auto const given = get<std::uint8_t>();
        auto const value = get<T>();
        return given != 0 ? std::optional(value) : std::nullopt;
    }
    template <core::Flat T>
    std::vector<T> get_list() {
        auto const length = get<std::uint64_t>();
        if (length > bytes_.size() / sizeof(T)) throw std::out_of_range("WireReader: the list is cut");
        std::vector<T> values(length);
        if (length > 0) std::memcpy(values.data(), next(length * sizeof(T)), length * sizeof(T));
        return values;
    }
    bool at_end() const { return bytes_.empty(); }

  private:
    std::byte const* next(std::size_t size) {
        if (size > bytes_.size()) throw std::out_of_range("WireReader: the message is cut");
        std::byte const* const here = bytes_.data();
        bytes_ = bytes_.subspan(size);
        return here;
    }
    std::span<std::byte const> bytes_;
};

/// Local. Appends a filter; get_filter reads it.
void put_filter(WireWriter& out, query::Filter const& filter);
query::Filter get_filter(WireReader& in);

/// Local. Appends a question; get_question reads it.
void put_question(WireWriter& out, Question const& question);
Question get_question(WireReader& in);

/// Local. Appends a part; get_part reads it.
void put_part(WireWriter& out, Part const& part);
Part get_part(WireReader& in);

}  // namespace tessera::request
