#pragma once
#include <hdf5.h>

#include <cstdint>
#include <string>
#include <type_traits>

#include "tessera/core/columns.hpp"
#include "tessera/core/units.hpp"

namespace tessera::store {

inline constexpr char const* format_name = "tessera";
/// The first that has a seal and checksums.
inline constexpr std::uint32_t first_sealed_format = 2;

namespace detail {

template <class T>
struct Underlying {
    using type = T;
};
template <class T>
requires std::is_enum_v<T>
struct Underlying<T> {
    using type = std::underlying_type_t<T>;
};
template <class Tag, class Rep>
struct Underlying<core::Quantity<Tag, Rep>> {
    using type = Rep;
};

}  // namespace detail

/// Local. The HDF5 type, in memory, of a C++ integer, an enumeration of one, or a quantity.
template <class T>
hid_t memory_type() {
    using U = typename detail::Underlying<T>::type;
    if constexpr (std::is_same_v<U, std::uint8_t>) return H5T_NATIVE_UINT8;
    if constexpr (std::is_same_v<U, std::uint16_t>) return H5T_NATIVE_UINT16;
    if constexpr (std::is_same_v<U, std::uint32_t>) return H5T_NATIVE_UINT32;
    if constexpr (std::is_same_v<U, std::int32_t>) return H5T_NATIVE_INT32;
    if constexpr (std::is_same_v<U, std::uint64_t>) return H5T_NATIVE_UINT64;
}

/// Local. As above, on disk: little-endian.
template <class T>
hid_t file_type() {
    using U = typename detail::Underlying<T>::type;
    if constexpr (std::is_same_v<U, std::uint8_t>) return H5T_STD_U8LE;
    if constexpr (std::is_same_v<U, std::uint16_t>) return H5T_STD_U16LE;
    if constexpr (std::is_same_v<U, std::uint32_t>) return H5T_STD_U32LE;
    if constexpr (std::is_same_v<U, std::int32_t>) return H5T_STD_I32LE;
    if constexpr (std::is_same_v<U, std::uint64_t>) return H5T_STD_U64LE;
}

/// Local. Where a column is: "/trips/fare".
std::string path_of(core::Column column);

/// Local. Writes what a reader is told about a column: units, scale, fill value, meanings.
void describe_column(hid_t dataset, core::Column column, hid_t type, void const* unknown_value);

}  // namespace tessera::store
