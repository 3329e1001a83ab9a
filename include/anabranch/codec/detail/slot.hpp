// A place for a value that is still to be made.
#pragma once

#include "anabranch/core/inline.hpp"
#include "anabranch/core/one_of.hpp"

#include <type_traits>
#include <utility>

namespace ab::detail::canonical {

// Decoding makes a value through a "place", which is called once with what the value is made from. A slot is the place
// for one that is to be moved on: types without default constructor and `const` fields are read like any other.
template <class T>
class slot {
 public:
  constexpr slot() noexcept : none_() {}
  slot(slot const&) = delete;
  slot& operator=(slot const&) = delete;
  constexpr ~slot()
    requires std::is_trivially_destructible_v<T>
  = default;
  constexpr ~slot() {
    if (full_) value_.~T();
  }

  template <class... Args>
  ANABRANCH_ALWAYS_INLINE constexpr T& operator()(Args&&... args) {
    T* const made = detail::construct(&value_, std::forward<Args>(args)...);
    if constexpr (!std::is_trivially_destructible_v<T>) full_ = true;
    return *made;
  }

  ANABRANCH_ALWAYS_INLINE constexpr T const& get() const noexcept { return value_; }
  ANABRANCH_ALWAYS_INLINE constexpr T&& take() noexcept { return std::move(value_); }

 private:
  union {
    char none_;
    T value_;
  };
  bool full_ = false;  // only kept where it says whether to destroy
};

// The place of an object that is there already.
template <class T>
struct existing {
  T& object;

  template <class... Args>
  ANABRANCH_ALWAYS_INLINE constexpr T& operator()(Args&&... args) const {
    return object = T(std::forward<Args>(args)...);
  }
};

// Hands on what `make` returns without moving it.
template <class Make>
struct elided {
  Make make;
  ANABRANCH_ALWAYS_INLINE constexpr operator decltype(std::declval<Make const&>()())() const { return make(); }
};
template <class Make>
elided(Make) -> elided<Make>;

}  // namespace ab::detail::canonical
