/// @file
/// `ab::dot_set`: a store of bare dots.
#pragma once

#include "anabranch/causal/context.hpp"
#include "anabranch/causal/detail/varint.hpp"
#include "anabranch/causal/dot.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/core/detail/construct.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ab {

namespace detail {

// Sixteen bytes: one dot, or a pointer to more of them in order.
template <class Sequence>
class packed_dots {
 public:
  using many = Sequence;
  static constexpr bool relocatable = true;

  constexpr packed_dots() noexcept : from_{} {}
  constexpr packed_dots(packed_dots const& o) : packed_dots() { copy(o); }
  constexpr packed_dots(packed_dots&& o) noexcept : from_{} { steal(o); }
  constexpr packed_dots& operator=(packed_dots const& o) {
    if (this != &o) *this = packed_dots(o);
    return *this;
  }
  constexpr packed_dots& operator=(packed_dots&& o) noexcept {
    if (this != &o) {
      clear();
      steal(o);
    }
    return *this;
  }
  constexpr ~packed_dots() { clear(); }

  constexpr std::size_t size() const noexcept { return sequence_ == several ? many_->size() : sequence_ != 0; }
  constexpr dot operator[](std::size_t i) const noexcept {
    if (sequence_ == several) return (*many_)[i];
    return {from_, sequence_};
  }
  static constexpr bool overflowed() noexcept { return false; }

  constexpr void insert(std::size_t i, dot d) {
    if (sequence_ == 0) {
      from_ = d.from;
      sequence_ = d.sequence;
      return;
    }
    if (sequence_ != several) {
      auto* const more = make();
      more->push_back({from_, sequence_});
      construct(&many_, more);
      sequence_ = several;
    }
    many_->insert(i, d);
  }
  constexpr void erase(std::size_t i) {
    if (sequence_ != several) {
      sequence_ = 0;
      return;
    }
    many_->erase(i);
    if (many_->size() == 1) {
      auto const d = (*many_)[0];
      clear();
      from_ = d.from;
      sequence_ = d.sequence;
    }
  }
  constexpr void clear() noexcept {
    if (sequence_ == several) {
      dispose(many_);
      construct(&from_);
    }
    sequence_ = 0;
  }

 private:
  static constexpr std::uint64_t several = UINT64_MAX;
  using traits = typename std::allocator_traits<typename Sequence::allocator_type>::template rebind_traits<many>;

  static constexpr many* make() {
    typename traits::allocator_type a;
    return construct(traits::allocate(a, 1));
  }
  static constexpr void dispose(many* m) noexcept {
    typename traits::allocator_type a;
    m->~many();
    traits::deallocate(a, m, 1);
  }
  constexpr void copy(packed_dots const& o) {
    if (o.sequence_ == several) {
      construct(&many_, make());
      sequence_ = several;
      *many_ = *o.many_;
    } else {
      from_ = o.from_;
    }
    sequence_ = o.sequence_;
  }
  constexpr void steal(packed_dots& o) noexcept {
    if (o.sequence_ == several) {
      construct(&many_, o.many_);
      construct(&o.from_);
    } else {
      from_ = o.from_;
    }
    sequence_ = std::exchange(o.sequence_, 0);
  }

  union {
    replica_id from_;
    many* many_;
  };
  std::uint64_t sequence_ = 0;  // 0: none
};

template <class Containers, bool Bounded>
struct dots_of {
  using type = packed_dots<typename Containers::template sequence<dot>>;
};
template <class Containers>
struct dots_of<Containers, true> {
  using type = typename Containers::template sequence<dot>;
};

}  // namespace detail

/// A set of dots that are alive: what stands behind "it is there". One dot takes 16 bytes and no heap.
///
/// A *dot store*, as are `dot_fun`, `dot_map` and `dot_pair`. What isn't in it but in the causal context beside it was
/// removed. Its `join(other, mine, theirs)` takes both contexts, as they were before.
template <class Containers = hash_containers>
class dot_set {
 public:
  using containers = Containers;
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool relocatable = true;
  static constexpr bool leaf = true;  // few dots, to be found by looking at them

  constexpr dot_set() = default;
  constexpr explicit dot_set(dot d) { dots_.insert(0, d); }

  constexpr bool empty() const noexcept { return dots_.size() == 0; }
  constexpr std::size_t size() const noexcept { return dots_.size(); }
  constexpr dot operator[](std::size_t i) const noexcept { return dots_[i]; }
  constexpr bool overflowed() const noexcept { return dots_.overflowed(); }

  constexpr bool contains(dot d) const noexcept {
    auto const i = place(d);
    return i < size() && dots_[i] == d;
  }
  constexpr bool insert(dot d) {
    auto const i = place(d);
    if (i < size() && dots_[i] == d) return false;
    dots_.insert(i, d);
    return true;
  }
  constexpr bool erase(dot d) {
    auto const i = place(d);
    if (i == size() || !(dots_[i] == d)) return false;
    dots_.erase(i);
    return true;
  }
  constexpr void clear() { dots_.clear(); }

  /// Calls `f(dot)` for each, ascending.
  template <class F>
  constexpr void each_dot(F const& f) const {
    for (std::size_t i = 0; i < size(); ++i) f(dot(dots_[i]));
  }

  template <class Context>
  constexpr bool join(dot_set const& o, Context const& mine, Context const& theirs) {
    if (size() == 1 && o.size() == 1 && dots_[0] == o.dots_[0]) return false;
    bool changed = false;
    for (std::size_t i = size(); i-- > 0;) {
      if (!o.contains(dots_[i]) && theirs.contains(dots_[i])) {
        dots_.erase(i);
        changed = true;
      }
    }
    for (std::size_t i = 0; i < o.size(); ++i)
      if (!mine.contains(o.dots_[i])) changed |= insert(o.dots_[i]);
    return changed;
  }
  /// Drops what is in `theirs`.
  template <class Context>
  constexpr bool remove(Context const& theirs) {
    bool changed = false;
    for (std::size_t i = size(); i-- > 0;) {
      if (!theirs.contains(dots_[i])) continue;
      dots_.erase(i);
      changed = true;
    }
    return changed;
  }
  /// Whether all that `mine` has seen of `o` is alive here, too.
  template <class Context>
  constexpr bool leq(dot_set const& o, Context const& mine) const noexcept {
    for (std::size_t i = 0; i < o.size(); ++i)
      if (mine.contains(o.dots_[i]) && !contains(o.dots_[i])) return false;
    return true;
  }
  /// Puts into `d` what who has `o` and has seen `theirs` doesn't know of.
  template <class Context>
  constexpr void difference(dot_set const&, Context const& theirs, dot_set& d) const {
    for (std::size_t i = 0; i < size(); ++i)
      if (!theirs.contains(dots_[i])) d.insert(dots_[i]);
  }
  /// Calls `f(dot)` for what is alive in `o`, was seen here and is gone.
  template <class Context, class F>
  constexpr void removed(dot_set const& o, Context const& mine, F const& f) const {
    for (std::size_t i = 0; i < o.size(); ++i)
      if (mine.contains(o.dots_[i]) && !contains(o.dots_[i])) f(dot(o.dots_[i]));
  }
  static constexpr bool well_formed() noexcept { return true; }
  /// Calls `f(dot, part)` with each dot by itself.
  template <class F>
  constexpr void decompose(F const& f) const {
    each_dot([&f](dot d) {
      dot_set alone;
      alone.insert(d);
      f(d, alone);
    });
  }

  friend constexpr bool operator==(dot_set const& a, dot_set const& b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!(a.dots_[i] == b.dots_[i])) return false;
    return true;
  }

 private:
  constexpr std::size_t place(dot d) const noexcept {
    if (size() == 0 || dots_[size() - 1] < d) return size();
    std::size_t begin = 0, n = size();
    while (n > 0) {
      auto const half = n / 2;
      if (dots_[begin + half] < d) {
        begin += half + 1;
        n -= half + 1;
      } else {
        n = half;
      }
    }
    return begin;
  }

  typename detail::dots_of<Containers, Containers::bounded>::type dots_{};
};

namespace detail::canonical {

// A count, then replica and number of each, ascending: all as varints.
template <class Containers>
struct format<dot_set<Containers>> : format_defaults {
  using set = dot_set<Containers>;
  using parts = list<std::uint64_t, std::uint64_t>;
  static constexpr tag kind = tag::set;
  static constexpr std::uint64_t number = 3;
  static constexpr bool compound = true;
  static constexpr std::size_t least = 1;
  static constexpr bool fixed = false;

  static constexpr std::size_t size(set const& s, meter& m) {
    m.count(s.size());
    std::size_t n = varint_size(s.size());
    s.each_dot([&n](dot d) { n += varint_size(d.from.value) + varint_size(d.sequence); });
    return n;
  }
  static constexpr std::byte* put(set const& s, std::byte* out) {
    out = put_varint(s.size(), out);
    s.each_dot([&out](dot d) { out = put_dot(d, out); });
    return out;
  }
  static constexpr std::byte* put_dot(dot d, std::byte* out) {
    return put_varint(d.sequence, put_varint(d.from.value, out));
  }
  static constexpr bool take_dot(reader& r, dot& d) {
    auto const* const at = r.at;
    if (!take_varint(r, d.from.value) || !take_varint(r, d.sequence)) return false;
    return (d.sequence != 0 && d.sequence <= INT64_MAX) || r.fail_at(at, trouble::order);
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    std::uint64_t n = 0;
    if (!take_count(r, 2, n)) return false;
    set& s = place();
    dot before;
    for (std::uint64_t i = 0; i < n; ++i) {
      auto const* const at = r.at;
      dot d;
      if (!take_dot(r, d)) return false;
      if (i > 0 && !(before < d)) return r.fail_at(at, trouble::order);
      before = d;
      s.insert(d);
    }
    return !s.overflowed() || r.fail(trouble::length);
  }
};

}  // namespace detail::canonical

}  // namespace ab
