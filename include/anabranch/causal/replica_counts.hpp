/// @file
/// `ab::replica_counts`: a number for each replica, joined by maximum.
#pragma once

#include "anabranch/causal/detail/varint.hpp"
#include "anabranch/causal/dot.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ab {

/// A replica and a number; 0 is as good as none.
struct replica_count {
  replica_id from{};
  std::uint64_t count = 0;
  friend constexpr bool operator==(replica_count const&, replica_count const&) = default;
};

namespace detail {

// Where dots end, and large steps.
inline constexpr std::uint64_t last_count = INT64_MAX;
// The greatest that is read from elsewhere: far from where small steps would wrap.
inline constexpr std::uint64_t last_read_count = last_count + (std::uint64_t{1} << 62U);

// Large steps end at 2^63 - 1, also a negative number that became one: a count that wrapped would be joined by nobody. Small
// ones are too small to get from there to 2^64, and cost no comparison where they are known.
constexpr std::uint64_t step_from(std::uint64_t n, std::uint64_t by) noexcept {
  if (by <= UINT32_MAX) return by;
  if (n >= last_count) return 0;
  return by > last_count - n ? last_count - n : by;
}

}  // namespace detail

/// A number for each replica, sorted by replica, joined by maximum: what version vectors and counters are made of.
/// @tparam Containers a container policy; only its `sequence` is used
template <class Containers>
class replica_counts {
  using entries_type = typename Containers::template sequence<replica_count>;

 public:
  static constexpr bool bounded = Containers::bounded;

  constexpr std::size_t size() const noexcept { return entries_.size(); }
  constexpr bool empty() const noexcept { return entries_.empty(); }
  constexpr bool overflowed() const noexcept { return entries_.overflowed(); }
  constexpr replica_count const* begin() const noexcept { return entries_.begin(); }
  constexpr replica_count const* end() const noexcept { return entries_.end(); }

  /// 0 where there is none. O(log n).
  constexpr std::uint64_t at(replica_id id) const noexcept {
    auto const i = place(id);
    return i < size() && entries_[i].from == id ? entries_[i].count : 0;
  }

  /// The number of `id`, to be raised. O(1) where the last call was for the same, else O(log n), and O(n) for a new one.
  /// @return null only where a fixed container is full
  ANABRANCH_ALWAYS_INLINE constexpr std::uint64_t* of(replica_id id) {
    if (last_ < size() && entries_[last_].from == id) return &entries_[last_].count;
    return make(id);
  }

  /// The number of `id`, where there is none of anybody yet: what deltas begin with.
  ANABRANCH_ALWAYS_INLINE constexpr void put_first(replica_id id, std::uint64_t n) {
    entries_.push_back(replica_count{id, n});
  }
  /// Whether it was less.
  constexpr bool raise(replica_id id, std::uint64_t to) {
    if (to == 0) return false;
    auto* const n = of(id);
    if (n == nullptr || *n >= to) return false;
    *n = to;
    return true;
  }

  /// The greater of both numbers, for each replica. O(n + m), or O(m log n) where `o` is much smaller.
  constexpr bool join(replica_counts const& o) {
    if (o.empty()) return false;
    bool grew = false;
    if (o.size() * 8 < size()) {
      for (auto const& e : o) grew |= raise(e.from, e.count);
      return grew;
    }
    if (size() == o.size() && join_aligned(o, grew)) return grew;
    return join_merged(o) || grew;
  }

  constexpr bool leq(replica_counts const& o) const noexcept {
    std::size_t j = 0;
    for (auto const& e : *this) {
      while (j < o.size() && o.entries_[j].from < e.from) ++j;
      if (j == o.size() || !(o.entries_[j].from == e.from) || o.entries_[j].count < e.count) return false;
    }
    return true;
  }
  constexpr replica_counts difference(replica_counts const& o) const {
    replica_counts d;
    std::size_t j = 0;
    for (auto const& e : *this) {
      while (j < o.size() && o.entries_[j].from < e.from) ++j;
      if (j == o.size() || !(o.entries_[j].from == e.from) || o.entries_[j].count < e.count) d.entries_.push_back(e);
    }
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    for (auto const& e : *this) {
      replica_counts alone;
      alone.entries_.push_back(e);
      f(std::as_const(alone));
    }
  }
  constexpr std::uint64_t sum() const noexcept {
    std::uint64_t all = 0;
    for (auto const& e : *this) all += e.count;
    return all;
  }

  /// Forgets a replica's number.
  constexpr bool erase(replica_id id) {
    auto const i = place(id);
    if (i == size() || !(entries_[i].from == id)) return false;
    entries_.erase(i);
    return true;
  }

  friend constexpr bool operator==(replica_counts const& a, replica_counts const& b) {
    return a.entries_ == b.entries_;
  }

 private:
  friend struct detail::canonical::format<replica_counts>;

  constexpr std::size_t place(replica_id id) const noexcept {
    replica_count const* const all = entries_.data();
    std::size_t begin = 0, n = size();
    if (n == 0 || all[n - 1].from < id) return n;
    while (n > 0) {
      auto const half = n / 2;
      if (all[begin + half].from < id) {
        begin += half + 1;
        n -= half + 1;
      } else {
        n = half;
      }
    }
    return begin;
  }
  constexpr std::uint64_t* make(replica_id id) {
    auto const i = place(id);
    last_ = static_cast<std::uint32_t>(i);
    if (i < size() && entries_[i].from == id) return &entries_[i].count;
    auto* const made = entries_.insert(i, replica_count{id, 0});
    if (made == nullptr) return nullptr;
    return &made->count;
  }
  // As far as both are of the same replicas. @return whether they are of the same to the end
  constexpr bool join_aligned(replica_counts const& o, bool& grew) noexcept {
    replica_count* a = entries_.data();
    replica_count const* b = o.entries_.data();
    std::uint64_t more = 0;
    auto const* const end = a + size();
    for (; a != end && a->from == b->from; ++a, ++b) {
      auto const mine = a->count;
      auto const most = b->count > mine ? b->count : mine;
      more |= most ^ mine;
      a->count = most;
    }
    grew = more != 0;
    return a == end;
  }
  constexpr bool join_merged(replica_counts const& o) {
    bool grew = false;
    entries_type all;
    if constexpr (bounded) {
      if (overflowed()) all.reserve(SIZE_MAX);  // which it doesn't forget
    }
    all.reserve(size() > o.size() ? size() : o.size());
    std::size_t i = 0, j = 0;
    while (i < size() || j < o.size()) {
      if (j == o.size() || (i < size() && entries_[i].from < o.entries_[j].from)) {
        all.push_back(entries_[i++]);
      } else if (i == size() || o.entries_[j].from < entries_[i].from) {
        all.push_back(o.entries_[j++]);
        grew = true;
      } else {
        auto e = entries_[i++];
        auto const theirs = o.entries_[j++].count;
        if (e.count < theirs) {
          e.count = theirs;
          grew = true;
        }
        all.push_back(e);
      }
    }
    entries_ = std::move(all);
    return grew;
  }

  entries_type entries_{};
  std::uint32_t last_ = 0;  // where `of` found the last one; no part of the value
};

namespace detail::canonical {

// A count; for each replica what its number is above the one before, then its count: all as varints.
template <class Containers>
struct format<replica_counts<Containers>> : format_defaults {
  using counts = replica_counts<Containers>;
  using parts = list<std::uint64_t, std::uint64_t>;
  static constexpr tag kind = tag::map;
  static constexpr std::uint64_t number = 3;  // no order of std::map's
  static constexpr bool compound = true;
  static constexpr std::size_t least = 1;
  static constexpr bool fixed = false;

  static constexpr std::size_t size(counts const& c, meter& m) {
    m.count(c.size());
    std::size_t n = varint_size(c.size());
    std::uint64_t before = 0;
    for (auto const& e : c) {
      n += varint_size(e.from.value - before) + varint_size(e.count);
      before = e.from.value;
    }
    return n;
  }
  static constexpr std::byte* put(counts const& c, std::byte* out) {
    out = put_varint(c.size(), out);
    std::uint64_t before = 0;
    for (auto const& e : c) {
      out = put_varint(e.count, put_varint(e.from.value - before, out));
      before = e.from.value;
    }
    return out;
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    std::uint64_t n = 0, before = 0;
    if (!r.has(1)) return false;
    auto const* const start = r.at;
    if (!take_count(r, 2, n)) return false;
    counts& c = place();
    if (!c.entries_.fits(n)) return r.fail_at(start, trouble::length);
    c.entries_.reserve(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      auto const* const at = r.at;
      std::uint64_t step = 0, count = 0;
      if (!take_varint(r, step)) return false;
      if ((i > 0 && step == 0) || step > UINT64_MAX - before) return r.fail_at(at, trouble::order);
      if (!take_varint(r, count)) return false;
      if (count == 0 || count > last_read_count) return r.fail_at(at, trouble::order);
      before += step;
      c.entries_.push_back({replica_id{before}, count});
    }
    return true;
  }
};

}  // namespace detail::canonical

}  // namespace ab
