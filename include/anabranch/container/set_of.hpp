/// @file
/// `ab::set_of`: the keys of a map as a set.
#pragma once

#include "anabranch/container/entry.hpp"

#include <cstddef>
#include <iterator>
#include <utility>

namespace ab {

/// A set over one of the maps, whose values are `ab::no_value`.
template <class Map>
class set_of {
  using T = typename Map::key_type;

 public:
  using value_type = T;
  using map_type = Map;
  static constexpr bool bounded = Map::bounded;
  static constexpr bool ordered = Map::ordered;

  class const_iterator {
    using inner = decltype(std::declval<Map const&>().begin());

   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = T const*;
    using reference = T const&;
    constexpr const_iterator() noexcept = default;
    constexpr explicit const_iterator(inner at) noexcept : at_(at) {}
    constexpr T const& operator*() const noexcept { return at_->key; }
    constexpr T const* operator->() const noexcept { return &at_->key; }
    constexpr const_iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    constexpr const_iterator operator++(int) noexcept {
      auto before = *this;
      ++at_;
      return before;
    }
    friend constexpr bool operator==(const_iterator a, const_iterator b) noexcept { return a.at_ == b.at_; }

   private:
    inner at_{};
  };
  using iterator = const_iterator;

  constexpr std::size_t size() const noexcept { return map_.size(); }
  constexpr bool empty() const noexcept { return map_.empty(); }
  constexpr bool overflowed() const noexcept { return map_.overflowed(); }
  constexpr bool fits(std::size_t more) const noexcept { return map_.fits(more); }
  template <class Q>
  constexpr bool contains(Q const& v) const noexcept {
    return map_.contains(v);
  }
  /// @return whether it is new; false also where a fixed container is full, which `overflowed` tells
  constexpr bool insert(T v) { return map_.get_or_insert(std::move(v)).inserted; }
  template <class Q>
  constexpr bool erase(Q const& v) {
    return map_.erase(v);
  }
  /// Erases those of which `drop(value)` is true; each is asked once. O(n).
  template <class Drop>
  constexpr std::size_t erase_if(Drop drop) {
    return map_.erase_if([&](auto const& e) { return drop(e.key); });
  }
  constexpr void reserve(std::size_t n) { map_.reserve(n); }
  constexpr void clear() { map_.clear(); }
  constexpr const_iterator begin() const noexcept { return const_iterator(map_.begin()); }
  constexpr const_iterator end() const noexcept { return const_iterator(map_.end()); }

  /// The map behind it.
  constexpr Map& map() noexcept { return map_; }
  constexpr Map const& map() const noexcept { return map_; }

  friend constexpr bool operator==(set_of const&, set_of const&) = default;

 private:
  Map map_{};
};

}  // namespace ab
