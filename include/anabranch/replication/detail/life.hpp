// A number for each life of a replicated state: from one construction or loading to the next.
#pragma once

#include "anabranch/clock/system.hpp"

#include <atomic>
#include <cstdint>

namespace ab::detail {

// Nanoseconds since 1970, and never the same twice in one process. Nothing hangs on their order.
inline std::uint64_t draw_life() noexcept {
  static std::atomic<std::uint64_t> last{0};
  auto const now = static_cast<std::uint64_t>(system_clock().now().nanoseconds);
  auto before = last.load(std::memory_order_relaxed);
  std::uint64_t drawn = 0;
  do {
    drawn = now > before ? now : before + 1;
  } while (!last.compare_exchange_weak(before, drawn, std::memory_order_relaxed));
  return drawn;
}

}  // namespace ab::detail
