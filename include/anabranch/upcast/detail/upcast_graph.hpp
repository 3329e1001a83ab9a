// Which versions there are, and how each becomes today's.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/families.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/upcast/detail/upcaster.hpp"
#include "anabranch/upcast/upcasts.hpp"

#include <cstddef>
#include <type_traits>

namespace ab::detail {

struct no_upcaster {};

// The upcaster that takes a T alone, and the one that takes it in a run.
template <class T, class... Us>
struct upcasters_from {
  using step = no_upcaster;
  using run = no_upcaster;
  static constexpr std::size_t steps = 0, runs = 0;
};
template <class T, class U, class... Us>
struct upcasters_from<T, U, Us...> {
 private:
  using rest = upcasters_from<T, Us...>;
  static constexpr bool takes = place_in<T>(from_of<U>{}) < from_of<U>::size;
  static constexpr bool alone = takes && from_of<U>::size == 1;
  static constexpr bool among = takes && from_of<U>::size > 1;

 public:
  using step = std::conditional_t<alone, U, typename rest::step>;
  using run = std::conditional_t<among, U, typename rest::run>;
  static constexpr std::size_t steps = rest::steps + (alone ? 1 : 0);
  static constexpr std::size_t runs = rest::runs + (among ? 1 : 0);
};

// Every type once, without those of `Known`.
template <class Known, class Found, class... Ts>
struct unique_but {
  using type = Found;
};
template <class Known, class... Found, class T, class... Ts>
struct unique_but<Known, type_list<Found...>, T, Ts...>
    : unique_but<Known,
                 std::conditional_t<Known::template has<T> || index_of<T, Found...>() < sizeof...(Found),
                                    type_list<Found...>, type_list<Found..., T>>,
                 Ts...> {};
template <class Known, class All>
struct old_types;
template <class Known, class... Ts>
struct old_types<Known, type_list<Ts...>> : unique_but<Known, type_list<>, Ts...> {};

template <class E, class... Ts>
struct with_types;
template <class... Es, class... Ts>
struct with_types<one_of<Es...>, Ts...> {
  using type = one_of<Es..., Ts...>;
};

// -- what must hold, each in a template of its own, so that the compiler's trace names the type

template <class T, std::size_t Steps, std::size_t Runs>
consteval bool one_upcaster_must_take() {
  static_assert(Steps <= 1 && Runs <= 1,
                "ab::upcasts: two upcasters take the same version of an event; keep one of them");
  return Steps <= 1 && Runs <= 1;
}
template <class Today, class T>
consteval bool upcaster_must_take_old() {
  static_assert(
      !Today::template has<T>,
      "ab::upcasts: an upcaster takes an event that is still in a family of the store; take the type out of the "
      "family, since an old version is only read");
  return !Today::template has<T>;
}
template <class T, bool Reaches>
consteval bool version_must_have_a_step() {
  static_assert(
      Reaches,
      "ab::upcasts: this version of an event is none of today's, and no upcaster takes it on; write one from it to "
      "the next version, or put the type into a family of the store");
  return Reaches;
}
template <class T, bool Circle>
consteval bool version_must_not_come_back() {
  static_assert(!Circle, "ab::upcasts: the upcasters go in a circle, from this version back to itself");
  return !Circle;
}
template <class T, bool Told>
consteval bool dropped_must_tell_family() {
  static_assert(
      Told,
      "ab::upcasts: this event is dropped, and the store has several families: say in its upcaster whose it was, "
      "`using family = account_event;`");
  return Told;
}

template <class Families, class Upcasts>
struct upcast_graph;

template <class... Es>
struct upcast_graph<families<Es...>, upcasts<>> {
  static constexpr bool lifts = false;
  static constexpr bool has_runs = false;
  using any_event = typename concatenated<Es...>::type;
  using any_stored = any_event;
  template <class E>
  using stored = E;
};

template <class... Es, class... Us>
  requires(sizeof...(Us) > 0)
struct upcast_graph<families<Es...>, upcasts<Us...>> {
  using any_event = typename concatenated<Es...>::type;
  static_assert((must_be_upcaster<Us>() && ...));

  static constexpr bool lifts = true;
  static constexpr bool has_runs = ((from_of<Us>::size > 1) || ...);
  using old = typename old_types<any_event, typename joined<from_of<Us>..., to_of<Us>...>::type>::type;

  template <class T>
  using step = typename upcasters_from<T, Us...>::step;
  template <class T>
  using run = typename upcasters_from<T, Us...>::run;

 private:
  template <class T, class... Above>
  static consteval bool comes_back() {
    if constexpr (index_of<T, Above...>() < sizeof...(Above)) {
      return true;
    } else if constexpr (std::is_same_v<step<T>, no_upcaster>) {
      return false;
    } else {
      return []<class... Ts>(type_list<Ts...>) { return (comes_back<Ts, Above..., T>() || ...); }(to_of<step<T>>{});
    }
  }
  template <class T>
  static consteval bool check_target() {
    return version_must_have_a_step < T, any_event::template has<T> || !std::is_same_v < step<T>, no_upcaster >> ();
  }
  template <class U>
  static consteval bool check() {
    return []<class... As, class... Bs>(type_list<As...>, type_list<Bs...>) {
      return (upcaster_must_take_old<any_event, As>() && ...) &&
             (one_upcaster_must_take<As, upcasters_from<As, Us...>::steps, upcasters_from<As, Us...>::runs>() && ...) &&
             (check_target<Bs>() && ...) && (version_must_not_come_back<As, comes_back<As>()>() && ...);
    }(from_of<U>{}, to_of<U>{});
  }

  // The family of the first event that T leads to.
  template <class T>
  static consteval std::size_t family_of_old() {
    if constexpr (any_event::template has<T>) {
      bool const has[] = {Es::template has<T>...};
      std::size_t i = 0;
      while (!has[i]) ++i;
      return i;
    } else {
      using U = std::conditional_t<std::is_same_v<run<T>, no_upcaster>, step<T>, run<T>>;
      if constexpr (to_of<U>::size > 0) {
        return []<class First, class... Rest>(type_list<First, Rest...>) { return family_of_old<First>(); }(to_of<U>{});
      } else if constexpr (requires { typename U::family; }) {
        return index_of<typename U::family, Es...>();
      } else {
        (void)dropped_must_tell_family<T, sizeof...(Es) == 1>();
        return 0;
      }
    }
  }

  static constexpr bool sound = (check<Us>() && ...);

  template <class E, class Kept, class... Ts>
  struct of_family;
  template <class E, class... Kept>
  struct of_family<E, type_list<Kept...>> {
    using type = typename with_types<E, Kept...>::type;
  };
  template <class E, class... Kept, class T, class... Ts>
  struct of_family<E, type_list<Kept...>, T, Ts...>
      : of_family<
            E,
            std::conditional_t<family_of_old<T>() == index_of<E, Es...>(), type_list<Kept..., T>, type_list<Kept...>>,
            Ts...> {};
  template <class E, class Old>
  struct stored_of;
  template <class E, class... Ts>
  struct stored_of<E, type_list<Ts...>> : of_family<E, type_list<>, Ts...> {};
  // What doesn't hold has been said; nothing more needs to.
  template <class E, bool Sound>
  struct stored_if : stored_of<E, old> {};
  template <class E>
  struct stored_if<E, false> {
    using type = E;
  };

 public:
  // What a stream of family E may hold: today's events and the old ones that become them.
  template <class E>
  using stored = typename stored_if<E, sound>::type;
  using any_stored = typename concatenated<stored<Es>...>::type;
};

// No two have the same name and version.
template <class... Ts>
consteval bool versions_differ(one_of<Ts...> const*) {
  definition const all[] = {definition_of<Ts>...};
  for (std::size_t i = 0; i < sizeof...(Ts); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (all[i].name == all[j].name && all[i].version == all[j].version) return false;
    }
  }
  return true;
}

}  // namespace ab::detail
