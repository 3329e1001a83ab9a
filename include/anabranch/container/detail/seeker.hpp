// Finds one key after the other.
#pragma once

#include <cstddef>
#include <utility>

namespace ab::detail {

// Looks up keys in turn. Where both maps ascend and neither is far larger, both are walked at once.
template <class Map, bool Ordered = Map::ordered>
class seeker {
 public:
  constexpr seeker(Map& in, std::size_t) : in_(in) {}
  template <class K>
  constexpr auto* find(K const& key) {
    return in_.find(key);
  }

 private:
  Map& in_;
};
template <class Map>
class seeker<Map, true> {
 public:
  constexpr seeker(Map& in, std::size_t keys)
      : in_(in), at_(in.begin()), end_(in.end()), walk_(in.size() / 16 <= keys) {}
  // The keys come in ascending order.
  template <class K>
  constexpr auto find(K const& key) -> decltype(&std::declval<Map&>().begin()->value) {
    if (!walk_) return in_.find(key);
    while (at_ != end_ && at_->key < key) ++at_;
    return at_ != end_ && !(key < at_->key) ? &at_->value : nullptr;
  }

 private:
  Map& in_;
  decltype(std::declval<Map&>().begin()) at_;
  decltype(std::declval<Map&>().end()) end_;
  bool walk_;
};

}  // namespace ab::detail
