/// @file
/// `ab::testing::law`: what holds of every join-semilattice, and `holds`, which says whether it does of given values.
#pragma once

#include "anabranch/codec/decode.hpp"
#include "anabranch/codec/encode.hpp"
#include "anabranch/lattice/chain.hpp"
#include "anabranch/lattice/operations.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::testing {

/// The laws, simplest first.
enum class law : std::uint8_t {
  reflexive,              ///< `a.leq(a)`, and `a` is the same as itself
  identity,               ///< `T{}` is below all, and joins without effect on either side
  idempotent,             ///< `a` joined with `a` is `a`, and doesn't say that it grew
  commutative,            ///< `a` joined with `b` is `b` joined with `a`
  upper_bound,            ///< what is joined is above both
  order,                  ///< `a.leq(b)` exactly where `b` joined with `a` is `b`
  equality,               ///< `a` and `b` are the same exactly where each is `leq` the other
  growth,                 ///< `join` says that it grew exactly where it did
  moving,                 ///< a join that may take from its argument does the same
  chain,                  ///< where the type says that it is a chain, any two are comparable
  associative,            ///< `a` joined with `b`, joined with `c`, is `a` joined with what `b` and `c` join to
  transitive,             ///< what is below what is below `c` is below `c`
  least_upper_bound,      ///< what is above both is above their join
  decomposition_rejoins,  ///< the parts of `a` join to `a`
  decomposition_is_lean,  ///< no part of `a` can be left out, and none is `T{}`
  parts_are_whole,        ///< each part decomposes into itself
  parts_are_irreducible,  ///< what is strictly below a part lacks all of it
  difference_restores,    ///< `b` joined with the difference of `a` to it is `b` joined with `a`
  difference_is_lean,     ///< the difference is below `a`, and no part of it can be left out
  difference_is_least,    ///< what else brings `b` up to `a` is above the difference
  difference_to_itself,   ///< is `T{}`; and the difference to `T{}` is all
  encoding_round_trips,   ///< what is decoded is what was encoded
  encoding_is_canonical,  ///< two have the same bytes exactly where they are the same
  mutators_inflate,       ///< what a mutator leaves is above what it found
  mutators_are_deltas,    ///< what a mutator leaves is what it found, joined with the delta that it gave
  values_differ,          ///< not a law of lattices: the generator makes different values, or nothing was checked
};

namespace detail {

struct law_text {
  std::string_view name, says;
  std::size_t values;
};

constexpr law_text text_of(law l) {
  switch (l) {
    case law::reflexive: return {"reflexive", "a is leq a", 1};
    case law::identity: return {"identity", "T{} is leq all, and joins without effect", 1};
    case law::idempotent: return {"idempotent", "a joined with a is a, and didn't grow", 1};
    case law::commutative: return {"commutative", "a joined with b is b joined with a", 2};
    case law::upper_bound: return {"upper_bound", "a and b are leq what they join to", 2};
    case law::order: return {"order", "a is leq b exactly where b joined with a is b", 2};
    case law::equality: return {"equality", "a is the same as b exactly where each is leq the other", 2};
    case law::growth: return {"growth", "join says that it grew exactly where it did", 2};
    case law::moving: return {"moving", "a join that moves does what one that copies does", 2};
    case law::chain: return {"chain", "any two of a chain are comparable", 2};
    case law::associative: return {"associative", "a with b, with c, is a with what b and c join to", 3};
    case law::transitive: return {"transitive", "where a is leq b and b leq c, a is leq c", 3};
    case law::least_upper_bound: return {"least_upper_bound", "what a and b are leq, their join is leq", 3};
    case law::decomposition_rejoins: return {"decomposition_rejoins", "the parts of a join to a", 1};
    case law::decomposition_is_lean: return {"decomposition_is_lean", "no part of a can be left out", 1};
    case law::parts_are_whole: return {"parts_are_whole", "a part decomposes into itself", 1};
    case law::parts_are_irreducible:
      return {"parts_are_irreducible", "the difference of a part to what is strictly below it is the part", 2};
    case law::difference_restores:
      return {"difference_restores", "b joined with the difference of a to b is b joined with a", 2};
    case law::difference_is_lean:
      return {"difference_is_lean", "the difference of a to b is leq a, and no part of it can be left out", 2};
    case law::difference_is_least:
      return {"difference_is_least", "where c, too, brings b up to a, the difference of a to b is leq c", 3};
    case law::difference_to_itself:
      return {"difference_to_itself", "the difference of a to a is T{}, and that to T{} is a", 1};
    case law::encoding_round_trips: return {"encoding_round_trips", "decoding gives what was encoded", 1};
    case law::encoding_is_canonical:
      return {"encoding_is_canonical", "a and b have the same bytes exactly where they are the same", 2};
    case law::mutators_inflate: return {"mutators_inflate", "what a mutator found is leq what it leaves", 0};
    case law::mutators_are_deltas:
      return {"mutators_are_deltas", "what a mutator leaves is what it found, joined with its delta", 0};
    case law::values_differ: return {"values_differ", "the generator makes values that differ from T{}", 1};
  }
  return {};
}

template <class T>
constexpr std::vector<T> parts_of(T const& a) {
  std::vector<T> parts;
  ab::decompose(a, [&](T const& part) { parts.push_back(part); });
  return parts;
}
// `start`, joined with all parts but the one at `left_out`.
template <class T>
constexpr T join_all(T start, std::vector<T> const& parts, std::size_t left_out = SIZE_MAX) {
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (i != left_out) ab::join(start, parts[i]);
  return start;
}
template <class T>
constexpr bool same_bytes(T const& a, T const& b) {
  auto const x = ab::encode(a), y = ab::encode(b);
  if (x.size() != y.size()) return false;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (x[i] != y[i]) return false;
  return true;
}

template <class T>
concept says_chain = requires { requires bool{T::is_chain}; };

}  // namespace detail

/// Whether a law of one value holds of it; also `true` where it says nothing of the type (an encoding, where there is none).
template <law L, class T>
constexpr bool holds(T const& a) {
  static_assert(detail::text_of(L).values == 1, "ab::testing::holds: this law is about another number of values");
  T const none{};
  if constexpr (L == law::reflexive) {
    return ab::leq(a, a) && ab::same(a, a);
  } else if constexpr (L == law::identity) {
    return ab::leq(none, a) && ab::same(ab::joined(a, none), a) && ab::same(ab::joined(none, a), a);
  } else if constexpr (L == law::idempotent) {
    T again = a;
    return !ab::join(again, a) && ab::same(again, a);
  } else if constexpr (L == law::decomposition_rejoins) {
    return ab::same(detail::join_all(none, detail::parts_of(a)), a);
  } else if constexpr (L == law::decomposition_is_lean) {
    auto const parts = detail::parts_of(a);
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (ab::is_bottom(parts[i]) || ab::same(detail::join_all(none, parts, i), a)) return false;
    return true;
  } else if constexpr (L == law::parts_are_whole) {
    for (T const& part : detail::parts_of(a)) {
      auto const own = detail::parts_of(part);
      if (own.size() != 1 || !ab::same(own[0], part)) return false;
    }
    return true;
  } else if constexpr (L == law::difference_to_itself) {
    return ab::same(ab::difference(a, a), none) && ab::same(ab::difference(a, none), a);
  } else if constexpr (L == law::encoding_round_trips) {
    if constexpr (canonical_codec::encodable<T>) {
      auto const bytes = ab::encode(a);
      auto const again = ab::decode<T>(bytes);
      return again.has_value() && ab::same(*again, a);
    }
    return true;
  } else {
    return !ab::same(a, none);
  }
}

/// The same for a law of two values.
template <law L, class T>
constexpr bool holds(T const& a, std::type_identity_t<T> const& b) {
  static_assert(detail::text_of(L).values == 2, "ab::testing::holds: this law is about another number of values");
  if constexpr (L == law::commutative) {
    return ab::same(ab::joined(a, b), ab::joined(b, a));
  } else if constexpr (L == law::upper_bound) {
    auto const both = ab::joined(a, b);
    return ab::leq(a, both) && ab::leq(b, both);
  } else if constexpr (L == law::order) {
    return ab::leq(a, b) == ab::same(ab::joined(b, a), b);
  } else if constexpr (L == law::equality) {
    return (ab::leq(a, b) && ab::leq(b, a)) == ab::same(a, b);
  } else if constexpr (L == law::growth) {
    T grown = a;
    bool const grew = ab::join(grown, b);
    return grew != ab::same(grown, a);
  } else if constexpr (L == law::moving) {
    T moved = a, taken = b;
    bool const grew = ab::join(moved, std::move(taken));
    T copied = a;
    return grew == ab::join(copied, b) && ab::same(moved, copied);
  } else if constexpr (L == law::chain) {
    if constexpr (detail::says_chain<T>) return ab::leq(a, b) || ab::leq(b, a);
    return true;
  } else if constexpr (L == law::parts_are_irreducible) {
    for (T const& part : detail::parts_of(a))
      if (ab::leq(b, part) && !ab::same(b, part) && !ab::same(ab::difference(part, b), part)) return false;
    return true;
  } else if constexpr (L == law::difference_restores) {
    return ab::same(ab::joined(b, ab::difference(a, b)), ab::joined(b, a));
  } else if constexpr (L == law::difference_is_lean) {
    auto const d = ab::difference(a, b);
    auto const both = ab::joined(b, a);
    auto const parts = detail::parts_of(d);
    if (!ab::leq(d, a)) return false;
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (ab::same(detail::join_all(b, parts, i), both)) return false;
    return true;
  } else {
    if constexpr (canonical_codec::encodable<T>) return detail::same_bytes(a, b) == ab::same(a, b);
    return true;
  }
}

/// The same for a law of three values.
template <law L, class T>
constexpr bool holds(T const& a, std::type_identity_t<T> const& b, std::type_identity_t<T> const& c) {
  static_assert(detail::text_of(L).values == 3, "ab::testing::holds: this law is about another number of values");
  if constexpr (L == law::associative) {
    return ab::same(ab::joined(ab::joined(a, b), c), ab::joined(a, ab::joined(b, c)));
  } else if constexpr (L == law::transitive) {
    return !ab::leq(a, b) || !ab::leq(b, c) || ab::leq(a, c);
  } else if constexpr (L == law::least_upper_bound) {
    return !ab::leq(a, c) || !ab::leq(b, c) || ab::leq(ab::joined(a, b), c);
  } else {
    auto const both = ab::joined(b, a);
    return !ab::same(ab::joined(b, c), both) || ab::leq(ab::difference(a, b), c);
  }
}

}  // namespace ab::testing
