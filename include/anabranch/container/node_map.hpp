/// @file
/// `ab::node_map`: a balanced tree, each entry a node that stays where it is.
#pragma once

#include "anabranch/container/detail/comparable.hpp"
#include "anabranch/container/entry.hpp"
#include "anabranch/core/detail/construct.hpp"

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

/// A map in ascending order whose entries never move: O(log n) at worst, whatever the keys are. Keys need `<`.
/// Pointers to values hold until theirs is erased.
template <class K, class V, class Allocator = std::allocator<K>>
class node_map {
  struct node {
    map_entry<K, V> held;
    node* up = nullptr;
    node* down[2] = {nullptr, nullptr};
    int height = 1;
  };
  using traits = typename std::allocator_traits<Allocator>::template rebind_traits<node>;
  using allocator = typename traits::allocator_type;

 public:
  using key_type = K;
  using mapped_type = V;
  using entry = map_entry<K, V>;
  static constexpr bool bounded = false;
  static constexpr bool ordered = true;

  template <class Entry>
  class walk {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = entry;
    using difference_type = std::ptrdiff_t;
    using pointer = Entry*;
    using reference = Entry&;
    constexpr walk() noexcept = default;
    constexpr explicit walk(node* at) noexcept : at_(at) {}
    constexpr Entry& operator*() const noexcept { return at_->held; }
    constexpr Entry* operator->() const noexcept { return &at_->held; }
    constexpr walk& operator++() noexcept {
      at_ = next(at_);
      return *this;
    }
    constexpr walk operator++(int) noexcept {
      auto before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(walk, walk) = default;

   private:
    node* at_ = nullptr;
  };

  constexpr node_map() noexcept = default;
  constexpr node_map(node_map const& o) : node_map() {  // which is destroyed where this throws
    for (auto const& e : o) {
      auto const p = get_or_insert(e.key);
      *p.value = e.value;
    }
  }
  constexpr node_map(node_map&& o) noexcept
      : root_(std::exchange(o.root_, nullptr)), size_(std::exchange(o.size_, 0)) {}
  // Not by value: what has a map as a member would count as copied without throwing.
  constexpr node_map& operator=(node_map const& o) {
    if (this != &o) *this = node_map(o);
    return *this;
  }
  constexpr node_map& operator=(node_map&& o) noexcept {
    node_map taken(std::move(o));
    std::swap(root_, taken.root_);
    std::swap(size_, taken.size_);
    return *this;
  }
  constexpr ~node_map() { clear(); }

  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  static constexpr bool overflowed() noexcept { return false; }
  static constexpr bool fits(std::size_t) noexcept { return true; }

  template <class Q>
  constexpr V* find(Q const& key) noexcept {
    node* const n = seek(key);
    return n == nullptr ? nullptr : &n->held.value;
  }
  template <class Q>
  constexpr V const* find(Q const& key) const noexcept {
    node* const n = seek(key);
    return n == nullptr ? nullptr : &n->held.value;
  }
  template <class Q>
  constexpr bool contains(Q const& key) const noexcept {
    return seek(key) != nullptr;
  }

  constexpr placed<V> get_or_insert(K key) {
    static_assert(
        detail::has_order<K>,
        "an ordered container asks for `<` of this key: give it `auto operator<=>(T const&) const = default;`");
    node* above = nullptr;
    bool right = false;
    for (node* n = root_; n != nullptr; n = n->down[right ? 1 : 0]) {
      above = n;
      right = n->held.key < key;
      if (!right && !(key < n->held.key)) return {&n->held.value, false};
    }
    node* const made = make_node(std::move(key), above);
    (above == nullptr ? root_ : above->down[right ? 1 : 0]) = made;
    ++size_;
    balance(above);
    return {&made->held.value, true};
  }

  template <class Q>
  constexpr bool erase(Q const& key) {
    node* const n = seek(key);
    if (n == nullptr) return false;
    unlink(n);
    return true;
  }
  template <class Drop>
  constexpr std::size_t erase_if(Drop drop) {
    auto const before = size_;
    for (node* n = leftmost(root_); n != nullptr;) {
      node* const after = next(n);
      if (drop(n->held)) unlink(n);
      n = after;
    }
    return before - size_;
  }

  constexpr void reserve(std::size_t) const noexcept {}
  constexpr void clear() noexcept {
    for (node* n = root_; n != nullptr;) {  // leaves first, without recursion
      if (n->down[0] != nullptr) {
        n = std::exchange(n->down[0], nullptr);
      } else if (n->down[1] != nullptr) {
        n = std::exchange(n->down[1], nullptr);
      } else {
        node* const above = n->up;
        dispose(n);
        n = above;
      }
    }
    root_ = nullptr;
    size_ = 0;
  }

  constexpr walk<entry> begin() noexcept { return walk<entry>(leftmost(root_)); }
  constexpr walk<entry> end() noexcept { return {}; }
  constexpr walk<entry const> begin() const noexcept { return walk<entry const>(leftmost(root_)); }
  constexpr walk<entry const> end() const noexcept { return {}; }

  friend constexpr bool operator==(node_map const& a, node_map const& b) {
    if (a.size_ != b.size_) return false;
    auto j = b.begin();
    for (auto const& e : a) {
      if (!(e == *j)) return false;
      ++j;
    }
    return true;
  }

 private:
  template <class Q>
  constexpr node* seek(Q const& key) const noexcept {
    static_assert(
        detail::has_order<K>,
        "an ordered container asks for `<` of this key: give it `auto operator<=>(T const&) const = default;`");
    for (node* n = root_; n != nullptr;) {
      if (n->held.key < key)
        n = n->down[1];
      else if (key < n->held.key)
        n = n->down[0];
      else
        return n;
    }
    return nullptr;
  }
  static constexpr node* leftmost(node* n) noexcept {
    while (n != nullptr && n->down[0] != nullptr) n = n->down[0];
    return n;
  }
  static constexpr node* next(node* n) noexcept {
    if (n->down[1] != nullptr) return leftmost(n->down[1]);
    node* above = n->up;
    while (above != nullptr && above->down[1] == n) n = above, above = above->up;
    return above;
  }
  static constexpr int height(node const* n) noexcept { return n == nullptr ? 0 : n->height; }
  static constexpr int lean(node const* n) noexcept { return height(n->down[1]) - height(n->down[0]); }
  static constexpr void measure(node* n) noexcept {
    auto const l = height(n->down[0]), r = height(n->down[1]);
    n->height = 1 + (l < r ? r : l);
  }
  constexpr void replace(node* n, node* by) noexcept {
    node* const above = n->up;
    if (above == nullptr)
      root_ = by;
    else
      above->down[above->down[1] == n ? 1 : 0] = by;
    if (by != nullptr) by->up = above;
  }
  // Lifts the child of `n` on `side` over it.
  constexpr node* rotate(node* n, int side) noexcept {
    node* const lifted = n->down[side];
    replace(n, lifted);
    n->down[side] = lifted->down[1 - side];
    if (n->down[side] != nullptr) n->down[side]->up = n;
    lifted->down[1 - side] = n;
    n->up = lifted;
    measure(n);
    measure(lifted);
    return lifted;
  }
  constexpr void balance(node* n) noexcept {
    while (n != nullptr) {
      auto const before = n->height;
      measure(n);
      auto const l = lean(n);
      if (l > 1 || l < -1) {
        int const side = l > 1 ? 1 : 0;
        if (lean(n->down[side]) * (l > 1 ? 1 : -1) < 0) rotate(n->down[side], 1 - side);
        n = rotate(n, side);
      } else if (n->height == before && before != 1) {
        return;
      }
      n = n->up;
    }
  }
  constexpr void unlink(node* n) noexcept {
    node* from = nullptr;  // the lowest node whose height may have changed
    if (n->down[0] == nullptr || n->down[1] == nullptr) {
      from = n->up;
      replace(n, n->down[0] != nullptr ? n->down[0] : n->down[1]);
    } else {
      node* const heir = leftmost(n->down[1]);
      from = heir->up == n ? heir : heir->up;
      if (heir->up != n) {
        replace(heir, heir->down[1]);
        heir->down[1] = n->down[1];
        heir->down[1]->up = heir;
      }
      heir->down[0] = n->down[0];
      heir->down[0]->up = heir;
      heir->height = n->height;
      replace(n, heir);
    }
    dispose(n);
    --size_;
    balance(from);
  }
  // Memory that goes again where a key or a value throws.
  struct unfinished {
    node* memory;
    constexpr ~unfinished() {
      if (memory == nullptr) return;
      allocator a;
      traits::deallocate(a, memory, 1);
    }
  };
  static constexpr node* make_node(K&& key, node* above) {
    allocator a;
    unfinished made{traits::allocate(a, 1)};
    detail::construct(made.memory, node{entry{std::move(key), V()}, above});
    return std::exchange(made.memory, nullptr);
  }
  static constexpr void dispose(node* n) noexcept {
    allocator a;
    n->~node();
    traits::deallocate(a, n, 1);
  }

  node* root_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace ab
