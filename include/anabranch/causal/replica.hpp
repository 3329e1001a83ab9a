/// @file
/// `ab::replica`: who changes a state.
#pragma once

#include "anabranch/causal/dot.hpp"

#include <cstdint>

namespace ab {

/// The identity under which one process changes states.
///
/// A dot must never be given out twice: what carries an old dot a second time is lost. States count a replica's dots
/// themselves, so a state that was restored from a backup would count anew from where the backup stood. Hence an identity is
/// for one *incarnation*: whoever restarts, not knowing whether all of its state came back, takes a number of incarnation
/// that it never had before, such as the seconds since 1970, and no two machines share a `number`.
///
/// Contexts keep each identity that ever changed something, for good: one for each start of a program adds up.
///
/// `ab::receive` notices a reused identity: the others know dots of ours that we don't.
class replica {
 public:
  /// @param number which machine, device or process: below 2^32
  /// @param incarnation which life of it: below 2^32
  constexpr explicit replica(std::uint32_t number, std::uint32_t incarnation = 0) noexcept
      : id_{std::uint64_t{number} | std::uint64_t{incarnation} << 32U} {}
  /// For identities that are drawn at random, or told apart by other means.
  constexpr explicit replica(replica_id id) noexcept : id_(id) {}

  constexpr replica_id id() const noexcept { return id_; }
  constexpr operator replica_id() const noexcept { return id_; }  // who is meant, where that is asked
  constexpr std::uint32_t number() const noexcept { return static_cast<std::uint32_t>(id_.value); }
  constexpr std::uint32_t incarnation() const noexcept { return static_cast<std::uint32_t>(id_.value >> 32U); }
  /// The same machine, in a later life.
  constexpr replica reborn(std::uint32_t incarnation) const noexcept { return replica(number(), incarnation); }

  friend constexpr auto operator<=>(replica const&, replica const&) = default;

 private:
  replica_id id_;
};

}  // namespace ab
