// The options of a call in any order, each at most once.
#pragma once

#include <type_traits>

namespace ab::detail {

template <class Option>
consteval bool must_be_option() {
  static_assert(
      requires { typename Option::handle_option; },
      "this is no option of ab::handle: those are ab::retry(8, wait), ab::also(f), ab::with(metadata), "
      "ab::from_snapshot and "
      "ab::snapshot_every(100); operations go into ab::also");
  return requires { typename Option::handle_option; };
}

template <class Option, class... Options>
consteval bool must_be_the_only() {
  constexpr bool alone =
      (0 + ... + (std::is_same_v<typename Option::handle_option, typename Options::handle_option> ? 1 : 0)) == 1;
  static_assert(alone, "ab::handle: an option is given twice; keep one of them (ab::also takes a tuple of operations)");
  return alone;
}

template <class... Options>
consteval bool must_be_options() {
  if constexpr ((true && ... && must_be_option<Options>()))
    return (true && ... && must_be_the_only<Options, Options...>());
  else
    return false;
}

template <class Kind, class Default>
constexpr auto& option_or(Default& otherwise) noexcept {
  return otherwise;
}
template <class Kind, class Default, class Option, class... Rest>
constexpr auto& option_or(Default& otherwise, Option& option, Rest&... rest) noexcept {
  if constexpr (std::is_same_v<typename Option::handle_option, Kind>)
    return option;
  else
    return option_or<Kind>(otherwise, rest...);
}

}  // namespace ab::detail
