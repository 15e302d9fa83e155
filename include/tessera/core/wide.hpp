#pragma once

// TESSERA_WIDE before a function: it is compiled for processors with 256-bit and 512-bit vectors as well, and the one
// that suits the processor is taken when the program starts. For loops that the compiler turns into vectors by itself;
// what they call must be compiled into them. Integers alone: answers do not depend on the processor.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define TESSERA_WIDE __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define TESSERA_WIDE  // sanitizers are not up yet when the choice is made
#endif
