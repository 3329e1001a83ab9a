/// @file
/// `ab::lattice::set`: what was ever put in, joined by union.
#pragma once

#include "anabranch/container/hash.hpp"
#include "anabranch/container/merge.hpp"
#include "anabranch/lattice/concepts.hpp"
#include "anabranch/lattice/detail/keyed.hpp"
#include "anabranch/lattice/detail/keyed_format.hpp"

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace ab {

namespace lattice {

/// A set that only grows. The delta of putting `x` in is `set{x}`.
/// @tparam T a regular value
/// @tparam Containers a container policy, which says what it asks of `T`; replicas may differ in it
template <class T, class Containers = hash_containers>
class set {
 public:
  using value_type = T;
  using container = typename Containers::template set<T>;
  static constexpr std::string_view merge_name = "set";

  constexpr set() = default;
  constexpr set(std::initializer_list<T> all) {
    for (T const& v : all) all_.insert(v);
  }

  /// Joins with the set of this one value. @return whether it grew
  constexpr bool insert(T value) { return all_.insert(std::move(value)); }
  template <class Q>
  constexpr bool contains(Q const& value) const {
    return all_.contains(value);
  }
  constexpr std::size_t size() const noexcept { return all_.size(); }
  constexpr bool empty() const noexcept { return all_.empty(); }
  constexpr auto begin() const noexcept { return all_.begin(); }
  constexpr auto end() const noexcept { return all_.end(); }
  constexpr void reserve(std::size_t n) { all_.reserve(n); }
  /// Whether containers of fixed capacity were too small, so that something is missing.
  constexpr bool overflowed() const noexcept { return all_.overflowed(); }

  constexpr bool join(set const& other) { return merge_map(keyed(), other.keyed(), known()); }
  constexpr bool join(set&& other) {
    if (empty() && !overflowed()) {
      *this = std::move(other);
      return !empty();
    }
    return merge_map(keyed(), other.keyed(), known());
  }
  constexpr bool leq(set const& other) const {
    return ab::detail::lattices::all_in(keyed(), other.keyed(), [](auto const&, auto const&) { return true; });
  }
  constexpr bool is_bottom() const noexcept { return empty(); }
  constexpr set difference(set const& other) const {
    set d;
    ab::detail::seeker in(other.keyed(), size());
    for (auto const& e : keyed())
      if (in.find(e.key) == nullptr) d.all_.insert(e.key);
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    for (T const& v : all_) {
      set alone;
      alone.all_.insert(v);
      f(alone);
    }
  }
  friend constexpr bool operator==(set const& a, set const& b) { return a.size() == b.size() && a.leq(b); }

  /// The map behind it, for codecs.
  constexpr auto& keyed() noexcept { return all_.map(); }
  constexpr auto const& keyed() const noexcept { return all_.map(); }

 private:
  static constexpr auto known() noexcept {
    return [](auto const&, auto const&) { return false; };
  }

  container all_{};
};

}  // namespace lattice

namespace detail::canonical {

template <class T, class Containers>
struct format<lattice::set<T, Containers>> : lattices::keyed_format<lattice::set<T, Containers>, T, void> {};

}  // namespace detail::canonical

}  // namespace ab
