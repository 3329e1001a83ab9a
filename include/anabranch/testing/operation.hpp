/// @file
/// `ab::testing::operation` and `known_operations`: what replicas did, for the model checker.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab::testing {

/// Something that a replica can do: its C++ with `#` for the replica's identity, and how it is done.
template <class F>
struct operation {
  std::string_view code;
  F change;
};
template <class F>
operation(char const*, F) -> operation<F>;

/// An operation that was done.
struct done_operation {
  std::size_t kind = 0;     ///< its place in the intent's `operations()`
  std::size_t replica = 0;  ///< who did it, from 0
  std::size_t number = 0;   ///< the how manieth of all, from 0
  std::uint32_t seen = 0;   ///< a bit for each operation that had reached its replica before, by number

  /// Whether the other one had reached the replica before it did this one.
  constexpr bool saw(done_operation const& other) const noexcept { return (seen >> other.number & 1U) != 0; }
};

/// The operations that have reached a replica, its own among them, in the order in which they were done.
class known_operations {
 public:
  constexpr void add(done_operation const& op) noexcept { all_[size_++] = op; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr done_operation const* begin() const noexcept { return all_.data(); }
  constexpr done_operation const* end() const noexcept { return all_.data() + size_; }

 private:
  std::array<done_operation, 8> all_{};
  std::size_t size_ = 0;
};

}  // namespace ab::testing
