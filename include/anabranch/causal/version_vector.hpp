/// @file
/// `ab::version_vector`: how much one has seen of each replica.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/replica_counts.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab {

/// For each replica the number n such that its first n dots were seen. It can't tell of a dot beyond a gap: that takes an
/// `ab::causal_context`.
template <class Containers = hash_containers>
class version_vector {
 public:
  static constexpr bool bounded = Containers::bounded;
  static constexpr std::string_view merge_name = "version_vector/1";

  constexpr std::uint64_t at(replica_id id) const noexcept { return counts_.at(id); }
  constexpr bool contains(dot d) const noexcept { return d.sequence <= counts_.at(d.from); }
  /// All dots of `id` up to the `to`-th have been seen.
  constexpr bool raise(replica_id id, std::uint64_t to) { return counts_.raise(id, to); }
  constexpr bool erase(replica_id id) { return counts_.erase(id); }
  constexpr std::size_t size() const noexcept { return counts_.size(); }
  constexpr bool empty() const noexcept { return counts_.empty(); }
  constexpr bool overflowed() const noexcept { return counts_.overflowed(); }
  constexpr auto begin() const noexcept { return counts_.begin(); }
  constexpr auto end() const noexcept { return counts_.end(); }

  constexpr bool join(version_vector const& o) { return counts_.join(o.counts_); }
  constexpr bool leq(version_vector const& o) const noexcept { return counts_.leq(o.counts_); }
  constexpr version_vector difference(version_vector const& o) const {
    version_vector d;
    d.counts_ = counts_.difference(o.counts_);
    return d;
  }
  template <class F>
  constexpr void decompose(F f) const {
    counts_.decompose([&](auto const& part) {
      version_vector alone;
      alone.counts_ = part;
      f(std::as_const(alone));
    });
  }
  friend constexpr bool operator==(version_vector const& a, version_vector const& b) { return a.counts_ == b.counts_; }
  static constexpr auto fields() { return ab::fields(&version_vector::counts_); }

 private:
  replica_counts<Containers> counts_{};
};

}  // namespace ab
