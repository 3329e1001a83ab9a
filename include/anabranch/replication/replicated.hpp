/// @file
/// `ab::replicated`: a state, and what its peers still have to hear of it.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/crdt/receive.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/replication/delivery.hpp"
#include "anabranch/replication/message.hpp"
#include "anabranch/replication/stability.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

/// One replica of a state, with members that it exchanges deltas with by any channel that delivers now and then. What it learns
/// is buffered until all members have acknowledged it. To a peer goes what it hasn't acknowledged and didn't bring itself;
/// of what comes only that part is kept and passed on that is new here. A member that is new, or for whom the buffer
/// doesn't reach back, gets the whole state.
///
/// Not for several threads at once. Time and memory: a change costs its delta; the buffer holds the deltas since the slowest
/// member's last acknowledgement: evict who is silent for too long.
/// @tparam State a lattice: any CRDT, or a struct of them
/// @tparam Order `causal_order`: a message that builds on what isn't here is refused, `lagging`; `any_order`: taken, and not
/// acknowledged
template <class State, class Order = causal_order>
class replicated {
  static_assert(require_join_semilattice<State>());
  static_assert(Order::delivers_causally || !requires_causal_delivery<State>,
                "ab::replicated: deltas of this state must be joined in causal order, which this channel doesn't "
                "promise: take ab::causal_order, or a state that minds no order");

 public:
  using message = replication_message<State>;

  /// @param state what is kept from before; all members get it
  explicit replicated(replica me, State state = {})
      : me_(me), state_(std::move(state)), forgotten_(ab::is_bottom(state_) ? 0 : 1) {}

  replica const& me() const noexcept { return me_; }
  State const& state() const noexcept { return state_; }

  /// Changes the state: `f(State&)` calls a mutator and returns what that gives, the delta, or a result of it.
  /// @return as `f` does, where that is a result; otherwise nothing
  template <class F>
  auto change(F&& f) {
    auto made = std::forward<F>(f)(state_);
    if constexpr (std::is_same_v<decltype(made), State>) {
      learn(std::move(made), me_.id());
    } else {
      static_assert(std::is_same_v<decltype(made), result<State>>,
                    "ab::replicated::change: the function returns the delta of what it did: `[&](auto& s) { return "
                    "s.add(me, element); }`");
      if (!made) return result<void>(made.error());
      learn(*std::move(made), me_.id());
      return result<void>();
    }
  }

  /// Lets `id` take part. Its first message has the whole state.
  void admit(replica_id id) {
    if (!(id == me_.id()) && stability_.admit(id)) peers_.push_back({id, 0, 0, false});
  }
  /// Doesn't wait for `id` any more. What it did and we know of stays.
  void evict(replica_id id) {
    stability_.evict(id);
    std::erase_if(peers_, [id](peer const& p) { return p.id == id; });
    prune();
  }
  /// `id` has forgotten what it had: it gets the whole state again.
  void restart(replica_id id) {
    if (auto* const p = find(id)) *p = {id, 0, 0, false};
  }

  /// Whether `id` has something to hear: what it lacks, or that something of its came.
  bool has_news_for(replica_id id) const noexcept {
    auto const* const p = find(id);
    if (p == nullptr) return false;
    if (p->owed || p->heard < forgotten_) return true;
    if (p->heard == 0) return through() != 0;  // the whole state
    for (auto n = p->heard - forgotten_; n < buffer_.size(); ++n)
      if (!(buffer_[n].from == id)) return true;
    return false;
  }
  /// What to send to `id` now. `invalid_argument` where it is no member.
  result<message> message_for(replica_id id) {
    auto* const p = find(id);
    if (p == nullptr) return no_member;
    message m;
    m.from = me_.id();
    m.through = through();
    m.acknowledged = p->got;
    m.seen = seen();
    bool whole = p->heard < forgotten_ || p->heard == 0;
    if (!whole) {
      m.after = p->heard;
      for (auto n = p->heard - forgotten_; n < buffer_.size(); ++n)
        if (!(buffer_[n].from == id)) ab::join(m.delta, buffer_[n].delta);
      whole = detail::lattices::overflowed(m.delta);  // of fixed capacity: each had room, all have not
    }
    if (whole) {
      m.after = 0;
      m.delta = state_;
    }
    p->owed = false;
    return m;
  }

  /// Takes in what a member sent.
  /// @return whether the state grew; `invalid_argument` where it is no member; `lagging` where this replica lacks what the
  /// message builds on; `identity_reused`; `too_large`; `malformed`; `wrong_type` where its state is of another
  /// type, which decoding finds, too. Nothing is changed by an error
  result<bool> receive(message const& m) {
    if (!m.type.fits()) return detail::other_state;
    auto* const p = find(m.from);
    if (p == nullptr) return no_member;
    if (m.acknowledged > through() || m.after > m.through)
      return error(errc::malformed, "a replica acknowledges what it never got",
                   "it was restored from a backup, or speaks with another replica's name: restart it as a new member");
    if (Order::delivers_causally && m.after > p->got)
      return error(errc::lagging, "this replica lacks what the sender thinks it has",
                   "it lost what it had acknowledged: have the sender restart it, which sends the whole state")
          .with(static_cast<std::int64_t>(p->got), static_cast<std::int64_t>(m.after));
    bool grew = false;
    if (!detail::knows_more_of(me_.id(), state_, m.delta)) {
      auto fresh = ab::difference(m.delta, state_);
      if (detail::lattices::overflowed(fresh)) fresh = m.delta;
      if (!ab::is_bottom(fresh)) {
        auto const joined = ab::receive(me_, state_, fresh);
        if (!joined) return joined.error();
        grew = *joined;
        learn(std::move(fresh), m.from);
      }
    } else {
      return ab::receive(me_, state_, m.delta);  // which says what is wrong
    }
    if (m.after != m.through) p->owed = true;
    if (m.after <= p->got) {  // else it saw what isn't here yet, which may go against what is taken for stable
      if (m.through > p->got) p->got = m.through;
      stability_.observe(m.from, m.seen);
    }
    if (m.acknowledged > p->heard) p->heard = m.acknowledged;
    prune();
    return grew;
  }

  /// What all members have seen, this one included: for states that can drop what only matters until then.
  version_vector<> stable() const {
    if (peers_.empty()) return seen();
    auto all = stability_;
    all.admit(me_.id());
    all.observe(me_.id(), seen());
    return all.stable();
  }
  /// Drops what is remembered only for those who haven't heard, and all have: removals in an `ab::remove_wins_set`.
  void forget_stable()
    requires requires(State& s, version_vector<> const& v) { s.prune(v); }
  {
    static_cast<void>(change([this](State& s) { return s.prune(stable()); }));
  }

  /// How many changes are kept for somebody.
  std::size_t buffered() const noexcept { return buffer_.size(); }

 private:
  struct peer {
    replica_id id;
    std::uint64_t heard;  // what it acknowledged of what we learnt
    std::uint64_t got;    // what we have of what it learnt
    bool owed = false;    // it doesn't know yet that we got that
  };
  struct learnt {
    State delta;
    replica_id from;
  };
  static constexpr error no_member{errc::invalid_argument, "this replica is no member", "admit it first"};

  std::uint64_t through() const noexcept { return forgotten_ + buffer_.size(); }
  peer* find(replica_id id) noexcept {
    for (auto& p : peers_)
      if (p.id == id) return &p;
    return nullptr;
  }
  peer const* find(replica_id id) const noexcept {
    for (auto const& p : peers_)
      if (p.id == id) return &p;
    return nullptr;
  }
  void learn(State delta, replica_id from) {
    if (ab::is_bottom(delta)) return;
    buffer_.push_back({std::move(delta), from});
    if (peers_.empty()) prune();
  }
  void prune() {
    auto least = through();
    for (auto const& p : peers_)
      if (p.heard < least) least = p.heard;
    if (least <= forgotten_) return;
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(least - forgotten_));
    forgotten_ = least;
  }
  version_vector<> seen() const {
    version_vector<> all;
    if constexpr (requires { state_.context().vector(); })
      for (auto const& e : state_.context().vector()) all.raise(e.from, e.count);
    return all;
  }

  replica me_;
  State state_;
  std::vector<learnt> buffer_{};
  std::uint64_t forgotten_ = 0;  // how many changes came before the buffer
  std::vector<peer> peers_{};
  stability stability_{};
};

}  // namespace ab
