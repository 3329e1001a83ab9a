// Joins, order and differences of maps of the container policies. A set is one whose values say nothing.
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::detail::lattices {

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

// A sorted array that grows.
template <class Map>
concept flat = !Map::bounded && requires(Map& m) {
  m.entries().push_back(std::move(m.entries()[0]));
  requires std::default_initializable<std::remove_cvref_t<decltype(m.entries()[0])>>;
};

// From behind, so that only what lies after the first new key moves. `missing` of `theirs` are new.
template <class Map, class From>
constexpr void merge_missing(Map& mine, From& theirs, std::size_t missing) {
  auto& entries = mine.entries();
  std::size_t from = entries.size(), to = from + missing;
  if (to > entries.capacity()) entries.reserve(to + to / 2);
  for (std::size_t i = 0; i < missing; ++i) entries.push_back({});
  auto* const all = entries.data();
  auto* const others = theirs.entries().data();
  for (std::size_t next = theirs.size(); to > from;) {
    auto& candidate = others[next - 1];
    if (from > 0 && !(all[from - 1].key < candidate.key)) {
      if (!(candidate.key < all[from - 1].key)) --next;
      all[--to] = std::move(all[--from]);
    } else {
      all[--to] = std::move(candidate);
      --next;
    }
  }
}

// `combine(mine, theirs) -> bool` joins two values of one key.
template <class Map, class From, class Combine>
constexpr bool join_keyed(Map& mine, From& theirs, Combine const& combine) {
  constexpr bool moves = !std::is_const_v<From>;
  bool grew = false;
  if constexpr (flat<Map>) {
    if (theirs.size() > 2) {
      using entry = std::remove_cvref_t<decltype(mine.entries()[0])>;
      constexpr bool direct = moves || std::is_trivially_copyable_v<entry>;
      Map fresh;  // all that may throw is done before anything is moved
      std::size_t missing = 0;
      seeker<Map> in(mine, theirs.size());
      for (auto& e : theirs) {
        if (auto* const found = in.find(e.key)) {
          grew |= combine(*found, e.value);
        } else {
          ++missing;
          if constexpr (!direct) fresh.entries().push_back(e);
        }
      }
      if (missing == 0) return grew;
      if constexpr (direct)
        merge_missing(mine, theirs, missing);
      else
        merge_missing(mine, fresh, missing);
      return true;
    }
  }
  for (auto& e : theirs) {
    if constexpr (!std::is_trivially_copyable_v<typename Map::key_type>) {
      if (auto* const found = mine.find(e.key)) {
        grew |= combine(*found, e.value);
        continue;
      }
    }
    auto const place = mine.get_or_insert(e.key);
    if (place.value == nullptr) continue;  // it is full, and says so
    if (!place.inserted) {
      grew |= combine(*place.value, e.value);
    } else {
      grew = true;
      if constexpr (moves)
        *place.value = std::move(e.value);
      else
        *place.value = e.value;
    }
  }
  return grew;
}

// Whether `of(mine, theirs)` holds of the values of each of `mine`'s keys, all of which `theirs` has.
template <class Map, class Of>
constexpr bool all_in(Map const& mine, Map const& theirs, Of const& of) {
  if (mine.size() > theirs.size()) return false;
  seeker<Map const> in(theirs, mine.size());
  for (auto const& e : mine) {
    auto const* const found = in.find(e.key);
    if (found == nullptr || !of(e.value, *found)) return false;
  }
  return true;
}

}  // namespace ab::detail::lattices
