/// @file
/// `ab::replicated`: a state, and what its peers still have to hear of it.
#pragma once

#include "anabranch/causal/replica.hpp"
#include "anabranch/codec/traits.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/crdt/mutation.hpp"
#include "anabranch/crdt/receive.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/replication/delivery.hpp"
#include "anabranch/replication/detail/life.hpp"
#include "anabranch/replication/detail/parts.hpp"
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
/// It is stored as a whole: `ab::encode(r)`, `ab::decode<ab::replicated<State>>(bytes)`, also in a table or a log. Store it
/// before a message leaves that tells of what changed; what is loaded goes on where it was stored. Where only the state was
/// kept, a new one is made of that, and exchanges whole states once. Either way it begins a new life of the replica, and its
/// peers notice: numbers of one life are never taken for those of another.
///
/// An eviction is for good, and all hear of it: what others have forgotten meanwhile would be undone by who didn't hear of it. Who
/// was evicted is told so by whoever it speaks to, `errc::evicted`, and comes back as `reborn`, with nothing: it gets the whole
/// state, and what it had changed unheard is made again, as `old.state()` shows.
///
/// Not for several threads at once. Moved, not copied: two that count alike would deceive their peers. Time and memory: a
/// change costs its delta; the buffer holds the deltas since the slowest member's last acknowledgement: evict who is silent
/// for too long.
/// @tparam State a lattice: any CRDT, or a struct of them
/// @tparam Order `causal_order`: a message that builds on what isn't here is refused, `lagging`; `any_order`: taken, and not
/// acknowledged
template <class State, class Order = causal_order>
class replicated {
  static_assert(require_join_semilattice<State>());
  static_assert(delivery_order<Order>,
                "ab::replicated: the second argument says in which order the channel delivers: ab::causal_order, the "
                "default, or ab::any_order (a store's policies have no place here)");
  static_assert(detail::delivers_enough<Order, State>(),
                "ab::replicated: deltas of this state must be joined in causal order, which this channel doesn't "
                "promise: take ab::causal_order, or a state that minds no order");

 public:
  using message = replication_message<State>;

  /// @param state what is kept from before; all members get it
  explicit replicated(replica me, State state = {}) {
    all_.me = me.id();
    all_.life = detail::draw_life();
    all_.state = std::move(state);
    all_.forgotten = ab::is_bottom(all_.state) ? 0 : 1;
  }
  replicated(replicated&&) = default;
  replicated& operator=(replicated&&) = default;

  replica me() const noexcept { return replica(all_.me); }
  State const& state() const noexcept { return all_.state; }

  /// Changes the state, and lets all members hear of it. `f(State&)` either
  /// - calls one mutator and returns what that gives, the delta, or a result of it; or several, and returns their deltas
  ///   joined: O(delta); or
  /// - calls as many as it likes and returns nothing, or a `result<void>`: O(state), since the delta is what differs
  ///   afterwards; where it returns an error nothing is changed.
  ///
  /// Where `f` throws, or memory runs out, all members get the whole state, whatever became of it.
  /// @tparam Checked holds a function that returns a delta to it, in O(state), and ends the program where it changed more:
  /// nobody would hear of that; as `NDEBUG` says
  /// @return as `f` does, where that is a result; otherwise nothing
  template <bool Checked = detail::checks_deltas, class F>
  auto change(F&& f) {
    using made_type = std::invoke_result_t<F, State&>;
    if constexpr (std::is_void_v<made_type> || std::is_same_v<made_type, result<void>>) {
      return change_freely(std::forward<F>(f));
    } else {
      static_assert(std::is_same_v<made_type, State> || std::is_same_v<made_type, result<State>>,
                    "ab::replicated::change: the function returns the delta of what it did: `[&](auto& s) { return "
                    "s.add(me, element); }`, or nothing. A delta is a whole State, or a result of one: where the "
                    "state is a struct and a field's mutator was called, return nothing, or a State with the delta in "
                    "that field");
      all_or_whole guard{this};
      State before{};
      if constexpr (Checked) before = all_.state;
      auto made = std::forward<F>(f)(all_.state);
      if constexpr (std::is_same_v<made_type, State>) {
        if constexpr (Checked) detail::require_whole_delta(std::move(before), made, all_.state);
        learn(std::move(made), all_.me);
        guard.of = nullptr;
      } else {
        if (made) {
          if constexpr (Checked) detail::require_whole_delta(std::move(before), *made, all_.state);
          learn(*std::move(made), all_.me);
        }
        guard.of = nullptr;
        if (!made) return result<void>(made.error());
        return result<void>();
      }
    }
  }

  /// Lets `id` take part. Its first message has the whole state. `evicted` where it was evicted.
  result<void> admit(replica_id id) {
    if (all_.evicted.contains(id)) return it_is_evicted;
    if (!(id == all_.me) && all_.known.admit(id)) all_.peers.push_back({id});
    return {};
  }
  /// Doesn't wait for `id` any more, and takes nothing from it: all members hear of that and do the same, and until they have,
  /// nothing counts as stable. What it did and is known here stays.
  void evict(replica_id id) {
    if (id == all_.me) return;
    auto const made = all_.evicted.get_or_insert(id);
    if (!made.inserted) return;
    *made.value = true;
    all_.known.evict(id);
    all_.known.forget();
    std::erase_if(all_.peers, [id](peer const& p) { return p.id == id; });
    for (auto& p : all_.peers) p.owed = true;
    prune();
  }
  /// Whether the others have evicted this one, as far as it was told.
  bool is_evicted() const noexcept { return all_.told; }
  /// A new replica of the same machine, without a state, and with the same members, who are to admit it. Evicts this one.
  /// @param incarnation a number that this machine never had before, such as the seconds since 1970
  replicated reborn(std::uint32_t incarnation) const {
    replicated fresh(me().reborn(incarnation));
    fresh.all_.evicted = all_.evicted;
    *fresh.all_.evicted.get_or_insert(all_.me).value = false;
    for (auto const& p : all_.peers) static_cast<void>(fresh.admit(p.id));
    return fresh;
  }
  /// `id` has forgotten what it had: it gets the whole state again. Isn't needed after a restart of `id`, which is noticed.
  void restart(replica_id id) {
    if (auto* const p = find(id)) p->heard = 0;
  }

  /// Whether `id` has something to hear: what it lacks, or that something of its came.
  bool has_news_for(replica_id id) const noexcept {
    if (all_.told) return false;
    if (auto const* const untold = all_.evicted.find(id)) return *untold;
    auto const* const p = find(id);
    if (p == nullptr) return false;
    if (p->owed || p->heard < all_.forgotten) return true;
    if (p->heard == 0) return all_.through() != 0;  // the whole state
    for (auto n = p->heard - all_.forgotten; n < all_.buffer.size(); ++n)
      if (!(all_.buffer[n].from == id)) return true;
    return false;
  }
  /// What to send to `id` now; to who was evicted, that. `invalid_argument` where it is no member; `evicted` where this one was.
  result<message> message_for(replica_id id) {
    if (all_.told) return this_is_evicted;
    auto* const untold = all_.evicted.find(id);
    auto* const p = find(id);
    if (p == nullptr && untold == nullptr) return no_member;
    message m;
    m.from = all_.me;
    m.to = id;
    for (auto const& e : all_.evicted) m.evicted.insert(e.key);
    if (untold != nullptr) {
      *untold = false;
      return m;
    }
    m.life = all_.life;
    m.before = all_.before;
    m.common = all_.common;
    m.through = all_.through();
    m.acknowledged_life = p->life;
    m.acknowledged = p->got;
    m.lacking = p->lacks;
    m.seen = seen();
    m.forgotten = all_.removals;
    bool whole = p->heard < all_.forgotten || p->heard == 0;
    if (!whole) {
      m.after = p->heard;
      for (auto n = p->heard - all_.forgotten; n < all_.buffer.size(); ++n)
        if (!(all_.buffer[n].from == id)) ab::join(m.delta, all_.buffer[n].delta);
      whole = detail::lattices::overflowed(m.delta);  // of fixed capacity: each had room, all have not
    }
    if (whole) {
      m.after = 0;
      m.delta = all_.state;
    }
    p->owed = false;
    return m;
  }

  /// Takes in what a member sent.
  /// @return whether the state grew; `invalid_argument` where it is no member, or the message is for another; `lagging` where
  /// this replica lacks what the message builds on, as after a restart: its next message tells the sender; `evicted` where one
  /// of both was, or has changed something without knowing of what the other has forgotten; `identity_reused`; `too_large`;
  /// `malformed`; `wrong_type` where its state is of another type, which decoding finds, too. The state isn't changed by an
  /// error. Where memory runs out, the message counts as not received
  result<bool> receive(message const& m) {
    if (!m.type.fits()) return detail::other_state;
    if (auto* const untold = all_.evicted.find(m.from)) {
      *untold = true;
      return it_is_evicted;
    }
    auto* p = find(m.from);
    if (p == nullptr) return no_member;
    if (!(m.to == all_.me))
      return error(errc::invalid_argument, "this message is for another replica",
                   "send each member a message of its own");
    all_.told = all_.told || m.evicted.contains(all_.me);
    if (all_.told) return this_is_evicted;
    if (m.after > m.through || m.evicted.contains(m.from) ||
        (m.acknowledged_life == all_.life && m.acknowledged > all_.through()))
      return error(errc::malformed, "a replica acknowledges what it never got",
                   "it speaks with another replica's name, or its messages are damaged: evict it");
    for (auto const id : m.evicted) evict(id);
    p = find(m.from);
    bool const reborn = m.life != p->life;
    auto got = p->got;
    if (reborn && m.before == p->life && p->life != 0)
      got = got < m.common ? got : m.common;
    else if (reborn)
      got = 0;
    bool const gap = m.after > got || (m.after != 0 && takes_for_former(m));
    take_acknowledgement(*p, m, reborn, gap);
    if (reborn && got < p->got) forget_who_brought(m.from);
    p->owed = p->owed || gap || m.after != m.through;
    p->lacks = gap;
    if (gap && Order::delivers_causally)
      return error(errc::lagging, "this replica lacks what the sender thinks it has",
                   "one of them was restarted: send the sender a message, which tells it, and receive its next one")
          .with(static_cast<std::int64_t>(got), static_cast<std::int64_t>(m.after));
    if (goes_against_forgotten(m)) return unheard_removals;
    auto const grew = take_in(m, gap ? all_.me : m.from);
    if (!grew) return grew;
    if (!gap) {  // else it saw what isn't here yet, which may go against what is taken for stable
      if (reborn) all_.known.forget(m.from);
      p->life = m.life;
      p->got = m.through > got ? m.through : got;
      // Who hasn't heard of all evictions may still bring what the evicted did unheard.
      if (m.evicted.size() == all_.evicted.size()) all_.known.observe(m.from, m.seen);
      all_.removals.join(m.forgotten);
    }
    prune();
    return grew;
  }

  /// What all members have seen, this one included: for states that can drop what only matters until then.
  version_vector<> stable() const {
    if (all_.peers.empty()) return seen();
    auto all = all_.known;
    all.admit(all_.me);
    all.observe(all_.me, seen());
    return all.stable();
  }
  /// Drops what is remembered only for those who haven't heard, and all have: removals in an `ab::remove_wins_set`.
  void forget_stable()
    requires requires(State& s, version_vector<> const& v) { s.prune(v); }
  {
    static_cast<void>(change([this](State& s) {
      auto dropped = s.prune(stable());
      State const* delta = nullptr;
      if constexpr (std::is_same_v<decltype(dropped), State>)
        delta = &dropped;
      else if (dropped)
        delta = &*dropped;
      if (delta != nullptr) delta->context().each_range([&](dot_range r) { all_.removals.raise(r.from, r.last); });
      return dropped;
    }));
  }

  /// How many changes are kept for somebody.
  std::size_t buffered() const noexcept { return all_.buffer.size(); }

 private:
  friend struct codec_traits<replicated>;
  using parts = detail::replicated_parts<State>;
  using peer = detail::replication_peer;
  static constexpr error no_member{errc::invalid_argument, "this replica is no member", "admit it first"};
  static constexpr error it_is_evicted{errc::evicted, "this replica was evicted, which is for good",
                                       "send it a message, which tells it: it comes back by reborn(incarnation)"};
  static constexpr error this_is_evicted{errc::evicted, "the others have evicted this replica",
                                         "go on by reborn(incarnation), which the others admit, and make again what "
                                         "state() has and theirs hasn't"};
  static constexpr error unheard_removals{errc::evicted,
                                          "a replica has changed something without knowing of removals that the others "
                                          "have forgotten",
                                          "it goes on by reborn(incarnation), and makes its changes again once it has "
                                          "their state"};

  // Goes on where that was stored, in a new life: others may have heard more of the former one.
  explicit replicated(parts kept) : all_(std::move(kept)) {
    all_.before = all_.life;
    all_.common = all_.through();
    all_.life = detail::draw_life();
    for (auto& p : all_.peers) p.owed = true;
  }

  // Where something throws, nobody knows what the members lack: a change that isn't in the buffer.
  struct all_or_whole {
    replicated* of;
    ~all_or_whole() {
      if (of == nullptr) return;
      auto const changes = of->all_.through() + 1;
      of->all_.buffer.clear();
      of->all_.forgotten = changes;
    }
  };
  template <class F>
  auto change_freely(F&& f) {
    all_or_whole guard{this};
    auto before = all_.state;
    if constexpr (std::is_void_v<std::invoke_result_t<F, State&>>) {
      std::forward<F>(f)(all_.state);
      learn_difference(before);
      guard.of = nullptr;
    } else {
      auto const made = std::forward<F>(f)(all_.state);
      if (made)
        learn_difference(before);
      else
        all_.state = std::move(before);
      guard.of = nullptr;
      return made;
    }
  }
  void learn_difference(State const& before) {
    auto delta = ab::difference(all_.state, before);
    if (detail::lattices::overflowed(delta)) delta = all_.state;
    learn(std::move(delta), all_.me);
  }
  peer* find(replica_id id) noexcept {
    for (auto& p : all_.peers)
      if (p.id == id) return &p;
    return nullptr;
  }
  peer const* find(replica_id id) const noexcept {
    for (auto const& p : all_.peers)
      if (p.id == id) return &p;
    return nullptr;
  }
  void take_acknowledgement(peer& p, message const& m, bool reborn, bool gap) noexcept {
    std::uint64_t acknowledged = 0;
    bool const of_former = m.acknowledged_life == all_.before;
    if (m.acknowledged_life == all_.life)
      acknowledged = m.acknowledged;
    else if (of_former)
      acknowledged = m.acknowledged < all_.common ? m.acknowledged : all_.common;
    // Who restarted may have less than it said; and who speaks of another life counts by what both have.
    bool const stranger = m.acknowledged_life != 0 && m.acknowledged_life != all_.life;
    // What isn't taken in may be of a former life, which had more than this one.
    if (acknowledged < p.heard ? reborn || stranger || m.lacking : !gap) p.heard = acknowledged;
  }
  // Whether it left out what a former life of this replica brought, and this one hasn't.
  bool takes_for_former(message const& m) const noexcept {
    if (m.acknowledged_life == 0 || m.acknowledged_life == all_.life) return false;
    return m.acknowledged_life != all_.before || m.acknowledged > all_.common;
  }
  // It lost some of what it brought.
  void forget_who_brought(replica_id id) noexcept {
    for (auto& b : all_.buffer)
      if (b.from == id) b.from = all_.me;
  }
  // What was changed without knowing of a forgotten removal would undo it. It is refused on both sides, by who has
  // forgotten and by who has changed.
  bool goes_against_forgotten(message const& m) const {
    if constexpr (requires(State& s, version_vector<> const& v) { s.prune(v); }) {
      auto const& here = all_.state.context();
      if (!all_.removals.leq(m.seen) && !m.delta.context().leq(here)) return true;
      if (m.forgotten.leq(seen())) return false;
      bool unheard = false;
      here.each_range([&](dot_range r) { unheard = unheard || r.last > m.seen.at(r.from); });
      return unheard;
    } else {
      return false;
    }
  }
  result<bool> take_in(message const& m, replica_id brought_by) {
    if (detail::knows_more_of(all_.me, all_.state, m.delta))
      return ab::receive(me(), all_.state, m.delta);  // which says what is wrong
    auto fresh = ab::difference(m.delta, all_.state);
    if (detail::lattices::overflowed(fresh)) fresh = m.delta;
    if (ab::is_bottom(fresh)) return false;
    all_or_whole guard{this};
    auto const joined = ab::receive(me(), all_.state, fresh);
    if (joined) learn(std::move(fresh), brought_by);
    guard.of = nullptr;
    return joined;
  }
  void learn(State delta, replica_id from) {
    if (ab::is_bottom(delta)) return;
    all_.buffer.push_back({std::move(delta), from});
    if (all_.peers.empty()) prune();
  }
  void prune() {
    auto least = all_.through();
    for (auto const& p : all_.peers)
      if (p.heard < least) least = p.heard;
    if (least <= all_.forgotten) return;
    all_.buffer.erase(all_.buffer.begin(), all_.buffer.begin() + static_cast<std::ptrdiff_t>(least - all_.forgotten));
    all_.forgotten = least;
  }
  version_vector<> seen() const {
    version_vector<> all;
    if constexpr (requires { all_.state.context().vector(); })
      for (auto const& e : all_.state.context().vector()) all.raise(e.from, e.count);
    return all;
  }

  parts all_{};
};

/// As a struct of its parts. What is decoded begins a new life, so encoding it again gives other bytes.
template <class State, class Order>
struct codec_traits<replicated<State, Order>> {
  using stored = detail::replicated_parts<State>;
  static constexpr bool borrows = false;
  static stored const& to(replicated<State, Order> const& r) noexcept { return r.all_; }
  static result<replicated<State, Order>> from(stored parts) {
    if (!parts.well_formed())
      return error(errc::malformed, "the members and numbers of a replicated state don't fit each other",
                   "it was damaged: begin anew with its state, or as a new incarnation");
    return replicated<State, Order>(std::move(parts));
  }
};

}  // namespace ab
