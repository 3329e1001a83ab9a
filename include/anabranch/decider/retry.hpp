/// @file
/// `ab::retry`: how often a decision is tried, and what happens in between.
#pragma once

#include <utility>

namespace ab {

namespace detail {

struct retry_option;

}  // namespace detail

/// Goes on at once. The default: who met a conflict lost to somebody who got through, so that the whole always advances.
struct no_wait {
  constexpr void operator()(int) const noexcept {}
};

/// Bounds how often a decision is tried: `ab::retry(8)`, `ab::retry(8, wait)`.
/// @tparam Wait is called with the number of attempts that have failed so far, before each further one: see
///         `ab::exponential_backoff`
template <class Wait = no_wait>
class retry {
 public:
  using handle_option = detail::retry_option;

  /// @param attempts how many in all; fewer than 1 are 1
  constexpr explicit retry(int attempts = 8, Wait wait = {}) : attempts_(attempts), wait_(std::move(wait)) {}

  /// Waits after `failures` attempts, unless those were all.
  /// @return whether there is another one
  constexpr bool again(int failures) {
    if (failures >= attempts_) return false;
    wait_(failures);
    return true;
  }

 private:
  int attempts_;
  [[no_unique_address]] Wait wait_;
};

}  // namespace ab
