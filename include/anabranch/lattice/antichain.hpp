/// @file
/// `ab::lattice::antichain`: what is maximal in a partial order, e.g. the heads of a history.
#pragma once

#include "anabranch/codec/encode.hpp"
#include "anabranch/codec/traits.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/lattice/operations.hpp"

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace ab::lattice {

/// The partial order that a type comes with: that of a lattice, otherwise its `<=`.
struct natural_order {
  static constexpr std::string_view merge_name = "natural";

  template <class T>
  static constexpr bool leq(T const& a, T const& b) {
    if constexpr (join_semilattice<T>)
      return ab::leq(a, b);
    else
      return a <= b;
  }
};

/// The maximal ones of all values seen: one that is below another is dropped. Two that neither is below the other both stay,
/// which is what concurrent versions are.
///
/// Joins are O(n·m) comparisons: for a few heads, not for thousands. Elements lie in no order.
/// @tparam T a regular value
/// @tparam Order its partial order: `static bool leq(T const&, T const&)`, reflexive, antisymmetric, transitive; and
///   `static constexpr std::string_view merge_name`, so that replicas with different orders don't mix
template <class T, class Order = natural_order>
class antichain {
  static consteval bool check() {
    static_assert(
        requires(T const& a, T const& b) {
          { Order::leq(a, b) } -> std::same_as<bool>;
        },
        "ab::lattice::antichain: the order is `static bool leq(T const&, T const&)`, a partial order; without one "
        "named, T "
        "is a lattice or has `<=`");
    static_assert(std::equality_comparable<T>, "ab::lattice::antichain: the elements need `==`");
    return true;
  }

 public:
  using value_type = T;
  using order = Order;
  static constexpr std::string_view merge_name = "antichain";

  constexpr antichain() = default;
  constexpr antichain(std::initializer_list<T> values) {
    for (T const& v : values) add(v);
  }

  /// Joins with the antichain of this one value. @return whether it grew
  constexpr bool add(T value) {
    static_assert(check());
    for (T const& mine : all_)
      if (Order::leq(value, mine)) return false;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (Order::leq(all_[i], value)) continue;
      if (kept != i) all_[kept] = std::move(all_[i]);
      ++kept;
    }
    while (all_.size() > kept) all_.pop_back();
    all_.push_back(std::move(value));
    return true;
  }
  /// Whether a value is known: it, or one above it, is here.
  constexpr bool covers(T const& value) const {
    for (T const& mine : all_)
      if (Order::leq(value, mine)) return true;
    return false;
  }

  constexpr std::size_t size() const noexcept { return all_.size(); }
  constexpr bool empty() const noexcept { return all_.empty(); }
  constexpr auto begin() const noexcept { return all_.begin(); }
  constexpr auto end() const noexcept { return all_.end(); }

  constexpr bool join(antichain const& other) {
    bool grew = false;
    for (T const& theirs : other.all_) grew |= add(theirs);
    return grew;
  }
  constexpr bool join(antichain&& other) {
    bool grew = false;
    for (T& theirs : other.all_) grew |= add(std::move(theirs));
    return grew;
  }
  constexpr bool leq(antichain const& other) const {
    for (T const& mine : all_)
      if (!other.covers(mine)) return false;
    return true;
  }
  constexpr bool is_bottom() const noexcept { return all_.empty(); }
  constexpr antichain difference(antichain const& other) const {
    antichain d;
    for (T const& mine : all_)
      if (!other.covers(mine)) d.all_.push_back(mine);
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    for (T const& mine : all_) {
      antichain alone;
      alone.all_.push_back(mine);
      f(alone);
    }
  }
  friend constexpr bool operator==(antichain const& a, antichain const& b) {
    if (a.size() != b.size()) return false;
    for (T const& mine : a.all_) {
      bool found = false;
      for (T const& theirs : b.all_) found = found || mine == theirs;
      if (!found) return false;
    }
    return true;
  }

 private:
  friend struct codec_traits<antichain>;
  std::vector<T> all_;
};

}  // namespace ab::lattice

// Stored in the order of the elements' encodings, since they have no other that all replicas agree on.
template <class T, class Order>
struct ab::codec_traits<ab::lattice::antichain<T, Order>> {
  using stored = std::vector<T>;
  using whole = lattice::antichain<T, Order>;

  static constexpr bool before(bytes const& a, bytes const& b) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
      if (a[i] != b[i]) return a[i] < b[i];
    return a.size() < b.size();
  }
  static constexpr stored to(whole const& c) {
    std::vector<bytes> keys;
    stored sorted;
    for (T const& v : c) {
      auto key = encode(v);
      std::size_t at = keys.size();
      keys.push_back(std::move(key));
      sorted.push_back(v);
      for (; at > 0 && before(keys[at], keys[at - 1]); --at) {
        std::swap(keys[at], keys[at - 1]);
        std::swap(sorted[at], sorted[at - 1]);
      }
    }
    return sorted;
  }
  static constexpr result<whole> from(stored all) {
    whole c;
    bytes last;
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto key = encode(all[i]);
      if (i > 0 && !before(last, key)) return unordered();
      last = std::move(key);
      auto const size = c.size();
      c.add(std::move(all[i]));
      if (c.size() != size + 1) return comparable();
    }
    return c;
  }
  static constexpr error unordered() {
    return error(errc::malformed, "the elements of an antichain are not in the order of their encodings",
                 "take the bytes from another replica: no value is stored like that");
  }
  static constexpr error comparable() {
    return error(errc::malformed, "an element of an antichain is below another",
                 "take the bytes from another replica; where it is sound, the two have different orders");
  }
};
