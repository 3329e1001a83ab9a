/// @file
/// `ab::check_laws`: whether a type is the lattice that it says it is.
#pragma once

#include "anabranch/lattice/concepts.hpp"
#include "anabranch/testing/choices.hpp"
#include "anabranch/testing/detail/counterexample.hpp"
#include "anabranch/testing/detail/law_cases.hpp"
#include "anabranch/testing/law.hpp"
#include "anabranch/testing/verdict.hpp"

#include <cstddef>
#include <cstdint>

namespace ab {

namespace testing {

/// All values up to a size: the largest at which a law has about so many cases. In a history each step and each delta that
/// is looked at counts for the size, in a set each element, in a number its distance from 0.
struct exhaustive {
  std::size_t cases = 5000;
};

/// So many random cases for each law.
struct random_cases {
  std::size_t cases = 1000;
  std::uint64_t seed = 1;
};

namespace detail {

// The compiler prints the arguments of the template that fails: the type, the law, and the values in C++.
template <class T, law Broken, shown Counterexample>
constexpr bool law_must_hold() {
  static_assert(Broken != law::reflexive, "ab::check_laws: `leq` and `==` must hold of a value and itself");
  static_assert(Broken != law::identity, "ab::check_laws: `T{}` must be the least value, and join without effect");
  static_assert(Broken != law::idempotent,
                "ab::check_laws: a value joined with itself must stay as it is, and `join` give false");
  static_assert(Broken != law::commutative, "ab::check_laws: `join` must give the same from both sides");
  static_assert(Broken != law::upper_bound, "ab::check_laws: both must be `leq` what they join to");
  static_assert(Broken != law::order, "ab::check_laws: `a.leq(b)` must say whether joining a into b changes nothing");
  static_assert(Broken != law::equality, "ab::check_laws: `==` must hold exactly where each is `leq` the other");
  static_assert(Broken != law::growth, "ab::check_laws: `join` must give true exactly where the value changed");
  static_assert(Broken != law::moving, "ab::check_laws: `join(T&&)` must do what `join(T const&)` does");
  static_assert(Broken != law::chain,
                "ab::check_laws: `is_chain` says that any two values are comparable; these aren't");
  static_assert(Broken != law::associative, "ab::check_laws: `join` must not depend on what is joined first");
  static_assert(Broken != law::transitive, "ab::check_laws: `leq` must be transitive");
  static_assert(Broken != law::least_upper_bound,
                "ab::check_laws: `join` must give the least of the values above both, no more");
  static_assert(Broken != law::decomposition_rejoins, "ab::check_laws: what `decompose` gives must join to the value");
  static_assert(Broken != law::decomposition_is_lean,
                "ab::check_laws: `decompose` must give no part that can be left out");
  static_assert(Broken != law::parts_are_whole, "ab::check_laws: a part from `decompose` must decompose into itself");
  static_assert(Broken != law::parts_are_irreducible,
                "ab::check_laws: a part from `decompose` must not be a join of smaller values");
  static_assert(Broken != law::difference_restores,
                "ab::check_laws: what `a.difference(b)` gives must bring b up to b joined with a");
  static_assert(Broken != law::difference_is_lean,
                "ab::check_laws: `difference` must give nothing that can be left out");
  static_assert(Broken != law::difference_is_least,
                "ab::check_laws: `difference` must give the least value that brings b up to a");
  static_assert(Broken != law::difference_to_itself,
                "ab::check_laws: the difference to itself must be `T{}`, and that to `T{}` all");
  static_assert(Broken != law::encoding_round_trips, "ab::check_laws: decoding must give what was encoded");
  static_assert(Broken != law::encoding_is_canonical,
                "ab::check_laws: two values must have the same bytes exactly where they are the same");
  static_assert(Broken != law::mutators_inflate, "ab::check_laws: a mutator must leave what is above what it found");
  static_assert(Broken != law::mutators_are_deltas,
                "ab::check_laws: what a mutator leaves must be what it found, joined with the delta that it gave");
  static_assert(Broken != law::values_differ,
                "ab::check_laws: all generated values are T{}, so that nothing was checked: let the generator "
                "(ab::testing::arbitrary, or the mutators) make others");
  return false;
}

// Variables, since each is evaluated once and by itself: compilers limit what one evaluation may take.
template <class T, law L, std::size_t Cases>
inline constexpr finding found = all_cases<T, L>(Cases);

template <class T, law L, std::size_t Cases>
inline constexpr bool law_held = [] {
  if constexpr (found<T, L, Cases>.failed)
    return law_must_hold<T, L, shown(counterexample<T, L>(found<T, L, Cases>.how).view())>();
  else
    return true;
}();

template <class T, std::size_t Cases, std::size_t At = 0>
constexpr bool laws_hold() {
  if constexpr (At == laws_of<T>.size)
    return true;
  else if constexpr (law_held<T, laws_of<T>.all[At], Cases>)
    return laws_hold<T, Cases, At + 1>();
  else
    return false;
}

}  // namespace detail

}  // namespace testing

/// All laws over all small values, while compiling. Doesn't compile where one is broken: the message says which, and the
/// template arguments in it hold the shortest counterexample as C++.
///
/// ```cpp
/// struct settings { ab::lattice::max<int> volume; ab::lattice::set<int> plugins; };
/// static_assert(ab::check_laws<settings>());
/// ```
///
/// Values come from `ab::testing::arbitrary` or the type's `ab::testing::mutators`; plain structs and the lattices of the
/// library need nothing. More `Cases` check larger values and take longer; so many are within the default limits of compilers
/// for every type of the library (beyond: GCC `-fconstexpr-ops-limit=`, Clang `-fconstexpr-steps=`).
template <class T, std::size_t Cases = 50>
constexpr bool check_laws() {
  static_assert(require_join_semilattice<T>());
  return testing::detail::laws_hold<T, Cases>();
}

/// The same as a value, which says at most what the compiler would.
template <class T>
constexpr testing::verdict check_laws(testing::exhaustive scope) {
  return testing::detail::check_each<T>(
      [&]<testing::law L>() { return testing::detail::all_cases<T, L>(scope.cases); });
}

/// All laws over random values. A verdict that isn't met holds the shortest counterexample found as C++.
template <class T>
constexpr testing::verdict check_laws(testing::random_cases scope) {
  return testing::detail::check_each<T>(
      [&]<testing::law L>() { return testing::detail::some_cases<T, L>(scope.cases, scope.seed); });
}

/// One law alone, e.g. behind a broken one that `check_laws` stops at.
template <class T, testing::law L>
constexpr testing::verdict check_law(testing::exhaustive scope = {}) {
  return testing::detail::judge<T, L>(testing::detail::all_cases<T, L>(scope.cases));
}
template <class T, testing::law L>
constexpr testing::verdict check_law(testing::random_cases scope) {
  return testing::detail::judge<T, L>(testing::detail::some_cases<T, L>(scope.cases, scope.seed));
}

}  // namespace ab
