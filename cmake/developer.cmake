# What only we need. Nothing of this reaches those who use the library.

enable_testing()

set(ANABRANCH_PARTS tests bench/instructions examples CACHE STRING "Folders to build: also bench")
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(anabranch_warnings INTERFACE)
target_compile_options(anabranch_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
# Errors with the compilers that we know, unoptimised: others find new things to warn of, and an optimiser false ones.
if(CMAKE_BUILD_TYPE STREQUAL Debug AND "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" MATCHES "^(GNU 12|Clang 1[69])\\.")
  target_compile_options(anabranch_warnings INTERFACE -Werror)
endif()

# Every header compiles alone (target all_verify_interface_header_sets); a bridge only where its library is.
set_target_properties(anabranch PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
foreach(library IN LISTS anabranch_ext)
  get_target_property(package anabranch_${library} ANABRANCH_PACKAGE)
  find_package(${package} QUIET)
  set(anabranch_has_${library} ${${package}_FOUND})
  set_target_properties(anabranch_${library} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ${${package}_FOUND})
  if(NOT ${package}_FOUND)
    message(STATUS "anabranch: ${package} was not found, so ext/${library} is not tested")
  endif()
endforeach()

foreach(part IN LISTS ANABRANCH_PARTS)
  add_subdirectory(${part})
endforeach()
