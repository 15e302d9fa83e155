#pragma once

/// Compiles a function twice: for any processor of the kind, and for those with the instructions of the last ten years
/// (x86-64-v3: counting and shifting bits, wider vectors); which one runs is decided when the program starts. Other
/// processors and compilers, and the sanitizers, which cannot start so, have the first alone.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define TESSERA_ALSO_WIDER __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define TESSERA_ALSO_WIDER
#endif
