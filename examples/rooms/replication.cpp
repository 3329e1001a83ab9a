#include "account.hpp"

#include <anabranch/crdt.hpp>
#include <anabranch/replication.hpp>

#include <string>
#include <utility>

namespace {

using cart = ab::add_wins_set<std::string>;

ab::result<void> two_phones() {
  ab::replicated<cart> anna(ab::replica(1)), ben(ab::replica(2));
  auto met = anna.admit(ben.me().id());  // who takes part is said, not found out
  if (met) met = ben.admit(anna.me().id());
  if (!met) return met;

  anna.change([&](cart& c) { return c.add(anna.me(), "milk"); });
  ben.change([&](cart& c) { return c.add(ben.me(), "bread"); });

  for (int i = 0; i < 2; ++i) {  // over any channel: what is lost comes with the next
    auto const m = anna.message_for(ben.me().id());
    if (!m) return m.error();
    if (auto const r = ben.receive(*m); !r) return r.error();
    auto const answer = ben.message_for(anna.me().id());
    if (!answer) return answer.error();
    if (auto const r = anna.receive(*answer); !r) return r.error();
  }
  print("in both carts", static_cast<std::int64_t>(anna.state() == ben.state() ? anna.state().size() : 0));
  print("kept for the other", static_cast<std::int64_t>(anna.buffered()));

  auto const kept = ab::encode(anna);  // before a message leaves that tells of a change
  auto loaded = ab::decode<ab::replicated<cart>>(kept);
  if (!loaded) return loaded.error();
  anna = *std::move(loaded);  // goes on where it was
  print("after a restart", static_cast<std::int64_t>(anna.state().size()));
  return {};
}

ab::result<void> come_back(ab::replicated<cart>& old, ab::replicated<cart>& server) {
  auto fresh = old.reborn(1700000999);  // nothing of its own, the same members
  if (auto const r = server.admit(fresh.me().id()); !r) return r.error();
  auto const whole = server.message_for(fresh.me().id());
  if (!whole) return whole.error();
  if (auto const r = fresh.receive(*whole); !r) return r.error();
  old.state().each([&](auto const& item) {  // what it had changed unheard, as the program sees fit
    if (!fresh.state().contains(item)) fresh.change([&](cart& c) { return c.add(fresh.me(), item); });
  });
  old = std::move(fresh);
  return {};
}

ab::result<void> evicted_phone() {
  ab::replicated<cart> phone(ab::replica(1)), server(ab::replica(2));
  if (auto const r = server.admit(phone.me().id()); !r) return r.error();
  if (auto const r = phone.admit(server.me().id()); !r) return r.error();
  phone.change([&](cart& c) { return c.add(phone.me(), "milk"); });
  server.evict(phone.me().id());  // it was silent for a year
  server.change([&](cart& c) { return c.add(server.me(), "bread"); });
  if (auto const r = come_back(phone, server); !r) return r.error();
  print("on the phone that came back", static_cast<std::int64_t>(phone.state().size()));
  return {};
}

// The same in a log: the deltas are events, and the fold doesn't mind their order.
struct cart_changed {
  ab::add_wins_set<std::uint32_t> delta;
};
struct shared_cart {
  ab::add_wins_set<std::uint32_t> state;
  void apply(cart_changed const& e) { state.join(e.delta); }
};

ab::result<void> in_a_log() {
  ab::store<ab::one_of<cart_changed>> store;
  auto from_anna = store.stream("cart/anna"), from_ben = store.stream("cart/ben");
  shared_cart anna;
  if (auto r = from_anna.append(cart_changed{anna.state.add(ab::replica(1), 7)}); !r) return r.error();
  if (auto r = from_ben.append(cart_changed{anna.state.remove(7U)}); !r) return r.error();

  auto merged = from_ben.fold<shared_cart>();  // the removal first
  if (!merged) return merged.error();
  auto const rest = from_anna.fold<shared_cart>();
  if (!rest) return rest.error();
  merged->state.join(rest->state);
  print("left in the log's cart", static_cast<std::int64_t>(merged->state.size()));
  return {};
}

}  // namespace

int main() {
  auto r = two_phones();
  if (r) r = evicted_phone();
  if (r) r = in_a_log();
  return status_of(r);
}
