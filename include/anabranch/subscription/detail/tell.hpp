// How a subscriber, callables or a reactor, is told of an event.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/projection/concepts.hpp"

#include <type_traits>
#include <utility>

namespace ab::detail {

// Several callables as one.
template <class... Fs>
struct overloads : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
overloads(Fs...) -> overloads<Fs...>;

template <class F>
constexpr F as_one(F f) {
  return f;
}
template <class F, class... Fs>
  requires(sizeof...(Fs) > 0)
constexpr overloads<F, Fs...> as_one(F f, Fs... fs) {
  return {std::move(f), std::move(fs)...};
}

// Whether there is a call of `F` for `T`, without looking into a generic lambda for any other type.
template <class F, class T, class Info>
consteval bool is_called_with() {
  if constexpr (std::is_invocable_v<F&, T const&, Info const&>)
    return true;
  else if constexpr (std::is_invocable_v<F&, T const&>)
    return true;
  else
    return std::is_invocable_v<F&, others>;
}

// One call, with whichever of its forms there is.
template <class F, class T, class Info>
constexpr decltype(auto) call(F& f, T const& e, Info const& info) {
  if constexpr (reacts_with_info<F, T, Info>)
    return f.react(e, info);
  else if constexpr (reacts<F, T>)
    return f.react(e);
  else if constexpr (reacts_to_others<F>)
    return f.react(others{});
  else if constexpr (std::is_invocable_v<F&, T const&, Info const&>)
    return f(e, info);
  else if constexpr (std::is_invocable_v<F&, T const&>)
    return f(e);
  else
    return f(others{});
}

// A template of its own, so that the compiler's trace names the subscriber and the event.
template <class F, class T, class Info>
consteval bool subscriber_must_take_event() {
  constexpr bool effect = has_effect<F, T, Info>, called = !effect && is_called_with<F, T, Info>();
  constexpr bool folded = !effect && !called && (handles<F, T, Info> || takes_others<F>);
  static_assert(!folded,
                "this is a projection: it is folded (`apply`), not told; ask for its state with ab::view, "
                "ab::inlined or an ab::registry, or write a reactor (`react`)");
  static_assert(
      folded || effect || called,
      "this subscriber takes no such event: add a callable for it (or `react(T const&)` to a reactor), or one "
      "for ab::others to ignore what isn't named");
  if constexpr (effect || called) {
    using said = decltype(call(std::declval<F&>(), std::declval<T const&>(), std::declval<Info const&>()));
    constexpr bool says = std::is_void_v<said> || std::is_same_v<said, result<void>>;
    static_assert(says, "a subscriber returns nothing, or ab::result<void> to say that it failed");
    return says;
  }
  return false;
}

template <class F, class T, class Info>
constexpr result<void> tell(F& f, T const& e, Info const& info) {
  if constexpr (subscriber_must_take_event<F, T, Info>()) {
    if constexpr (std::is_void_v<decltype(call(f, e, info))>)
      call(f, e, info);
    else
      return call(f, e, info);
  }
  return {};
}

template <class F, class Event, class Info>
inline constexpr bool is_reactor = false;
template <class F, class... Ts, class Info, template <class...> class OneOf>
inline constexpr bool is_reactor<F, OneOf<Ts...>, Info> = (has_effect<F, Ts, Info> || ...);

}  // namespace ab::detail
