/// @file
/// `ab::subscription`: what keeps a subscriber subscribed.
#pragma once

#include "anabranch/subscription/detail/owner.hpp"

#include <cstdint>
#include <utility>

namespace ab {

namespace detail {

// What a subscription needs to know of the hub that gave it.
struct subscribers : counted {
  virtual void remove(std::uint64_t id) noexcept = 0;
};

}  // namespace detail

/// A subscriber's place at a hub. It unsubscribes when it goes; it may outlive the hub. Movable.
///
/// Once `unsubscribe` or the destructor is through, the subscriber isn't called any more, nor is it running in another
/// thread: they wait for a delivery that is under way. From inside a callback, of its own or of another subscriber, they
/// don't wait; the callable itself then goes when the delivery is through.
/// Threads: as the hub, but never from inside a fold of the same store under `ab::locked`.
class [[nodiscard(
    "a subscription ends with its handle: keep it as long as the subscriber is to be told")]] subscription {
 public:
  subscription() = default;
  subscription(detail::owner<detail::subscribers> at, std::uint64_t id) noexcept : at_(std::move(at)), id_(id) {}
  subscription(subscription&&) noexcept = default;
  subscription& operator=(subscription&& o) noexcept {
    if (this != &o) {
      unsubscribe();
      at_ = std::move(o.at_);
      id_ = o.id_;
    }
    return *this;
  }
  ~subscription() { unsubscribe(); }

  void unsubscribe() noexcept {
    if (auto const at = std::exchange(at_, {})) at->remove(id_);
  }
  /// Whether it has not been unsubscribed, or moved from.
  explicit operator bool() const noexcept { return static_cast<bool>(at_); }
  /// The number by which an `ab::undelivered` names its subscriber: 1 and up, never used twice by one hub.
  std::uint64_t id() const noexcept { return id_; }

 private:
  detail::owner<detail::subscribers> at_{};
  std::uint64_t id_ = 0;
};

}  // namespace ab
