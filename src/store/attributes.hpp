#pragma once
#include <hdf5.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tessera::store {

/// Local. Writes an attribute of an object. Throws core::DataError.
void write_attribute(hid_t object, char const* name, std::string_view text);
void write_attribute(hid_t object, char const* name, hid_t type, void const* values, std::size_t count);

/// Local. Reads an attribute; throws core::DataError when it is absent or not of that kind or size.
std::string read_text_attribute(hid_t object, char const* name);
void read_attribute(hid_t object, char const* name, hid_t memory_type, void* values, std::size_t count);

}  // namespace tessera::store
