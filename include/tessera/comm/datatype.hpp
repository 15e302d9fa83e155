#pragma once
#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tessera/core/units.hpp"

namespace tessera::comm {

/// The MPI datatype of a C++ type: integers, double, char, and quantities, which are laid out as their number.
template <class T>
struct Datatype;

template <>
struct Datatype<char> {
    static MPI_Datatype get() { return MPI_CHAR; }
};
template <>
struct Datatype<std::byte> {
    static MPI_Datatype get() { return MPI_BYTE; }
};
template <>
struct Datatype<std::uint8_t> {
    static MPI_Datatype get() { return MPI_UINT8_T; }
};
template <>
struct Datatype<std::uint16_t> {
    static MPI_Datatype get() { return MPI_UINT16_T; }
};
template <>
struct Datatype<std::int32_t> {
    static MPI_Datatype get() { return MPI_INT32_T; }
};
template <>
struct Datatype<std::uint32_t> {
    static MPI_Datatype get() { return MPI_UINT32_T; }
};
template <>
struct Datatype<std::int64_t> {
    static MPI_Datatype get() { return MPI_INT64_T; }
};
template <>
struct Datatype<std::uint64_t> {
    static MPI_Datatype get() { return MPI_UINT64_T; }
};
template <>
struct Datatype<double> {
    static MPI_Datatype get() { return MPI_DOUBLE; }
};
template <class Tag, class Rep>
struct Datatype<core::Quantity<Tag, Rep>> {
    static MPI_Datatype get() { return Datatype<Rep>::get(); }
};
template <class Enum>
requires std::is_enum_v<Enum> &&(!std::is_same_v<Enum, std::byte>)struct Datatype<Enum> {
    static MPI_Datatype get() { return Datatype<std::underlying_type_t<Enum>>::get(); }
};

}  // namespace tessera::comm
