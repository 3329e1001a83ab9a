/// @file
/// `ab::held`: a value that several look at, and that stays as it is meanwhile.
#pragma once

#include "anabranch/subscription/detail/owner.hpp"

#include <utility>

namespace ab {

/// A value that is held for reading: it doesn't change for as long as somebody holds it. Copies share it. Never null.
///
/// Copying is O(1). Threads: a value may be held by many; one handle is used by one thread at a time.
template <class T>
class held {
 public:
  explicit held(detail::owner<detail::counted_value<T>> v) noexcept : value_(std::move(v)) {}

  T const& operator*() const noexcept { return value_->value; }
  T const* operator->() const noexcept { return &value_->value; }

 private:
  detail::owner<detail::counted_value<T>> value_;
};

}  // namespace ab
