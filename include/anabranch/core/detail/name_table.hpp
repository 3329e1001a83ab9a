// Open addressing over a vector of pointers to nodes that others own: O(1) expected, constexpr, nodes never move.
#pragma once

#include "anabranch/core/name.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ab::detail {

// Node: has `name const& key() const noexcept`.
template <class Node>
class name_table {
 public:
  constexpr Node* find(std::string_view key) const noexcept {
    if (slots_.empty()) return nullptr;
    return slots_[seek(key, hash_text(key))].node;
  }

  // Room for `more` further nodes, so that as many `exchange` can't fail.
  constexpr void reserve(std::size_t more) {
    auto const wanted = size_ + more;
    if (wanted * 4 <= slots_.size() * 3) return;
    std::size_t n = slots_.empty() ? 8 : slots_.size();
    while (wanted * 4 > n * 3) n *= 2;
    std::vector<slot> fresh(n);
    slots_.swap(fresh);
    for (auto const& s : fresh) {
      if (s.node != nullptr) slots_[seek(s.node->key(), s.hash)] = s;
    }
  }

  // Puts `node` under its key and gives back the node that was there. Needs reserved room.
  constexpr Node* exchange(Node* node) noexcept {
    auto const h = hash_text(node->key());
    auto& s = slots_[seek(node->key(), h)];
    Node* const before = s.node;
    s = {h, node};
    if (before == nullptr) ++size_;
    return before;
  }

  // Takes the node out and gives it back; null where there is none.
  constexpr Node* extract(std::string_view key) noexcept {
    if (slots_.empty()) return nullptr;
    auto const mask = slots_.size() - 1;
    auto hole = seek(key, hash_text(key));
    Node* const taken = slots_[hole].node;
    if (taken == nullptr) return nullptr;
    // Later ones of the same run move up, so that no mark of the removed one has to stay.
    for (auto i = (hole + 1) & mask; slots_[i].node != nullptr; i = (i + 1) & mask) {
      if (((i - slots_[i].hash) & mask) >= ((i - hole) & mask)) {
        slots_[hole] = slots_[i];
        hole = i;
      }
    }
    slots_[hole] = {};
    --size_;
    return taken;
  }

  constexpr std::size_t size() const noexcept { return size_; }

  template <class F>
  constexpr void each(F&& f) const {
    for (auto const& s : slots_) {
      if (s.node != nullptr) f(*s.node);
    }
  }

 private:
  struct slot {
    std::uint64_t hash = 0;
    Node* node = nullptr;
  };

  constexpr std::size_t seek(std::string_view key, std::uint64_t hash) const noexcept {
    auto const mask = slots_.size() - 1;
    auto i = hash & mask;
    while (slots_[i].node != nullptr && (slots_[i].hash != hash || slots_[i].node->key().view() != key))
      i = (i + 1) & mask;
    return i;
  }

  std::vector<slot> slots_{};
  std::size_t size_ = 0;
};

}  // namespace ab::detail
