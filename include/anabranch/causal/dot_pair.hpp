/// @file
/// `ab::dot_pair`: two stores over the same dots.
#pragma once

#include "anabranch/causal/dot.hpp"

namespace ab {

/// Two dot stores side by side. A dot store.
template <class First, class Second>
struct dot_pair {
  using containers = typename First::containers;
  static constexpr bool bounded = First::bounded || Second::bounded;
  static constexpr bool leaf = First::leaf && Second::leaf;

  First first{};
  Second second{};

  constexpr bool empty() const noexcept { return first.empty() && second.empty(); }
  constexpr void clear() {
    first.clear();
    second.clear();
  }
  constexpr bool overflowed() const noexcept { return first.overflowed() || second.overflowed(); }
  constexpr bool contains(dot d) const noexcept { return first.contains(d) || second.contains(d); }
  constexpr bool well_formed() const noexcept { return first.well_formed() && second.well_formed(); }
  template <class F>
  constexpr void each_dot(F const& f) const {
    first.each_dot(f);
    second.each_dot(f);
  }
  template <class Context>
  constexpr bool join(dot_pair const& o, Context const& mine, Context const& theirs) {
    bool const one = first.join(o.first, mine, theirs);
    return second.join(o.second, mine, theirs) || one;
  }
  template <class Context>
  constexpr bool remove(Context const& theirs) {
    bool const one = first.remove(theirs);
    return second.remove(theirs) || one;
  }
  template <class Context>
  constexpr bool leq(dot_pair const& o, Context const& mine) const {
    return first.leq(o.first, mine) && second.leq(o.second, mine);
  }
  template <class Context>
  constexpr void difference(dot_pair const& o, Context const& theirs, dot_pair& d) const {
    first.difference(o.first, theirs, d.first);
    second.difference(o.second, theirs, d.second);
  }
  template <class Context, class F>
  constexpr void removed(dot_pair const& o, Context const& mine, F const& f) const {
    first.removed(o.first, mine, f);
    second.removed(o.second, mine, f);
  }
  template <class F>
  constexpr void decompose(F const& f) const {
    first.decompose([&f](dot d, First const& part) { f(d, dot_pair{part, Second()}); });
    second.decompose([&f](dot d, Second const& part) { f(d, dot_pair{First(), part}); });
  }

  friend constexpr bool operator==(dot_pair const&, dot_pair const&) = default;
};

}  // namespace ab
