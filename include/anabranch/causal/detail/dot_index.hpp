// Which entry of a hash map a dot lives in. Made when it is first asked for, kept from then on.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/container/detail/slot_table.hpp"
#include "anabranch/container/key_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ab::detail {

constexpr std::uint64_t hash_dot(dot d) noexcept { return mix_key(d.from.value * 0x9E3779B97F4A7C15U + d.sequence); }

template <class Map>
class dot_index {
 public:
  static constexpr std::uint32_t none = Map::none;

  constexpr bool active() const noexcept { return table_.active(); }
  constexpr void drop() noexcept { table_.drop(); }

  constexpr std::uint32_t find(Map const& m, dot d) {
    if (!active()) fill(m);
    return table_.find(hash_dot(d), [&](std::uint32_t i) { return m.at(i).value.contains(d); });
  }
  // The dots of the entry at `i` as they are now.
  constexpr void add(Map const& m, std::uint32_t i) {
    if (!active()) return;
    m.at(i).value.each_dot([&](dot d) {
      table_.reserve(++dots_);
      table_.insert(hash_dot(d), i);
    });
  }
  constexpr void remove(Map const& m, std::uint32_t i) {
    if (!active()) return;
    m.at(i).value.each_dot([&](dot d) {
      table_.erase(hash_dot(d), i);
      --dots_;
    });
  }
  // The last entry is about to take the place of another.
  constexpr void move_last(Map const& m, std::uint32_t to) {
    auto const last = static_cast<std::uint32_t>(m.size() - 1);
    if (!active() || last == to) return;
    m.at(last).value.each_dot([&](dot d) { table_.renumber(hash_dot(d), last, to); });
  }

 private:
  constexpr void fill(Map const& m) {
    dots_ = 0;
    for (auto const& e : m) e.value.each_dot([&](dot) { ++dots_; });
    table_.reserve(dots_ + 16);
    std::size_t i = 0;
    for (auto const& e : m) {
      e.value.each_dot([&](dot d) { table_.insert(hash_dot(d), i); });
      ++i;
    }
  }

  slot_table<typename Map::allocator_type> table_{};
  std::size_t dots_ = 0;
};

struct no_index {
  static constexpr bool active() noexcept { return false; }
};

}  // namespace ab::detail
