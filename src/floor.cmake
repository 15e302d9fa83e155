# tessera_floor(NAME SOURCES files... USES targets...): one folder, one namespace, one target.
add_library(tessera_flags INTERFACE)
# -ffp-contract=off: a fused multiply-add rounds once instead of twice, and answers must not depend on the processor.
# -Wno-psabi: vectors of lanes are passed between inlined functions alone, so that no call depends on how.
# -fno-math-errno: nobody asks errno after a square root, and without it loops over square roots are vectorised.
target_compile_options(tessera_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -ffp-contract=off
                       -fno-math-errno -Wno-psabi)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(tessera_flags INTERFACE -Wno-restrict)  # GCC bug 105651: wrong about std::string's operator+
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  # The first is part of its -Wconversion and not of GCC's; the second is about what kernels do on purpose.
  target_compile_options(tessera_flags INTERFACE -Wno-sign-conversion -Wno-bitwise-instead-of-logical)
endif()
if(TESSERA_SANITIZE)
  target_compile_options(tessera_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tessera_flags INTERFACE -fsanitize=address,undefined)
elseif(TESSERA_THREAD_SANITIZE)
  target_compile_options(tessera_flags INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(tessera_flags INTERFACE -fsanitize=thread)
endif()
if(TESSERA_SANITIZE OR TESSERA_THREAD_SANITIZE)
  set(sanitizers ${PROJECT_SOURCE_DIR}/tests/sanitizers)
  add_library(tessera_sanitizers STATIC ${sanitizers}/defaults.cpp)
  target_compile_definitions(tessera_sanitizers PRIVATE TESSERA_SANITIZERS="${sanitizers}"
    $<IF:$<BOOL:${TESSERA_SANITIZE}>,TESSERA_SANITIZE,TESSERA_THREAD_SANITIZE>)
  target_link_libraries(tessera_flags INTERFACE tessera_sanitizers)
  target_link_options(tessera_flags INTERFACE LINKER:-u,tessera_sanitizer_defaults)
endif()

# Of a build for fuzzing (see tests/fuzz): the floors that read what strangers write are looked into; the others are
# there to be linked, and made quickly.
set(TESSERA_FUZZED_FLOORS core ingest store request feed web desk)
add_library(tessera_fuzzed INTERFACE)
target_compile_options(tessera_fuzzed INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
                       -fno-omit-frame-pointer)

function(tessera_floor name)
  cmake_parse_arguments(FLOOR "" "" "SOURCES;USES" ${ARGN})
  add_library(tessera_${name} STATIC ${FLOOR_SOURCES})
  add_library(tessera::${name} ALIAS tessera_${name})
  target_include_directories(tessera_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(tessera_${name} PUBLIC ${FLOOR_USES} PRIVATE tessera_flags)
  if(TESSERA_FUZZ AND name IN_LIST TESSERA_FUZZED_FLOORS)
    target_link_libraries(tessera_${name} PRIVATE tessera_fuzzed)
  elseif(TESSERA_FUZZ)
    target_compile_options(tessera_${name} PRIVATE -O0 -g0)
  endif()
endfunction()
