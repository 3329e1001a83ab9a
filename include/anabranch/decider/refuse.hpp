/// @file
/// `ab::refuse`: the program's own rules say no.
#pragma once

#include "anabranch/core/error.hpp"

#include <string_view>

namespace ab {

namespace detail {

// An error keeps views: only text that lives as long as the program may become one.
struct static_text {
  std::string_view text;
  consteval static_text(char const* s) : text(s) {}
  consteval static_text(std::string_view s) : text(s) {}
};

}  // namespace detail

/// The error with which a decision refuses a command, `errc::refused`; no storage ever gives it. Literals only.
///
/// Give it a name to tell it from others by (`e.what == overdrawn.what`) and to test it; add the numbers that collide:
///
/// ```cpp
/// inline constexpr auto overdrawn = ab::refuse("the account would be overdrawn", "withdraw less");
/// …
/// if (c.cents > b.cents) return overdrawn.with(c.cents, b.cents);
/// ```
/// @param what one sentence that says which rule
/// @param advice what to do about it
constexpr error refuse(detail::static_text what, detail::static_text advice = "") noexcept {
  return {errc::refused, what.text, advice.text};
}

}  // namespace ab
