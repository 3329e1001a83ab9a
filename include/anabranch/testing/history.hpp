/// @file
/// Histories: replicas that are changed by a type's mutators, and join what they get of each other.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/testing/arbitrary.hpp"
#include "anabranch/testing/mutators.hpp"
#include "anabranch/testing/several.hpp"

#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab::testing::detail {

template <class T>
struct delta_of {
  using type = T;
};
template <class T>
struct delta_of<ab::result<T>> {
  using type = T;
};

template <class F>
inline constexpr bool is_member = std::is_member_function_pointer_v<F>;

// Calls the mutator on the state with the arguments in the tuple.
template <class F, class T, class Args>
constexpr auto change(F const& f, T& state, Args& args) {
  return std::apply(
      [&](auto&... each) {
        if constexpr (is_member<F>)
          return (state.*f)(each...);
        else
          return f(state, each...);
      },
      args);
}

template <class Arg>
constexpr Arg argument(choices& c, std::size_t replica) {
  if constexpr (is_identity<Arg>)
    return identity<Arg>::make(replica);
  else
    return c.element(make<Arg>);
}
template <class Args, std::size_t... I>
constexpr Args arguments(choices& c, [[maybe_unused]] std::size_t replica, std::index_sequence<I...>) {
  return Args{argument<std::tuple_element_t<I, Args>>(c, replica)...};
}

// Watches nothing. A watch is told of each step before and after.
struct unwatched {
  template <class T, class M, class Args>
  constexpr void changing(std::size_t, T const&, M const&, Args const&) const noexcept {}
  template <class T>
  constexpr void changed(std::size_t, T const&, T const&, T const*) const noexcept {}
  constexpr void joined(std::size_t, std::size_t, bool) const noexcept {}
  constexpr void named(std::size_t, std::size_t, bool) const noexcept {}
  static constexpr bool wants_before = false;
};

template <class T, std::size_t N>
struct history {
  several<T, N> states{};
  several<T, N> deltas{};

  // Of each replica its state or the last delta that it made.
  template <class Watch = unwatched>
  constexpr several<T, N> values(choices& c, Watch const& watch = {}) {
    several<T, N> all{};
    for (std::size_t i = 0; i < N; ++i) {
      bool const delta = c.below(2) == 1;
      watch.named(i, i, delta);
      all[i] = delta ? std::move(deltas[i]) : std::move(states[i]);
    }
    return all;
  }
};

template <class T, std::size_t N, class Watch>
struct change_at {
  history<T, N>& h;
  choices& c;
  Watch const& watch;
  std::size_t replica;

  template <class M>
  constexpr void operator()(M const& m) const {
    using signature = detail::signature<std::remove_cv_t<decltype(m.change)>>;
    using args_type = typename signature::args;
    using result = std::remove_cvref_t<typename signature::result>;
    using delta = typename delta_of<result>::type;
    static_assert(
        std::is_void_v<result> || std::is_same_v<result, bool> || std::is_same_v<delta, T>,
        "ab::testing::mutators: a mutator gives its delta, of the type that it changes, an ab::result of it, or "
        "nothing");
    auto args = arguments<args_type>(c, replica, std::make_index_sequence<std::tuple_size_v<args_type>>{});
    T& state = h.states[replica];
    watch.changing(replica, state, m, args);
    T before{};
    if constexpr (Watch::wants_before) before = state;
    if constexpr (std::is_same_v<result, T>) {
      h.deltas[replica] = change(m.change, state, args);
      watch.changed(replica, before, state, &h.deltas[replica]);
    } else if constexpr (std::is_same_v<delta, T>) {
      if (auto made = change(m.change, state, args)) {
        h.deltas[replica] = *std::move(made);
        watch.changed(replica, before, state, &h.deltas[replica]);
      } else {
        T const nothing{};
        watch.changed(replica, before, state, &nothing);  // who refuses changes nothing
      }
    } else {
      change(m.change, state, args);
      watch.changed(replica, before, state, static_cast<T const*>(nullptr));
    }
  }
};

// A history of up to 24 steps: a replica is changed, or joins another's state or last delta.
template <class T, std::size_t N, class Watch>
constexpr history<T, N> run(choices& c, Watch const& watch) {
  history<T, N> h;
  constexpr auto list = mutators<T>::list();
  constexpr auto kinds = std::tuple_size_v<std::remove_const_t<decltype(list)>>;
  static_assert(kinds > 0, "ab::testing::mutators: the list is empty");
  std::size_t used = 0;
  for (std::size_t step = 0; step < 24 && c.more(); ++step) {
    // Replicas are alike, so the next new one stands for all that weren't used yet.
    std::size_t const at = c.pick(static_cast<std::uint32_t>(used < N ? used + 1 : N));
    if (at == used) ++used;
    auto const action = c.pick(static_cast<std::uint32_t>(used > 1 ? kinds + 2 : kinds));
    if (action < kinds) {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        ((I == action ? change_at<T, N, Watch>{h, c, watch, at}(std::get<I>(list)) : void()), ...);
      }(std::make_index_sequence<kinds>{});
    } else {
      std::size_t from = c.pick(static_cast<std::uint32_t>(used - 1));
      if (from >= at) ++from;
      bool const delta = action > kinds;
      watch.joined(at, from, delta);
      ab::join(h.states[at], delta ? h.deltas[from] : h.states[from]);
    }
  }
  return h;
}

}  // namespace ab::testing::detail
