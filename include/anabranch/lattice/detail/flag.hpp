// What `any` and `all` share: a bool that leaves its start once.
#pragma once

#include "anabranch/codec/fields.hpp"
#include "anabranch/core/inline.hpp"

namespace ab::detail::lattices {

template <class Whole, bool Start>
class flag {
 public:
  static constexpr bool is_chain = true;

  constexpr flag() = default;
  constexpr explicit flag(bool value) noexcept : value_(value) {}

  constexpr bool value() const noexcept { return value_; }

  ANABRANCH_ALWAYS_INLINE constexpr bool join(Whole const& other) noexcept {
    bool const before = value_;
    value_ = static_cast<bool>(Start ? value_ & other.value_ : value_ | other.value_);
    return value_ != before;
  }
  constexpr bool leq(Whole const& other) const noexcept { return value_ == Start || other.value_ != Start; }
  constexpr bool is_bottom() const noexcept { return value_ == Start; }
  constexpr Whole difference(Whole const& other) const noexcept { return Whole(leq(other) ? Start : !Start); }
  template <class F>
  constexpr void decompose(F f) const {
    if (!is_bottom()) f(static_cast<Whole const&>(*this));
  }
  friend constexpr bool operator==(flag const&, flag const&) = default;

 protected:
  bool value_ = Start;
};

}  // namespace ab::detail::lattices
