/// @file
/// `ab::hash_map`: entries in an array, found by hash.
#pragma once

#include "anabranch/container/detail/blocks.hpp"
#include "anabranch/container/detail/comparable.hpp"
#include "anabranch/container/detail/slot_table.hpp"
#include "anabranch/container/entry.hpp"
#include "anabranch/container/key_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ab {

/// A map whose entries lie in arrays in no order that means anything; up to eight have no index at all. O(1) expected.
/// Keys need `==` and `ab::key_hash`. Pointers and iterators hold until the next change.
template <class K, class V, class Allocator = std::allocator<K>>
class hash_map {
  static constexpr std::size_t few = 8;

 public:
  using key_type = K;
  using mapped_type = V;
  using entry = map_entry<K, V>;
  using allocator_type = Allocator;
  static constexpr bool bounded = false;
  static constexpr bool ordered = false;

  constexpr hash_map() = default;
  constexpr hash_map(hash_map const&) = default;
  constexpr hash_map(hash_map&&) noexcept = default;
  // A table that fits the entries, also where one of the copies throws.
  constexpr hash_map& operator=(hash_map const& o) {
    if (this != &o) *this = hash_map(o);
    return *this;
  }
  constexpr hash_map& operator=(hash_map&&) noexcept = default;
  constexpr ~hash_map() = default;

  constexpr std::size_t size() const noexcept { return entries_.size(); }
  constexpr bool empty() const noexcept { return entries_.empty(); }
  static constexpr bool overflowed() noexcept { return false; }
  static constexpr bool fits(std::size_t) noexcept { return true; }
  constexpr std::size_t capacity() const noexcept { return entries_.capacity(); }

  template <class Q>
  constexpr V* find(Q const& key) noexcept {
    auto const i = position(key);
    return i == none ? nullptr : &entries_[i].value;
  }
  template <class Q>
  constexpr V const* find(Q const& key) const noexcept {
    auto const i = position(key);
    return i == none ? nullptr : &entries_[i].value;
  }
  template <class Q>
  constexpr bool contains(Q const& key) const noexcept {
    return position(key) != none;
  }

  /// The value of `key`, made by its default constructor where there is none yet.
  constexpr placed<V> get_or_insert(K key) {
    auto const before = size();
    auto const i = place(std::move(key));
    return {&entries_[i].value, i == before};
  }
  /// The position of the entry of `key`, which is the former size where it is new, and then its value is made of `value`.
  template <class... Value>
  constexpr std::uint32_t place(K key, Value&&... value) {
    auto const n = static_cast<std::uint32_t>(size());
    if (!table_.active() && n < few) {
      auto const i = search(key);
      if (i != none) return i;
      entries_.emplace_back(std::move(key), std::forward<Value>(value)...);
      return n;
    }
    make_room(n + std::size_t{1});
    auto const h = hash_of(key);
    auto const at = table_.seek_place(h, is(key));
    if (at.position != none) return at.position;
    entries_.emplace_back(std::move(key), std::forward<Value>(value)...);
    table_.insert(at, h, n);
    return n;
  }

  /// For a `key` that isn't there.
  template <class... Value>
  constexpr void insert_new(K key, Value&&... value) {
    auto const n = size();
    bool const indexed = table_.active() || n >= few;
    auto const h = indexed ? hash_of(key) : 0;
    if (indexed) make_room(n + 1);
    entries_.emplace_back(std::move(key), std::forward<Value>(value)...);
    if (indexed) table_.insert(h, n);
  }

  template <class Q>
  constexpr bool erase(Q const& key) {
    auto const i = position(key);
    if (i == none) return false;
    erase_at(i);
    return true;
  }
  /// Erases the entries of which `drop(entry&)` is true; each is asked once. O(n).
  template <class Drop>
  constexpr std::size_t erase_if(Drop drop) {
    std::size_t dropped = 0;
    for (std::size_t i = 0; i < size();) {
      if (drop(entries_[i])) {
        erase_at(static_cast<std::uint32_t>(i));
        ++dropped;
      } else {
        ++i;
      }
    }
    return dropped;
  }

  constexpr void reserve(std::size_t n) {
    entries_.reserve(n);
    if (n > few && table_.reserve(n)) index_all();
  }
  constexpr void clear() noexcept {
    entries_.clear();
    table_.clear();
  }

  constexpr auto begin() noexcept { return entries_.begin(); }
  constexpr auto end() noexcept { return entries_.end(); }
  constexpr auto begin() const noexcept { return entries_.begin(); }
  constexpr auto end() const noexcept { return entries_.end(); }

  /// Where an entry lies; it stays there until one is erased, and then the last takes the place of that one.
  static constexpr std::uint32_t none = detail::slot_table<Allocator>::none;
  template <class Q>
  constexpr std::uint32_t position(Q const& key) const noexcept {
    if (!table_.active()) return search(key);
    return table_.find(hash_of(key), is(key));
  }
  constexpr entry& at(std::uint32_t i) noexcept { return entries_[i]; }
  constexpr entry const& at(std::uint32_t i) const noexcept { return entries_[i]; }
  constexpr void erase_at(std::uint32_t i) noexcept {
    auto const last = static_cast<std::uint32_t>(size() - 1);
    if (table_.active()) {
      table_.erase(hash_of(entries_[i].key), i);
      if (i != last) table_.renumber(hash_of(entries_[last].key), last, i);
    }
    if (i != last) entries_[i] = std::move(entries_[last]);
    entries_.pop_back();
  }

  /// Whatever the order is.
  friend constexpr bool operator==(hash_map const& a, hash_map const& b) {
    if (a.size() != b.size()) return false;
    for (auto const& e : a) {
      auto const* const other = b.find(e.key);
      if (other == nullptr || !(*other == e.value)) return false;
    }
    return true;
  }

 private:
  template <class Q>
  static constexpr std::uint64_t hash_of(Q const& key) noexcept {
    if constexpr (detail::text_key<Q> || detail::text_view_key<Q>)
      return key_hash<Q>{}(key);
    else
      return key_hash<K>{}(key);
  }
  template <class Q>
  constexpr auto is(Q const& key) const noexcept {
    static_assert(
        detail::has_equality<K>,
        "a hashed container can't compare this key: give it `bool operator==(T const&) const = default;`, "
        "and where a state of it is encoded `<`, too: `auto operator<=>(T const&) const = default;` gives both");
    return [this, &key](std::uint32_t i) { return entries_[i].key == key; };
  }
  template <class Q>
  constexpr std::uint32_t search(Q const& key) const noexcept {
    static_assert(
        detail::has_equality<K>,
        "a hashed container can't compare this key: give it `bool operator==(T const&) const = default;`, "
        "and where a state of it is encoded `<`, too: `auto operator<=>(T const&) const = default;` gives both");
    for (std::size_t i = 0; i < size(); ++i)
      if (entries_[i].key == key) return static_cast<std::uint32_t>(i);
    return none;
  }
  // Before the entry is there: where this throws, nothing has changed.
  ANABRANCH_ALWAYS_INLINE constexpr void make_room(std::size_t n) {
    if (table_.reserve(n)) index_all();
  }
  constexpr void index_all() noexcept {
    for (std::size_t i = 0; i < size(); ++i) table_.insert(hash_of(entries_[i].key), i);
  }

  detail::blocks<entry, Allocator> entries_{};
  detail::slot_table<Allocator> table_{};
};

}  // namespace ab
