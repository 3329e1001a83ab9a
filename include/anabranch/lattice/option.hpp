/// @file
/// `ab::lattice::option`: nothing yet, or a value of a lattice.
#pragma once

#include "anabranch/codec/fields.hpp"
#include "anabranch/lattice/chain.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/merge_parts.hpp"
#include "anabranch/lattice/operations.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace ab::lattice {

/// A lattice with one more value below all: "never set" is then another thing than "set to the least".
template <class Lattice>
class option {
 public:
  using merge_parts = ab::lattice::merge_parts<Lattice>;
  static constexpr std::string_view merge_name = "option";
  static constexpr bool is_chain = chain<Lattice>;

  constexpr option() = default;
  constexpr explicit option(Lattice value) : value_(std::move(value)) {}

  constexpr bool has_value() const noexcept { return value_.has_value(); }
  /// Only where it `has_value`.
  constexpr Lattice const& operator*() const noexcept { return *value_; }
  constexpr Lattice const* operator->() const noexcept { return &*value_; }

  constexpr bool join(option const& other) {
    static_assert(require_join_semilattice<Lattice>());
    if (!other.value_) return false;
    if (value_) return ab::join(*value_, *other.value_);
    value_ = other.value_;
    return true;
  }
  constexpr bool join(option&& other) {
    static_assert(require_join_semilattice<Lattice>());
    if (!other.value_) return false;
    if (value_) return ab::join(*value_, std::move(*other.value_));
    value_ = std::move(other.value_);
    return true;
  }
  constexpr bool leq(option const& other) const { return !value_ || (other.value_ && ab::leq(*value_, *other.value_)); }
  constexpr bool is_bottom() const noexcept { return !value_; }
  constexpr option difference(option const& other) const {
    if (!value_ || !other.value_) return *this;
    auto rest = ab::difference(*value_, *other.value_);
    if (ab::is_bottom(rest)) return {};
    return option(std::move(rest));
  }
  /// Whether containers of fixed capacity were too small within, so that something is missing.
  constexpr bool overflowed() const { return value_ && ab::detail::lattices::overflowed(*value_); }
  template <class F>
  constexpr void decompose(F f) const {
    if (!value_) return;
    if (ab::is_bottom(*value_))
      f(*this);
    else
      ab::decompose(*value_, [&](Lattice const& part) { f(option(part)); });
  }
  friend constexpr bool operator==(option const& a, option const& b) {
    if (!a.value_ || !b.value_) return !a.value_ && !b.value_;
    return ab::same(*a.value_, *b.value_);
  }

  static constexpr auto fields() noexcept { return ab::fields(&option::value_); }

 private:
  std::optional<Lattice> value_;
};

}  // namespace ab::lattice
