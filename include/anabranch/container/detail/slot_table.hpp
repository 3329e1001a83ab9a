// Open addressing of positions in somebody else's array: Robin Hood, linear, removal by moving back. Who has the array
// knows the keys; here are only hashes.
#pragma once

#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ab::detail {

template <class Allocator>
class slot_table {
  struct slot {
    std::uint32_t taken = 0;  // the position and 1
    std::uint32_t hash = 0;
  };
  using traits = typename std::allocator_traits<Allocator>::template rebind_traits<slot>;
  using allocator = typename traits::allocator_type;

 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  constexpr slot_table() noexcept = default;
  constexpr slot_table(slot_table const& o) : size_(o.size_) {
    if (o.count_ == 0) return;
    allocate(o.count_);
    for (std::uint32_t i = 0; i < count_; ++i) slots_[i] = o.slots_[i];
  }
  constexpr slot_table(slot_table&& o) noexcept
      : slots_(std::exchange(o.slots_, nullptr)),
        count_(std::exchange(o.count_, 0)),
        size_(std::exchange(o.size_, 0)) {}
  // Not by value: what has a table as a member would count as copied without throwing.
  constexpr slot_table& operator=(slot_table const& o) {
    if (this != &o) *this = slot_table(o);
    return *this;
  }
  constexpr slot_table& operator=(slot_table&& o) noexcept {
    slot_table taken(std::move(o));
    std::swap(slots_, taken.slots_);
    std::swap(count_, taken.count_);
    std::swap(size_, taken.size_);
    return *this;
  }
  constexpr ~slot_table() { drop(); }

  constexpr bool active() const noexcept { return count_ != 0; }

  // The position that `is(position)` accepts among those of this hash; `none` where there is none.
  template <class Is>
  ANABRANCH_ALWAYS_INLINE constexpr std::uint32_t find(std::uint64_t hash, Is const& is) const {
    return count_ == 0 ? none : seek_place(hash, is).position;
  }

  // Where a hash was looked for.
  struct sought {
    std::uint32_t position;  // `none`: not there, and
    std::uint32_t slot;      // it would lie here,
    std::uint32_t far;       // so far from where its hash points
  };
  // The same, for a table that has room; where it is `none`, `insert` goes on from there.
  template <class Is>
  ANABRANCH_ALWAYS_INLINE constexpr sought seek_place(std::uint64_t hash, Is const& is) const {
    auto const h = static_cast<std::uint32_t>(hash);
    auto const mask = count_ - 1;
    for (std::uint32_t i = h & mask, far = 0;; i = (i + 1) & mask, ++far) {
      auto const& s = slots_[i];
      if (s.taken == 0 || ((i - s.hash) & mask) < far) return {none, i, far};
      if (s.hash == h && is(s.taken - 1)) return {s.taken - 1, i, far};
    }
  }
  ANABRANCH_ALWAYS_INLINE constexpr void insert(sought at, std::uint64_t hash, std::size_t position) noexcept {
    slot const s{static_cast<std::uint32_t>(position + 1), static_cast<std::uint32_t>(hash)};
    if (slots_[at.slot].taken == 0) {
      slots_[at.slot] = s;
      ++size_;
    } else {
      put(s, at.slot, at.far);
    }
  }

  // Room for `n` at a load of four fifths. Gives whether it is empty now, and has to be filled by `insert`.
  ANABRANCH_ALWAYS_INLINE constexpr bool reserve(std::size_t n) {
    if (n * 5 <= std::size_t{count_} * 4) return false;
    return grow(n);
  }

  // Needs reserved room.
  constexpr void insert(std::uint64_t hash, std::size_t position) noexcept {
    put({static_cast<std::uint32_t>(position + 1), static_cast<std::uint32_t>(hash)});
  }

  constexpr void erase(std::uint64_t hash, std::size_t position) noexcept {
    auto const mask = count_ - 1;
    auto i = seek(hash, position);
    for (auto next = (i + 1) & mask; slots_[next].taken != 0 && ((next - slots_[next].hash) & mask) != 0;
         i = next, next = (next + 1) & mask)
      slots_[i] = slots_[next];
    slots_[i] = {};
    --size_;
  }

  constexpr void renumber(std::uint64_t hash, std::size_t from, std::size_t to) noexcept {
    slots_[seek(hash, from)].taken = static_cast<std::uint32_t>(to + 1);
  }

  constexpr void clear() noexcept {
    for (std::uint32_t i = 0; i < count_; ++i) slots_[i] = {};
    size_ = 0;
  }
  constexpr void drop() noexcept {
    if (slots_ == nullptr) return;
    allocator a;
    traits::deallocate(a, slots_, count_);
    slots_ = nullptr;
    count_ = size_ = 0;
  }

 private:
  [[gnu::noinline]] constexpr bool grow(std::size_t n) {
    std::uint32_t count = count_ == 0 ? 16 : count_;
    while (n * 5 > std::size_t{count} * 4) count *= count < 4096 ? 4 : 2;
    auto* const old = slots_;
    auto const old_count = count_;
    allocate(count);
    auto const filled = size_;
    size_ = 0;
    for (std::uint32_t i = 0; i < old_count; ++i)
      if (old[i].taken != 0) put(old[i]);
    if (old != nullptr) {
      allocator a;
      traits::deallocate(a, old, old_count);
    }
    return filled == 0;
  }

  constexpr std::uint32_t seek(std::uint64_t hash, std::size_t position) const noexcept {
    auto const mask = count_ - 1;
    auto i = static_cast<std::uint32_t>(hash) & mask;
    while (slots_[i].taken != position + 1) i = (i + 1) & mask;
    return i;
  }
  constexpr void put(slot s) noexcept { put(s, s.hash & (count_ - 1), 0); }
  constexpr void put(slot s, std::uint32_t i, std::uint32_t far) noexcept {
    auto const mask = count_ - 1;
    for (; slots_[i].taken != 0; i = (i + 1) & mask, ++far) {
      auto const its = (i - slots_[i].hash) & mask;
      if (its < far) {
        std::swap(s, slots_[i]);
        far = its;
      }
    }
    slots_[i] = s;
    ++size_;
  }
  constexpr void allocate(std::uint32_t count) {
    allocator a;
    slots_ = traits::allocate(a, count);
    for (std::uint32_t i = 0; i < count; ++i) construct(slots_ + i);
    count_ = count;
  }

  slot* slots_ = nullptr;
  std::uint32_t count_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace ab::detail
