#pragma once

// Before a function: it is compiled for processors with wider vectors as well, and the one that suits the processor is
// taken when the program starts, so that one binary runs on all of them. For loops that the compiler turns into vectors
// by itself; what they call must be compiled into them. Answers do not depend on the processor: integers, or floats
// that are rounded after each operation (-ffp-contract=off).
//   TESSERA_WIDE         for 256-bit and 512-bit vectors
//   TESSERA_WIDE_TO_256  for 256-bit ones, where wider ones do not pay
//   TESSERA_WIDE_WHOLE   as the first, with all that the function calls, where it is inline: a search of many small
//   kernels
// Where the code itself differs with the width, a function is written once for each: TESSERA_FOR_ANY, and where they
// are defined TESSERA_FOR_256 and TESSERA_FOR_512. All must stand in the file that calls them.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define TESSERA_WIDE __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#define TESSERA_WIDE_TO_256 __attribute__((target_clones("default", "arch=x86-64-v3")))
#define TESSERA_WIDE_WHOLE TESSERA_WIDE __attribute__((flatten))
#define TESSERA_FOR_512 __attribute__((target("arch=x86-64-v4")))
#define TESSERA_FOR_256 __attribute__((target("arch=x86-64-v3")))
#define TESSERA_FOR_ANY __attribute__((target("default")))
#else  // sanitizers are not up yet when the choice is made
#define TESSERA_WIDE
#define TESSERA_WIDE_TO_256
#define TESSERA_WIDE_WHOLE
#define TESSERA_FOR_ANY
#endif
