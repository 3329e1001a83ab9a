/// @file
/// `ab::stability`: what everybody has seen.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/version_vector.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/flat.hpp"

#include <cstddef>
#include <cstdint>

namespace ab {

/// Who takes part, and what each of them is known to have seen. A dot that all have seen is *stable*: nobody will do anything
/// any more without knowing of it. Who is silent holds everything up until evicted.
///
/// That holds only where all agree on who takes part, and where nothing is taken any more from who was evicted: it may go on
/// changing things without knowing of what the others take for stable, and forget. `ab::replicated` sees to both. An
/// evicted replica comes back under a new identity and with what the others have, not with its own state.
class stability {
 public:
  /// @return whether it wasn't a member
  constexpr bool admit(replica_id id) { return members_.get_or_insert(id).inserted; }
  /// @return whether it was a member
  constexpr bool evict(replica_id id) { return members_.erase(id); }
  /// Counts as having seen nothing until it is observed again.
  constexpr void forget(replica_id id) {
    if (auto* const known = members_.find(id)) *known = {};
  }
  /// All count as having seen nothing until they are observed again: since somebody was evicted, and may have been heard by them.
  constexpr void forget() {
    for (auto& m : members_) m.value = {};
  }
  constexpr bool is_member(replica_id id) const noexcept { return members_.contains(id); }
  constexpr std::size_t size() const noexcept { return members_.size(); }

  /// Of members only.
  template <class Containers>
  constexpr void observe(replica_id id, version_vector<Containers> const& seen) {
    auto* const known = members_.find(id);
    if (known == nullptr) return;
    for (auto const& e : seen) known->raise(e.from, e.count);
  }

  /// What all members have seen: nothing while there are none. O(members * replicas * log replicas).
  constexpr version_vector<> stable() const {
    version_vector<> all;
    auto const first = members_.begin();
    if (members_.empty()) return all;
    for (auto const& e : first->value) {
      auto least = e.count;
      for (auto const& m : members_) {
        auto const n = m.value.at(e.from);
        if (n < least) least = n;
      }
      all.raise(e.from, least);
    }
    return all;
  }
  static constexpr auto fields() { return ab::fields(&stability::members_); }

 private:
  flat_containers::map<replica_id, version_vector<>> members_{};
};

}  // namespace ab
