// What `max` and `min` share.
#pragma once

#include "anabranch/codec/detail/scalar.hpp"
#include "anabranch/codec/traits.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/lattice/bounds.hpp"

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab::detail::lattices {

struct upwards {
  static constexpr std::string_view name = "max";
  template <class T>
  static constexpr bool has_start = requires { lattice::bounds<T>::least(); };
  template <class T>
  static constexpr T start() {
    return lattice::bounds<T>::least();
  }
  template <class T>
  ANABRANCH_ALWAYS_INLINE static constexpr bool below(T const& a, T const& b) {
    return a < b;
  }
};
struct downwards {
  static constexpr std::string_view name = "min";
  template <class T>
  static constexpr bool has_start = requires { lattice::bounds<T>::greatest(); };
  template <class T>
  static constexpr T start() {
    return lattice::bounds<T>::greatest();
  }
  template <class T>
  ANABRANCH_ALWAYS_INLINE static constexpr bool below(T const& a, T const& b) {
    return b < a;
  }
};

// `Whole` is the class that derives from it: max<T> or min<T>.
template <class Whole, class T, class Way>
class extremum {
  static_assert(std::is_object_v<T> && std::is_same_v<T, std::remove_cv_t<T>>,
                "ab::lattice::max and min hold a value: no const, no reference");
  static_assert(
      requires(T const& a, T const& b) {
        { a < b } -> std::same_as<bool>;
        { a == b } -> std::same_as<bool>;
      }, "ab::lattice::max and min compare: the type needs `<` and `==` that agree, a total order");
  static_assert(Way::template has_start<T>,
                "ab::lattice::max and min start from the least or greatest value, which isn't known for this type: "
                "specialise ab::lattice::bounds");

 public:
  using value_type = T;
  static constexpr bool is_chain = true;
  static constexpr std::string_view merge_name = Way::name;

  constexpr extremum() = default;
  constexpr explicit extremum(T value) : value_(std::move(value)) {
    if constexpr (std::is_floating_point_v<T>) {
      if (value_ != value_) value_ = Way::template start<T>();  // a NaN has no place in an order
      if (value_ == 0) value_ = 0;                              // one zero, as `==` has it
    }
  }

  constexpr T const& value() const noexcept { return value_; }

  ANABRANCH_ALWAYS_INLINE constexpr bool join(Whole const& other) {
    if (!Way::below(value_, other.value_)) return false;
    value_ = other.value_;
    return true;
  }
  ANABRANCH_ALWAYS_INLINE constexpr bool join(Whole&& other) {
    if (!Way::below(value_, other.value_)) return false;
    value_ = std::move(other.value_);
    return true;
  }
  constexpr bool leq(Whole const& other) const { return !Way::below(other.value_, value_); }
  constexpr bool is_bottom() const { return value_ == Way::template start<T>(); }
  constexpr Whole difference(Whole const& other) const {
    if (leq(other)) return Whole();
    return Whole(value_);
  }
  template <class F>
  constexpr void decompose(F f) const {
    if (!is_bottom()) f(static_cast<Whole const&>(*this));
  }

  // Not by default, which Clang 16 refuses where that of the value isn't constexpr.
  friend constexpr bool operator==(extremum const& a, extremum const& b) { return a.value_ == b.value_; }

 private:
  T value_ = Way::template start<T>();
};

// How it is stored: as its value. A NaN or a second zero is refused, since no value gives it.
template <class Whole>
struct extremum_traits {
  using stored = typename Whole::value_type;
  static constexpr stored const& to(Whole const& m) noexcept { return m.value(); }
  static constexpr auto from(stored v) {
    if constexpr (std::is_floating_point_v<stored>) {
      Whole whole(v);
      if (canonical::to_bits(whole.value()) != canonical::to_bits(v))
        return result<Whole>(error(errc::malformed,
                                   "a NaN or a negative zero stands where a maximum or minimum belongs",
                                   "take it from a newer source: no value is stored like that"));
      return result<Whole>(whole);
    } else {
      return Whole(std::move(v));
    }
  }
};

}  // namespace ab::detail::lattices
