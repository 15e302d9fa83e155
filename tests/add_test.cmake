# tessera_add_test(FLOOR NAME SOURCES files...
#                  [USES targets...] [RANKS n...] [THREADS n...] [LABELS labels...] [TIMEOUT seconds])
# One executable, test_FLOOR_NAME, that links tessera::FLOOR. Without RANKS it is a local test; with RANKS it is
# registered once for each rank count and started by mpirun. THREADS registers it once for each OpenMP thread count.

# Build these to have all tests of a kind and nothing else.
add_custom_target(tessera_local_tests)
add_custom_target(tessera_mpi_tests)

# Under ThreadSanitizer only tests of code that runs in threads are worth their time: each at 2 and 4 OpenMP threads, and
# those with ranks at 1 and 2 of them, whatever they are registered for otherwise.
set(TESSERA_TESTS_WITH_THREADS
  app_round app_rounds app_stage_watch core_exception_keeper desk_asked_calls desk_inbox desk_live_replays desk_map_artist
  desk_request_batch feed_sink feed_source feed_stop_signal ingest_rank_reader query_access query_aggregate
  query_block_kernels query_filter query_heat query_maps query_narrow_keys query_nearest query_range query_replay
  query_trip_index reduce_answers reduce_maps reduce_parts request_part request_touched_tiles store_round_trip
  synth_generate synth_requests tiling_exchange tiling_order tiling_plan tiling_tile_trips web_gate web_server)
add_custom_target(tessera_thread_tests)

# Root may start mpirun in a container, more ranks than cores may run, and ranks pass messages through shared memory
# without the process_vm_readv that containers forbid.
set(TESSERA_MPI_ENVIRONMENT
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none)

# Programs built with sanitizers take their time, and are given it. (Internal: the bench's folder is none of tests'.)
set(TESSERA_TEST_SLOWDOWN 1 CACHE INTERNAL "")
if(TESSERA_SANITIZE OR TESSERA_THREAD_SANITIZE)
  set(TESSERA_TEST_SLOWDOWN 5 CACHE INTERNAL "")
endif()

# Real trips, where they are: a test that wants them skips without this variable.
get_filename_component(TESSERA_SHARED_DATA ${PROJECT_SOURCE_DIR}/../shared/data ABSOLUTE)
set(TESSERA_DATA_ENVIRONMENT "")
if(IS_DIRECTORY ${TESSERA_SHARED_DATA})
  set(TESSERA_DATA_ENVIRONMENT TESSERA_SHARED_DATA=${TESSERA_SHARED_DATA})
endif()

# tessera_register_test(NAME COMMAND words... [RANKS n] [THREADS n] [LABELS labels...] [TIMEOUT seconds]): one CTest.
# For a test that is no GoogleTest, such as a script, call this directly; with RANKS mpirun is put before the command.
function(tessera_register_test name)
  cmake_parse_arguments(TEST "" "RANKS;THREADS;TIMEOUT" "COMMAND;LABELS" ${ARGN})
  if(NOT TEST_THREADS)
    set(TEST_THREADS 1)
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  math(EXPR TEST_TIMEOUT "${TEST_TIMEOUT} * ${TESSERA_TEST_SLOWDOWN}")
  set(processors ${TEST_THREADS})
  if(TEST_RANKS)
    math(EXPR processors "${TEST_RANKS} * ${TEST_THREADS}")
    list(PREPEND TEST_COMMAND
      ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${TEST_RANKS} --oversubscribe --bind-to none)
  endif()
  # Ranks that wait for one that will never come say so (see harness/rank_listener.hpp) well before CTest ends them.
  math(EXPR patience "${TEST_TIMEOUT} / 3")
  add_test(NAME ${name} COMMAND ${TEST_COMMAND})
  set(environment OMP_NUM_THREADS=${TEST_THREADS} TESSERA_TEST_PATIENCE=${patience} TESSERA_TEST_SLOWDOWN=${TESSERA_TEST_SLOWDOWN}
    ${TESSERA_MPI_ENVIRONMENT} ${TESSERA_DATA_ENVIRONMENT})
  if(TESSERA_THREAD_SANITIZE)
    list(APPEND environment OMP_WAIT_POLICY=passive)  # Clang's threads would wait awake for each other
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}" PROCESSORS ${processors} TIMEOUT ${TEST_TIMEOUT}
    ENVIRONMENT "${environment}")
endfunction()

function(tessera_add_test floor name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;USES;RANKS;THREADS;LABELS" ${ARGN})
  if(TEST_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "tessera_add_test(${floor} ${name}): unknown words ${TEST_UNPARSED_ARGUMENTS}")
  endif()
  set(executable test_${floor}_${name})
  if(TESSERA_THREAD_SANITIZE AND ${floor}_${name} IN_LIST TESSERA_TESTS_WITH_THREADS)
    add_dependencies(tessera_thread_tests ${executable})
    list(APPEND TEST_LABELS threads)
    set(TEST_THREADS 2 4)
    if(TEST_RANKS)
      set(TEST_RANKS 1 2)
    endif()
  endif()
  add_executable(${executable} ${TEST_SOURCES})
  target_include_directories(${executable} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${executable} PRIVATE ${TEST_USES} tessera_flags GTest::gtest)
  if(TARGET tessera::${floor})
    target_link_libraries(${executable} PRIVATE tessera::${floor})
  endif()
  if(TEST_RANKS)
    target_link_libraries(${executable} PRIVATE tessera_rank_main)
    add_dependencies(tessera_mpi_tests ${executable})
    set(kind mpi)
  else()
    target_link_libraries(${executable} PRIVATE GTest::gtest_main)
    add_dependencies(tessera_local_tests ${executable})
    set(kind local)
    set(TEST_RANKS 0)
  endif()
  if(NOT TEST_THREADS)
    set(TEST_THREADS 0)
  endif()

  foreach(ranks IN LISTS TEST_RANKS)
    foreach(threads IN LISTS TEST_THREADS)
      set(test ${floor}.${name})
      if(ranks)
        string(APPEND test .${ranks}r)
      endif()
      if(threads)
        string(APPEND test .${threads}t)
      endif()
      tessera_register_test(${test} COMMAND $<TARGET_FILE:${executable}> RANKS ${ranks} THREADS ${threads}
        LABELS ${kind} ${floor} ${TEST_LABELS} TIMEOUT ${TEST_TIMEOUT})
      if(TESSERA_SANITIZE AND kind STREQUAL local)
        # No library's leak has to be told from ours: stacks may be walked the quick way (see sanitizers/defaults.cpp).
        set_property(TEST ${test} APPEND PROPERTY ENVIRONMENT ASAN_OPTIONS=fast_unwind_on_malloc=1)
      endif()
    endforeach()
  endforeach()
endfunction()
