#include "attributes.hpp"

#include <algorithm>

#include "handle.hpp"
#include "tessera/core/error.hpp"

namespace tessera::store {
namespace {

/// A text type of fixed length, as netCDF writes its attributes.
Handle make_text_type(std::size_t length) {
    Handle type(check(H5Tcopy(H5T_C_S1), "H5Tcopy", "text"), H5Tclose);
    check(H5Tset_size(type.get(), std::max<std::size_t>(1, length)), "H5Tset_size", "text");
    check(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "H5Tset_strpad", "text");
    check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "H5Tset_cset", "text");
    return type;
}

void write(hid_t object, char const* name, hid_t type, Handle const& space, void const* values) {
    Handle const attribute(
        check(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT), "H5Acreate2", name), H5Aclose);
    check(H5Awrite(attribute.get(), type, values), "H5Awrite", name);
}

Handle open(hid_t object, char const* name) {
    if (check(H5Aexists(object, name), "H5Aexists", name) == 0)
        throw core::DataError(std::string("attribute '") + name + "' is missing");
    return {check(H5Aopen(object, name, H5P_DEFAULT), "H5Aopen", name), H5Aclose};
}

}  // namespace

void write_attribute(hid_t object, char const* name, std::string_view text) {
    Handle const space(check(H5Screate(H5S_SCALAR), "H5Screate", name), H5Sclose);
    write(object, name, make_text_type(text.size()).get(), space, text.empty() ? "" : text.data());
}

void write_attribute(hid_t object, char const* name, hid_t type, void const* values, std::size_t count) {
    hsize_t const extent = count;
    Handle const space(count == 1 ? check(H5Screate(H5S_SCALAR), "H5Screate", name)
                                  : check(H5Screate_simple(1, &extent, nullptr), "H5Screate_simple", name),
                       H5Sclose);
    write(object, name, type, space, values);
}

std::string read_text_attribute(hid_t object, char const* name) {
    Handle const attribute = open(object, name);
    Handle const type(check(H5Aget_type(attribute.get()), "H5Aget_type", name), H5Tclose);
    if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) != 0)
        throw core::DataError(std::string("attribute '") + name + "' is not a text of fixed length");
    constexpr std::size_t longest_text = 1 << 16;
    std::size_t const length = H5Tget_size(type.get());
    if (length > longest_text)
        throw core::DataError(std::string("attribute '") + name + "' has " + std::to_string(length) + " characters");
    std::string text(length, '\0');
    check(H5Aread(attribute.get(), type.get(), text.data()), "H5Aread", name);
    text.resize(std::min(text.find('\0'), text.size()));
    return text;
}

void read_attribute(hid_t object, char const* name, hid_t memory_type, void* values, std::size_t count) {
    Handle const attribute = open(object, name);
    Handle const space(check(H5Aget_space(attribute.get()), "H5Aget_space", name), H5Sclose);
    if (H5Sget_simple_extent_npoints(space.get()) != static_cast<hssize_t>(count))
        throw core::DataError(std::string("attribute '") + name + "' has the wrong number of values");
    check(H5Aread(attribute.get(), memory_type, values), "H5Aread", name);
}

}  // namespace tessera::store
