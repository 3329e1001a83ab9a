/// @file
/// Which part of an order to read.
#pragma once

#include "anabranch/core/identifiers.hpp"

#include <cstdint>
#include <limits>

namespace ab {

/// An inclusive range of revisions or positions. The default is everything that has not been truncated.
///
/// A range that names its first place asks for it: where that has been truncated, the reader is told (`errc::truncated`).
template <class Place>
struct place_range {
  Place first{std::numeric_limits<std::int64_t>::min()};
  Place last{std::numeric_limits<std::int64_t>::max()};

  constexpr bool names_first() const noexcept { return first.value != std::numeric_limits<std::int64_t>::min(); }
};

/// Everything that is stored, whatever has been truncated.
inline constexpr struct stored_t {
  template <class Place>
  constexpr operator place_range<Place>() const noexcept {
    return {};
  }
} stored{};

/// From a place on, it included.
struct from {
  std::int64_t first;

  constexpr explicit from(std::int64_t n) noexcept : first(n) {}
  template <class Tag>
  constexpr explicit from(ordinal<Tag> n) noexcept : first(n.value) {}
  template <class Place>
  constexpr operator place_range<Place>() const noexcept {
    return {.first = Place{first}};
  }
};

/// After a place, it not included: what a reader that has seen it still lacks.
template <class Tag>
constexpr from after(ordinal<Tag> n) noexcept {
  return from(n.next());
}

/// Up to a place, it included.
struct through {
  std::int64_t last;

  constexpr explicit through(std::int64_t n) noexcept : last(n) {}
  template <class Tag>
  constexpr explicit through(ordinal<Tag> n) noexcept : last(n.value) {}
  template <class Place>
  constexpr operator place_range<Place>() const noexcept {
    return {.last = Place{last}};
  }
};

/// Between two places, both included.
struct between {
  std::int64_t first, last;

  constexpr between(std::int64_t a, std::int64_t b) noexcept : first(a), last(b) {}
  template <class Tag>
  constexpr between(ordinal<Tag> a, ordinal<Tag> b) noexcept : first(a.value), last(b.value) {}
  template <class Place>
  constexpr operator place_range<Place>() const noexcept {
    return {.first = Place{first}, .last = Place{last}};
  }
};

}  // namespace ab
