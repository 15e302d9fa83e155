// Linked into every program of a build with sanitizers, so that it behaves alike under CTest, mpirun and by hand.
// The sanitizers ask these functions for options; what the environment says (ASAN_OPTIONS, ...) comes on top.
extern "C" {

/// Named to the linker, which takes this file out of its library for it.
extern int const tessera_sanitizer_defaults;
int const tessera_sanitizer_defaults = 1;

#ifdef TESSERA_SANITIZE
/// Does nothing, in the place of the C library's: Open MPI closes its plug-ins when it ends, and the leak check that
/// follows could neither name what they leaked nor find what they still hold.
int dlclose(void* /*library*/) {
    return 0;
}

// Libraries are built without frame pointers: without the slow way to walk a stack it would end inside them.
char const* __asan_default_options() {
    return "fast_unwind_on_malloc=0:strict_string_checks=1:detect_stack_use_after_return=1:check_initialization_order="
           "1";
}
char const* __ubsan_default_options() {
    return "print_stacktrace=1";
}
char const* __lsan_default_options() {
    return "suppressions=" TESSERA_SANITIZERS "/lsan.txt:print_suppressions=0";
}
#endif

#ifdef TESSERA_THREAD_SANITIZE
char const* __tsan_default_options() {
    return "suppressions=" TESSERA_SANITIZERS "/tsan.txt:ignore_noninstrumented_modules=1:second_deadlock_stack=1";
}
#endif

}  // extern "C"
