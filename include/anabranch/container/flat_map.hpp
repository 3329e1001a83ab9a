/// @file
/// `ab::flat_map`: entries in a sorted array.
#pragma once

#include "anabranch/container/detail/comparable.hpp"
#include "anabranch/container/entry.hpp"
#include "anabranch/container/sequence.hpp"

#include <cstddef>
#include <utility>

namespace ab {

/// A map that is one sorted array: the least memory, the quickest to walk and to merge; inserting in the middle moves what
/// follows. Keys need `<`. Pointers and iterators hold until the next change.
/// @tparam Sequence `ab::sequence` or `ab::fixed_sequence` of entries
template <class K, class V, class Sequence = sequence<map_entry<K, V>>>
class flat_map {
 public:
  using key_type = K;
  using mapped_type = V;
  using entry = map_entry<K, V>;
  static constexpr bool bounded = Sequence::bounded;
  static constexpr bool ordered = true;

  constexpr std::size_t size() const noexcept { return entries_.size(); }
  constexpr bool empty() const noexcept { return entries_.empty(); }
  constexpr bool overflowed() const noexcept { return entries_.overflowed(); }
  constexpr bool fits(std::size_t more) const noexcept { return entries_.fits(more); }
  constexpr std::size_t capacity() const noexcept { return entries_.capacity(); }

  /// Null where there is none. O(log n).
  template <class Q>
  constexpr V* find(Q const& key) noexcept {
    auto const i = place(key);
    return i < size() && !(key < entries_[i].key) ? &entries_[i].value : nullptr;
  }
  template <class Q>
  constexpr V const* find(Q const& key) const noexcept {
    auto const i = place(key);
    return i < size() && !(key < entries_[i].key) ? &entries_[i].value : nullptr;
  }
  template <class Q>
  constexpr bool contains(Q const& key) const noexcept {
    return find(key) != nullptr;
  }

  /// The value of `key`, made by its default constructor where there is none yet. O(log n), and O(n) to move what follows.
  constexpr placed<V> get_or_insert(K key) {
    auto const i = place(key);
    if (i < size() && !(key < entries_[i].key)) return {&entries_[i].value, false};
    entry* const made = entries_.insert(i, entry{std::move(key), V()});
    if (made == nullptr) return {};
    return {&made->value, true};
  }

  template <class Q>
  constexpr bool erase(Q const& key) {
    auto const i = place(key);
    if (i == size() || key < entries_[i].key) return false;
    entries_.erase(i);
    return true;
  }
  /// Erases the entries of which `drop(entry&)` is true; each is asked once. O(n).
  template <class Drop>
  constexpr std::size_t erase_if(Drop drop) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      if (drop(entries_[i])) continue;
      if (kept != i) entries_[kept] = std::move(entries_[i]);
      ++kept;
    }
    auto const dropped = size() - kept;
    entries_.truncate(kept);
    return dropped;
  }

  constexpr void reserve(std::size_t n) { entries_.reserve(n); }
  constexpr void clear() { entries_.clear(); }

  constexpr entry* begin() noexcept { return entries_.begin(); }
  constexpr entry* end() noexcept { return entries_.end(); }
  constexpr entry const* begin() const noexcept { return entries_.begin(); }
  constexpr entry const* end() const noexcept { return entries_.end(); }

  /// The entries, to be filled in ascending order, or merged.
  constexpr Sequence& entries() noexcept { return entries_; }
  constexpr Sequence const& entries() const noexcept { return entries_; }

  friend constexpr bool operator==(flat_map const&, flat_map const&) = default;

 private:
  // The first entry that isn't before `key`. Looks at the end first: keys that ascend are appended.
  template <class Q>
  constexpr std::size_t place(Q const& key) const noexcept {
    static_assert(
        detail::has_order<K>,
        "an ordered container asks for `<` of this key: give it `auto operator<=>(T const&) const = default;`");
    std::size_t begin = 0, n = size();
    if (n == 0 || entries_[n - 1].key < key) return n;
    entry const* const all = entries_.data();
    while (n > 0) {
      auto const half = n / 2;
      if (all[begin + half].key < key) {
        begin += half + 1;
        n -= half + 1;
      } else {
        n = half;
      }
    }
    return begin;
  }

  Sequence entries_{};
};

}  // namespace ab
