/// @file
/// `ab::nested`: what a type becomes within a map.
#pragma once

#include "anabranch/crdt/add_wins_set.hpp"
#include "anabranch/crdt/causal_counter.hpp"
#include "anabranch/crdt/causal_lww_register.hpp"
#include "anabranch/crdt/causal_state.hpp"
#include "anabranch/crdt/g_counter.hpp"
#include "anabranch/crdt/pn_counter.hpp"
#include "anabranch/crdt/resettable_counter.hpp"

namespace ab {

/// The form of a `State` that shares a map's context, so that erasing its key removes what was seen and nothing else. Types over
/// dots are it already. Specialise it for a type of yours.
template <class State>
struct nested {
  static_assert(
      detail::causal_type<State>,
      "ab::add_wins_map: what lies in a map is removed with its key, which this type can't do, as it keeps no "
      "dots: take an ab::add_wins_map, add_wins_set, remove_wins_set, bag, ordered_list, mv_register, "
      "enable_wins_flag, disable_wins_flag, lww_register or a counter, give each field of a struct a key of its own, "
      "or "
      "specialise ab::nested");
  using type = State;
};
template <class C>
struct nested<g_counter<C>> {
  using type = causal_counter<C, counting::up>;
};
template <class C>
struct nested<pn_counter<C>> {
  using type = causal_counter<C, counting::up_and_down>;
};
template <class C>
struct nested<resettable_counter<C>> {
  using type = causal_counter<C>;
};
template <class T, class Stamp>
struct nested<lww_register<T, Stamp>> {
  using type = causal_lww_register<T, Stamp>;
};

}  // namespace ab
