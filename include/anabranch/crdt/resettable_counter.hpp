/// @file
/// `ab::resettable_counter`: a counter that can be set back to 0.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/crdt/several_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab {

/// Counts up and down, and is set back: a reset takes away exactly what its replica had seen, and what others count at the
/// same time stays. Four numbers for each replica: counted up and down, and how much of either was reset.
template <class Containers = hash_containers>
class resettable_counter : public several_counts<resettable_counter<Containers>, Containers, 4> {
  using base = several_counts<resettable_counter, Containers, 4>;
  friend base;

 public:
  static constexpr std::string_view merge_name = "resettable_counter/1";

  constexpr mutation<resettable_counter> increment(replica const& r, std::uint64_t by = 1) {
    return this->raise(0, r, by);
  }
  constexpr mutation<resettable_counter> decrement(replica const& r, std::uint64_t by = 1) {
    return this->raise(1, r, by);
  }
  constexpr mutation<resettable_counter> reset() {
    return detail::mutate(*this, [](resettable_counter& self, resettable_counter& delta) {
      for (std::size_t i = 0; i < 2; ++i) {
        for (auto const& e : self.counts_[i])
          if (self.counts_[i + 2].raise(e.from, e.count)) delta.counts_[i + 2].raise(e.from, e.count);
      }
    });
  }
  /// Whether `o` has counts of `id`, or resets of counts, that this one hasn't.
  constexpr bool lacks_of(replica_id id, resettable_counter const& o) const noexcept {
    for (std::size_t i = 0; i < 2; ++i) {
      auto const n = this->counts_[i].at(id);
      if (o.counts_[i].at(id) > n || o.counts_[i + 2].at(id) > n) return true;
    }
    return false;
  }
  /// A reset that came before what it resets counts once that comes.
  constexpr std::int64_t value() const noexcept { return static_cast<std::int64_t>(left(0) - left(1)); }

 private:
  constexpr std::uint64_t left(std::size_t i) const noexcept {
    std::uint64_t sum = 0;
    for (auto const& e : this->counts_[i]) {
      auto const gone = this->counts_[i + 2].at(e.from);
      if (e.count > gone) sum += e.count - gone;
    }
    return sum;
  }
};

}  // namespace ab
