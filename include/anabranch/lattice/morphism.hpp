/// @file
/// `ab::lattice::morphism`: a function between lattices that preserves joins, and `view`, which is kept by deltas alone.
#pragma once

#include "anabranch/lattice/map.hpp"
#include "anabranch/lattice/max.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/lattice/set.hpp"

#include <concepts>
#include <type_traits>
#include <utility>

namespace ab::lattice {

namespace detail {

template <class F, class From>
using image = std::remove_cvref_t<decltype(std::declval<F const&>()(std::declval<From const&>()))>;

}  // namespace detail

/// `F` takes a `From` to another lattice: `f(T{})` is the least there, and `f` of a join is the join of both images. The
/// compiler sees the types; `ab::check_morphism` checks the rest.
template <class F, class From>
concept morphism = join_semilattice<From> && std::copy_constructible<F> && requires(F const& f, From const& a) {
  requires join_semilattice<std::remove_cvref_t<decltype(f(a))>>;
};

/// What a morphism makes of a state, kept by the state's deltas alone: the state itself is not needed, and a delta that comes
/// twice or late does no harm.
///
/// ```cpp
/// ab::lattice::view<ab::lattice::largest, ab::lattice::set<int>> top;
/// top.join(numbers.difference(before));
/// ```
template <class F, class From>
class view {
  static_assert(
      morphism<F, From>,
      "ab::lattice::view: the function takes a `From const&` and gives a lattice; `ab::check_morphism` says whether "
      "it preserves joins");

 public:
  using value_type = detail::image<F, From>;

  constexpr view() = default;
  constexpr explicit view(F f) : f_(std::move(f)) {}

  /// @return whether it grew
  constexpr bool join(From const& delta) { return ab::join(value_, f_(delta)); }
  constexpr value_type const& value() const noexcept { return value_; }

 private:
  value_type value_{};
  [[no_unique_address]] F f_{};
};

/// The largest element of a set.
struct largest {
  template <class T, class Containers>
  constexpr max<T> operator()(set<T, Containers> const& all) const {
    max<T> most;
    for (T const& v : all) most.join(max<T>(v));
    return most;
  }
};

/// The keys of a map.
struct keys {
  template <class K, class V, class Containers>
  constexpr set<K, Containers> operator()(map<K, V, Containers> const& all) const {
    set<K, Containers> these;
    for (auto const& e : all) these.insert(e.key);
    return these;
  }
};

/// A field of a struct: `field<&settings::volume>`.
template <auto Member>
struct field {
  template <class T>
  constexpr auto operator()(T const& whole) const {
    return whole.*Member;
  }
};

}  // namespace ab::lattice
