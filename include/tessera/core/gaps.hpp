#pragma once

namespace tessera::core {

/// Local. Writes zeros into the bytes between an object's members, so that nothing that nobody wrote is sent as its
/// bytes. Clang has no such thing: there they stay as they are, and nobody looks at them either way.
template <class T>
void clear_gaps([[maybe_unused]] T& value) {
#if !defined(__clang__)
    __builtin_clear_padding(&value);
#endif
}

}  // namespace tessera::core
