/// @file
/// `ab::causal_context`: which dots have been seen.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/replica_counts.hpp"
#include "anabranch/container/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ab {

/// A set of dots: a version vector, and for what lies beyond gaps a cloud of ranges, which shrinks into the vector as gaps
/// fill. So deltas may come late, twice and in any order. Every set of dots has one form, and one encoding.
template <class Containers = hash_containers>
class causal_context {
  using ranges = typename Containers::template sequence<dot_range>;

 public:
  static constexpr bool bounded = Containers::bounded;
  static constexpr std::string_view merge_name = "causal_context/1";

  /// O(log n).
  constexpr bool contains(dot d) const noexcept {
    if (d.sequence <= vector_.at(d.from)) return true;
    if (cloud_.empty()) return false;
    auto const i = place(d.from, d.sequence);
    return i < cloud_.size() && cloud_[i].from == d.from && cloud_[i].first <= d.sequence;
  }
  /// How many dots of `id` lie before the first gap.
  constexpr std::uint64_t contiguous(replica_id id) const noexcept { return vector_.at(id); }
  /// The last dot of `id` that was seen; 0: none.
  constexpr std::uint64_t last(replica_id id) const noexcept {
    auto const i = place(id, UINT64_MAX);
    // `place` gives the first range that ends there or after; else the one before it is the last of `id`, if it has one.
    if (i < cloud_.size() && cloud_[i].from == id) return cloud_[i].last;
    if (i > 0 && cloud_[i - 1].from == id) return cloud_[i - 1].last;
    return vector_.at(id);
  }
  /// The dot that `id` is to give out next. Doesn't count it as seen yet.
  constexpr dot next(replica_id id) const noexcept { return {id, last(id) + 1}; }

  /// Whether it is new.
  constexpr bool insert(dot d) { return insert(dot_range{d.from, d.sequence, d.sequence}); }
  /// Whether any of them is new.
  constexpr bool insert(dot_range r) {
    if (r.first == 0 || r.last < r.first) return false;
    if (r.first > 1 && empty()) return cloud_.push_back(r) != nullptr;  // as every delta begins
    auto const seen = vector_.at(r.from);
    if (r.last <= seen) return false;
    if (r.first - 1 > seen) return insert_in_cloud(r);
    auto* const n = vector_.of(r.from);
    if (n == nullptr) return false;
    *n = r.last;
    if (!cloud_.empty()) absorb(r.from, *n);
    return true;
  }
  /// Counts the next dot of `id` as seen, and gives it.
  constexpr dot mint(replica_id id) {
    if (cloud_.empty()) {
      auto* const n = vector_.of(id);
      if (n == nullptr) return {id, 0};
      return {id, ++*n};
    }
    auto const d = next(id);
    insert(d);
    return d;
  }

  constexpr bool empty() const noexcept { return vector_.empty() && cloud_.empty(); }
  constexpr bool overflowed() const noexcept { return vector_.overflowed() || cloud_.overflowed(); }
  /// Says so from now on: something that this belongs to had no room.
  constexpr void mark_overflowed() noexcept
    requires bounded
  {
    cloud_.reserve(SIZE_MAX);
  }
  /// How many dots, UINT64_MAX where more.
  constexpr std::uint64_t count() const noexcept {
    std::uint64_t n = 0;
    each_range([&n](dot_range r) {
      auto const more = r.last - r.first + 1;
      n = n > UINT64_MAX - more ? UINT64_MAX : n + more;
    });
    return n;
  }
  /// The part without gaps.
  constexpr replica_counts<Containers> const& vector() const noexcept { return vector_; }
  /// The ranges beyond gaps, ascending; none touches another, or the vector.
  constexpr ranges const& cloud() const noexcept { return cloud_; }

  /// Calls `f(dot_range)` for the dots in ranges, those of the vector first.
  template <class F>
  constexpr void each_range(F const& f) const {
    for (auto const& e : vector_) f(dot_range{e.from, 1, e.count});
    for (auto const& r : cloud_) f(r);
  }
  template <class F>
  constexpr void each_dot(F const& f) const {
    each_range([&f](dot_range r) {
      for (auto n = r.first;; ++n) {
        f(dot{r.from, n});
        if (n == r.last) break;
      }
    });
  }

  /// O(m log n) where `o` has few ranges, else O(n + m).
  constexpr bool join(causal_context const& o) {
    bool grew = false;
    if (o.vector_.size() * 8 < vector_.size() || (!cloud_.empty() && o.vector_.size() < 8)) {
      for (auto const& e : o.vector_) grew |= insert(dot_range{e.from, 1, e.count});
    } else if (!o.vector_.empty()) {
      grew = vector_.join(o.vector_);
      if (!cloud_.empty() && grew) settle();
    }
    if (!o.cloud_.empty() && (bounded || (o.cloud_.size() > 16 && o.cloud_.size() * 8 > cloud_.size())))
      return join_clouds(o) || grew;
    for (auto const& r : o.cloud_) grew |= insert(r);
    return grew;
  }
  constexpr bool leq(causal_context const& o) const noexcept {
    for (auto const& e : vector_)
      if (o.vector_.at(e.from) < e.count) return false;
    for (auto const& r : cloud_)
      if (!o.covers(r)) return false;
    return true;
  }
  /// The dots that `o` doesn't have.
  constexpr causal_context difference(causal_context const& o) const {
    causal_context d;
    each_range([&](dot_range r) {
      auto first = r.first;
      auto const seen = o.vector_.at(r.from);
      if (seen >= r.last) return;
      if (first <= seen) first = seen + 1;
      for (auto i = o.place(r.from, first); i < o.cloud_.size() && o.cloud_[i].from == r.from; ++i) {
        auto const& hole = o.cloud_[i];
        if (hole.first > r.last) break;
        if (hole.first > first) d.insert(dot_range{r.from, first, hole.first - 1});
        if (hole.last >= r.last) return;
        first = hole.last + 1;
      }
      d.insert(dot_range{r.from, first, r.last});
    });
    return d;
  }
  /// Each dot by itself.
  template <class F>
  constexpr void decompose(F f) const {
    each_dot([&f](dot d) {
      causal_context alone;
      alone.insert(d);
      f(std::as_const(alone));
    });
  }
  friend constexpr bool operator==(causal_context const& a, causal_context const& b) {
    return a.vector_ == b.vector_ && a.cloud_ == b.cloud_;
  }

 private:
  friend struct detail::canonical::format<causal_context>;

  // The first range of the cloud that isn't wholly before the `n`-th dot of `id`.
  constexpr std::size_t place(replica_id id, std::uint64_t n) const noexcept {
    std::size_t begin = 0, count = cloud_.size();
    while (count > 0) {
      auto const half = count / 2;
      auto const& r = cloud_[begin + half];
      if (r.from < id || (r.from == id && r.last < n)) {
        begin += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    return begin;
  }
  constexpr bool covers(dot_range r) const noexcept {
    if (r.last <= vector_.at(r.from)) return true;
    auto const i = place(r.from, r.first);
    return i < cloud_.size() && cloud_[i].from == r.from && cloud_[i].first <= r.first && r.last <= cloud_[i].last;
  }
  constexpr bool insert_in_cloud(dot_range r) {
    auto i = place(r.from, r.first - 1);  // the first that overlaps or touches, or lies behind
    if (i == cloud_.size() || !(cloud_[i].from == r.from) || cloud_[i].first - 1 > r.last) {
      cloud_.insert(i, r);
      return true;
    }
    auto& here = cloud_[i];
    if (here.first <= r.first && r.last <= here.last) return false;
    if (r.first < here.first) here.first = r.first;
    if (r.last > here.last) {
      here.last = r.last;
      while (i + 1 < cloud_.size() && cloud_[i + 1].from == r.from && cloud_[i + 1].first - 1 <= cloud_[i].last) {
        if (cloud_[i + 1].last > cloud_[i].last) cloud_[i].last = cloud_[i + 1].last;
        cloud_.erase(i + 1);
      }
    }
    return true;
  }
  // Moves into the vector what `n`, the count of `id`, has reached.
  constexpr void absorb(replica_id id, std::uint64_t& n) {
    auto const i = place(id, 0);
    while (i < cloud_.size() && cloud_[i].from == id && cloud_[i].first - 1 <= n) {
      if (cloud_[i].last > n) n = cloud_[i].last;
      cloud_.erase(i);
    }
  }
  // The same for all replicas, after the vector grew.
  constexpr void settle() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < cloud_.size(); ++i) {
      auto const r = cloud_[i];
      if (r.first - 1 <= vector_.at(r.from)) {
        vector_.raise(r.from, r.last);
      } else {
        cloud_[kept++] = r;
      }
    }
    cloud_.truncate(kept);
  }
  // In one pass over both, so that nothing takes room that the other side fills up.
  constexpr bool join_clouds(causal_context const& o) {
    ranges all;
    if constexpr (bounded) {
      if (cloud_.overflowed()) all.reserve(SIZE_MAX);  // which it doesn't forget
    }
    dot_range run;  // what touches so far
    auto const put = [&] {
      if (run.first == 0) return;
      if (run.first - 1 <= vector_.at(run.from))
        vector_.raise(run.from, run.last);
      else
        all.push_back(run);
    };
    std::size_t i = 0, j = 0;
    bool grew = false;
    while (i < cloud_.size() || j < o.cloud_.size()) {
      bool const mine = j == o.cloud_.size() || (i < cloud_.size() && cloud_[i] < o.cloud_[j]);
      auto const r = mine ? cloud_[i++] : o.cloud_[j++];
      if (!mine) grew = grew || !covers(r);
      if (run.first != 0 && run.from == r.from && r.first - 1 <= run.last) {
        if (r.last > run.last) run.last = r.last;
      } else {
        put();
        run = r;
      }
    }
    put();
    cloud_ = std::move(all);
    return grew;
  }

  replica_counts<Containers> vector_{};
  ranges cloud_{};
};

namespace detail::canonical {

// The vector; then a count, and for each range of the cloud its replica, its first, and how many follow: all as varints.
template <class Containers>
struct format<causal_context<Containers>> : format_defaults {
  using context = causal_context<Containers>;
  using vector = replica_counts<Containers>;
  using parts = list<vector, std::uint64_t>;
  static constexpr tag kind = tag::map;
  static constexpr std::uint64_t number = 4;
  static constexpr bool compound = true;
  static constexpr std::size_t least = 2;
  static constexpr bool fixed = false;

  static constexpr std::size_t size(context const& c, meter& m) {
    m.count(c.cloud().size());
    std::size_t n = size_of(c.vector(), m) + varint_size(c.cloud().size());
    for (auto const& r : c.cloud())
      n += varint_size(r.from.value) + varint_size(r.first) + varint_size(r.last - r.first);
    return n;
  }
  static constexpr std::byte* put(context const& c, std::byte* out) {
    out = put_varint(c.cloud().size(), canonical::put(c.vector(), out));
    for (auto const& r : c.cloud())
      out = put_varint(r.last - r.first, put_varint(r.first, put_varint(r.from.value, out)));
    return out;
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    context& c = place();
    auto const* const whole = r.at;
    if (!canonical::take<vector>(r, existing<vector>{c.vector_})) return false;
    for (auto const& e : c.vector_)
      if (e.count > last_count) return r.fail_at(whole, trouble::order);
    std::uint64_t n = 0;
    auto const* const start = r.at;
    if (!take_count(r, 3, n)) return false;
    if (!c.cloud_.fits(n)) return r.fail_at(start, trouble::length);
    c.cloud_.reserve(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      auto const* const at = r.at;
      dot_range d;
      std::uint64_t more = 0;
      if (!take_varint(r, d.from.value) || !take_varint(r, d.first) || !take_varint(r, more)) return false;
      if (d.first == 0 || d.first > last_count || more > last_count - d.first) return r.fail_at(at, trouble::order);
      d.last = d.first + more;
      // A gap lies before each range, or it would have another form.
      bool const ascends = c.cloud_.empty() || c.cloud_.back().from < d.from ||
                           (c.cloud_.back().from == d.from && d.first - 1 > c.cloud_.back().last);
      if (!ascends || d.first - 1 <= c.vector_.at(d.from)) return r.fail_at(at, trouble::order);
      c.cloud_.push_back(d);
    }
    return true;
  }
};

}  // namespace detail::canonical

}  // namespace ab
