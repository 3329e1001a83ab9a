/// @file
/// `ab::lattice::lexicographic`: the greater first component wins, the second joins where they are equal.
#pragma once

#include "anabranch/codec/fields.hpp"
#include "anabranch/lattice/chain.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/merge_parts.hpp"
#include "anabranch/lattice/operations.hpp"

#include <string_view>
#include <utility>

namespace ab::lattice {

/// A version and what it versions: the greater `first` brings its `second` along; where they are equal, the seconds join.
///
/// `First` is a chain. Were two firsts neither above the other, their join would be a third one, which has no second: both
/// seconds would be lost, and a value could shrink by joining.
/// @tparam First a chain: `max`, `min`, `any`, `all`, `option` or `lexicographic` of chains, or a type that says so
/// @tparam Second any lattice
template <class First, class Second>
class lexicographic {
  static consteval bool check() {
    static_assert(chain<First>,
                  "ab::lattice::lexicographic: the first component must be a chain (any two values comparable), or "
                  "joining two that aren't would lose both seconds: take ab::lattice::max or the like, pair for two "
                  "lattices side by side, or `static constexpr bool is_chain = true;` where it is one");
    return require_join_semilattice<Second>();
  }

 public:
  using merge_parts = ab::lattice::merge_parts<First, Second>;
  static constexpr std::string_view merge_name = "lexicographic";
  static constexpr bool is_chain = chain<Second>;

  constexpr lexicographic() = default;
  constexpr lexicographic(First first, Second second) : first_(std::move(first)), second_(std::move(second)) {}

  constexpr First const& first() const noexcept { return first_; }
  constexpr Second const& second() const noexcept { return second_; }

  constexpr bool join(lexicographic const& other) {
    static_assert(check());
    if (ab::leq(other.first_, first_)) {
      if (!ab::leq(first_, other.first_)) return false;
      return ab::join(second_, other.second_);
    }
    *this = other;
    return true;
  }
  constexpr bool join(lexicographic&& other) {
    static_assert(check());
    if (ab::leq(other.first_, first_)) {
      if (!ab::leq(first_, other.first_)) return false;
      return ab::join(second_, std::move(other.second_));
    }
    *this = std::move(other);
    return true;
  }
  constexpr bool leq(lexicographic const& other) const {
    if (!ab::leq(first_, other.first_)) return false;
    return !ab::leq(other.first_, first_) || ab::leq(second_, other.second_);
  }
  constexpr bool is_bottom() const { return ab::is_bottom(first_) && ab::is_bottom(second_); }
  constexpr lexicographic difference(lexicographic const& other) const {
    if (!ab::leq(first_, other.first_)) return *this;
    if (!ab::leq(other.first_, first_)) return {};
    auto rest = ab::difference(second_, other.second_);
    if (ab::is_bottom(rest)) return {};
    return {first_, std::move(rest)};
  }
  /// Whether containers of fixed capacity were too small within, so that something is missing.
  constexpr bool overflowed() const {
    return ab::detail::lattices::overflowed(first_) || ab::detail::lattices::overflowed(second_);
  }
  template <class F>
  constexpr void decompose(F f) const {
    if (!ab::is_bottom(second_))
      ab::decompose(second_, [&](Second const& part) { f(lexicographic(first_, part)); });
    else if (!ab::is_bottom(first_))
      f(*this);
  }
  friend constexpr bool operator==(lexicographic const& a, lexicographic const& b) {
    return ab::same(a.first_, b.first_) && ab::same(a.second_, b.second_);
  }

  static constexpr auto fields() noexcept { return ab::fields(&lexicographic::first_, &lexicographic::second_); }

 private:
  First first_{};
  Second second_{};
};

}  // namespace ab::lattice
