// More than there can be. Also where there are no exceptions.
#pragma once

#include <cstdlib>
#include <new>

namespace ab::detail {

[[noreturn]] inline void no_memory() {
#if defined(__cpp_exceptions)
  throw std::bad_alloc();
#else
  std::abort();
#endif
}

}  // namespace ab::detail
