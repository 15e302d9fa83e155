#include "../../src/comm/keep_loaded.hpp"

#include <dlfcn.h>
#include <gtest/gtest.h>

namespace tessera::comm {
namespace {

/// A library that comes with the system's own, and that nobody uses.
constexpr char const* library = "libBrokenLocale.so.1";

bool is_loaded() {
    void* const handle = ::dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    if (handle != nullptr) ::dlclose(handle);
    return handle != nullptr;
}

TEST(KeepLoaded, WhatIsClosedStays) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "SKIP: in this build nothing that is closed goes (see tests/sanitizers)";
#endif
    void* handle = ::dlopen(library, RTLD_LAZY);
    if (handle == nullptr) GTEST_SKIP() << "SKIP: this system has no " << library;
    ::dlclose(handle);
    ASSERT_FALSE(is_loaded()) << "what is closed goes, unless it is kept";
    handle = ::dlopen(library, RTLD_LAZY);
    keep_libraries_loaded();
    ::dlclose(handle);
    EXPECT_TRUE(is_loaded());
}

}  // namespace
}  // namespace tessera::comm
