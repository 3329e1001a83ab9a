/// @file
/// The concurrency axis: who may use a store at once.
#pragma once

#include "anabranch/core/policy.hpp"

namespace ab {

/// One thread at a time uses a store and its handles. Costs nothing. The default.
struct single_threaded {
  using policy_axis = concurrency_axis;
  static constexpr bool shared = false;
};

/// Any thread may use a store and its handles at any time: each commit, fold and read is one step under a lock.
///
/// A fold's callbacks run under the lock; a commit from inside one is refused with `errc::busy`.
/// @tparam Mutex a type with `lock()` and `unlock()`, such as `std::mutex`, which the caller includes
template <class Mutex>
struct locked {
  static_assert(
      requires(Mutex& m) { m.lock(), m.unlock(); },
      "ab::locked<M>: M is a mutex, with lock() and unlock(); std::mutex will do");
  using policy_axis = concurrency_axis;
  using mutex = Mutex;
  static constexpr bool shared = true;
};

namespace detail {

// Which stores this thread is inside of, so that a callback that comes back is told rather than left hanging.
struct inside {
  void const* store;
  inside const* outer;
};
inline thread_local inside const* innermost = nullptr;

inline bool is_inside(void const* store) noexcept {
  for (auto const* i = innermost; i != nullptr; i = i->outer) {
    if (i->store == store) return true;
  }
  return false;
}

template <class Concurrency>
struct gate {
  struct hold {
    constexpr explicit hold(gate const&) noexcept {}
    hold(hold const&) = delete;
    hold& operator=(hold const&) = delete;
    constexpr ~hold() {}
    constexpr bool reentered() const noexcept { return false; }
  };
};

template <class Mutex>
struct gate<locked<Mutex>> {
  // Holds the lock; where this thread has it already, says so instead.
  class hold {
   public:
    explicit hold(gate const& g) : gate_(g), here_{&g, innermost}, reentered_(is_inside(&g)) {
      if (reentered_) return;
      gate_.mutex.lock();
      innermost = &here_;
    }
    hold(hold const&) = delete;
    hold& operator=(hold const&) = delete;
    ~hold() {
      if (reentered_) return;
      innermost = here_.outer;
      gate_.mutex.unlock();
    }
    bool reentered() const noexcept { return reentered_; }

   private:
    gate const& gate_;
    inside here_;
    bool reentered_;
  };
  mutable Mutex mutex{};
};

}  // namespace detail

}  // namespace ab
