/// @file
/// `ab::lww_register`: a value, of which the last write counts.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/clock/timestamp.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/codec/types/optional.hpp"
#include "anabranch/lattice/value_order.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace ab {

/// A write: when, and what.
template <class T, class Stamp>
struct stamped {
  Stamp at{};
  T value{};
  friend constexpr bool operator==(stamped const& a, stamped const& b) {
    return ab::value_equal(a.at, b.at) && ab::value_equal(a.value, b.value);
  }
  /// Whether `b` counts where both were written.
  friend constexpr bool operator<(stamped const& a, stamped const& b) {
    if (ab::value_less(a.at, b.at)) return true;
    return !ab::value_less(b.at, a.at) && ab::value_less(a.value, b.value);
  }
};

/// A value with the stamp of its write: the later stamp counts, and of equal stamps the greater value, so that all replicas
/// agree whatever their clocks do. What loses is lost: where that hurts, take an `ab::mv_register`.
/// @tparam T ordered, see `ab::value_less`: floating-point numbers with NaN, too
/// @tparam Stamp ordered in the same way, such as `ab::timestamp`
template <class T, class Stamp = timestamp>
class lww_register {
 public:
  using value_type = T;
  static constexpr bool bounded = false;
  static constexpr bool requires_causal_delivery = false;
  static constexpr std::string_view merge_name = "lww_register/1";

  /// Nothing, and an empty delta, where a later one was written.
  constexpr lww_register set(Stamp at, T value) {
    static_assert(ordered_values<T>,
                  "ab::lww_register: of two writes with the same stamp the greater value counts, so that all agree: "
                  "give this type a `<` that orders all its values, such as `friend auto operator<=>(T const&, T "
                  "const&) = default;`, and where floating-point numbers are in it, which may be NaN, by "
                  "std::strong_order");
    lww_register delta;
    delta.written_.emplace(stamped<T, Stamp>{std::move(at), std::move(value)});
    if (!join(delta)) return {};
    return delta;
  }
  /// The same for code that is also written for registers in maps, which need the replica.
  constexpr lww_register set(replica const&, Stamp at, T value) { return set(std::move(at), std::move(value)); }

  /// Whether it was ever set.
  constexpr bool has_value() const noexcept { return written_.has_value(); }
  /// `T{}` where it never was.
  constexpr T value() const { return written_ ? written_->value : T(); }
  /// The write that counts.
  constexpr std::optional<stamped<T, Stamp>> const& write() const noexcept { return written_; }
  constexpr bool is_bottom() const noexcept { return !written_; }

  constexpr bool join(lww_register const& o) {
    if (o.leq(*this)) return false;
    *this = o;
    return true;
  }
  constexpr bool leq(lww_register const& o) const {
    if (!written_ || !o.written_) return !written_;
    return !(*o.written_ < *written_);
  }
  constexpr lww_register difference(lww_register const& o) const {
    if (leq(o)) return {};
    return *this;
  }
  template <class F>
  constexpr void decompose(F f) const {
    if (written_) f(*this);
  }
  friend constexpr bool operator==(lww_register const&, lww_register const&) = default;
  static constexpr auto fields() { return ab::fields(&lww_register::written_); }

 private:
  std::optional<stamped<T, Stamp>> written_{};
};

}  // namespace ab
