// Replicas over channels that lose, double and reorder.
#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/lattice.hpp>
#include <anabranch/replication.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "catch.hpp"
#include "dice.hpp"

namespace {

struct cart {
  ab::add_wins_set<int> items;
  ab::pn_counter<> price;
};

template <class State>
void introduce(std::vector<ab::replicated<State>>& all) {
  for (auto& a : all)
    for (auto& b : all) REQUIRE(a.admit(b.me().id()));
}
// Each to each, as bytes.
template <class State>
void exchange(std::vector<ab::replicated<State>>& all) {
  for (auto& a : all) {
    for (auto& b : all) {
      if (a.me() == b.me()) continue;
      auto const m = a.message_for(b.me().id());
      REQUIRE(m);
      auto const there = ab::decode<ab::replication_message<State>>(ab::encode(*m));
      REQUIRE(there);
      REQUIRE(b.receive(*there));
    }
  }
}

}  // namespace

TEST_CASE("replicas agree over a bad channel, and keep nothing that all have", "[replication][R49][R54]") {
  std::vector<ab::replicated<cart>> all;
  for (std::uint32_t i = 1; i <= 3; ++i) all.emplace_back(ab::replica(i));
  introduce(all);
  dice roll;
  std::vector<std::pair<std::size_t, ab::replication_message<cart>>> under_way;
  for (int step = 0; step < 3000; ++step) {
    auto const who = roll(3);
    auto& r = all[who];
    switch (roll(5)) {
      case 0: r.change([&](cart& c) { return cart{c.items.add(r.me(), static_cast<int>(roll(50))), {}}; }); break;
      case 1: r.change([&](cart& c) { return cart{c.items.remove(static_cast<int>(roll(50))), {}}; }); break;
      case 2: r.change([&](cart& c) { return cart{{}, c.price.increment(r.me(), roll(9))}; }); break;
      default: {
        auto const to = (who + 1 + roll(2)) % 3;
        if (roll(3) != 0) under_way.emplace_back(to, *r.message_for(all[to].me().id()));
        if (!under_way.empty() && roll(3) != 0) {
          auto const at = roll(under_way.size());
          auto const got = all[under_way[at].first].receive(under_way[at].second);
          REQUIRE(got);  // what is late or doubled is no error
          if (roll(3) != 0) under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(at));
        }
      }
    }
  }
  for (int i = 0; i < 3; ++i) exchange(all);
  for (auto const& r : all) {
    CHECK(ab::same(r.state(), all[0].state()));
    CHECK(r.buffered() == 0);
    CHECK_FALSE(r.has_news_for(all[r.me() == all[0].me() ? 1 : 0].me().id()));
  }
  CHECK(all[0].state().price.value() > 0);
}

TEST_CASE("a peer doesn't get back what it brought, nor what the other had already", "[replication][R49]") {
  using set = ab::g_set<int>;
  std::vector<ab::replicated<set>> all;
  for (std::uint32_t i = 1; i <= 3; ++i) all.emplace_back(ab::replica(i));
  introduce(all);
  exchange(all);
  all[0].change([](set& s) { return s.add(1); });
  exchange(all);
  exchange(all);
  all[0].change([](set& s) { return s.add(2); });
  auto const m = all[0].message_for(all[1].me().id());
  REQUIRE(m);
  CHECK(m->delta.size() == 1);  // not the 1, which was acknowledged
  REQUIRE(all[1].receive(*m));
  CHECK(all[1].has_news_for(all[0].me().id()));  // that it came
  CHECK(all[1].message_for(all[0].me().id())->delta.empty());
  CHECK_FALSE(all[1].has_news_for(all[0].me().id()));
  CHECK(all[1].message_for(all[2].me().id())->delta.size() == 1);
  // The third hears it from the first, and then again from the second: it passes on nothing more.
  REQUIRE(all[2].receive(*all[0].message_for(all[2].me().id())));
  auto const before = all[2].buffered();
  auto const again = all[2].receive(*all[1].message_for(all[2].me().id()));
  REQUIRE(again);
  CHECK_FALSE(*again);
  CHECK(all[2].buffered() == before);
}

TEST_CASE("who is silent is evicted, and comes back with a whole state", "[replication][R54]") {
  using set = ab::add_wins_set<int>;
  std::vector<ab::replicated<set>> all;
  for (std::uint32_t i = 1; i <= 3; ++i) all.emplace_back(ab::replica(i));
  introduce(all);
  for (int i = 0; i < 10; ++i) all[0].change([&](set& s) { return s.add(all[0].me(), i); });
  REQUIRE(all[1].receive(*all[0].message_for(all[1].me().id())));
  REQUIRE(all[0].receive(*all[1].message_for(all[0].me().id())));
  CHECK(all[0].buffered() == 10);  // the third hasn't said anything
  CHECK(all[0].stable().empty());
  all[0].evict(all[2].me().id());
  CHECK(all[0].buffered() == 0);
  CHECK(all[0].stable().empty());  // the second may still hear of it
  REQUIRE(all[1].receive(*all[0].message_for(all[1].me().id())));
  REQUIRE(all[0].receive(*all[1].message_for(all[0].me().id())));
  CHECK(all[0].stable().at(all[0].me().id()) == 10);

  // It is told, by the second, too.
  auto& old = all[2];
  old.change([&](set& s) { return s.add(old.me(), 100); });
  for (auto* const r : {&all[0], &all[1]}) {
    CHECK(r->receive(*old.message_for(r->me().id())).error() == ab::errc::evicted);
    CHECK(r->admit(old.me().id()).error() == ab::errc::evicted);
    CHECK(r->has_news_for(old.me().id()));
  }
  CHECK_FALSE(old.is_evicted());
  CHECK(old.receive(*all[1].message_for(old.me().id())).error() == ab::errc::evicted);
  CHECK(old.is_evicted());
  CHECK(old.message_for(all[0].me().id()).error() == ab::errc::evicted);
  CHECK_FALSE(all[1].has_news_for(old.me().id()));

  auto fresh = old.reborn(1);
  for (auto* const r : {&all[0], &all[1]}) REQUIRE(r->admit(fresh.me().id()));
  auto const whole = all[0].message_for(fresh.me().id());
  REQUIRE(whole);
  CHECK(whole->delta == all[0].state());
  REQUIRE(fresh.receive(*whole));
  CHECK(fresh.state() == all[0].state());
  fresh.change([&](set& s) { return s.add(fresh.me(), 100); });  // again, under the new identity
  REQUIRE(all[1].receive(*fresh.message_for(all[1].me().id())));
  CHECK(all[1].state().contains(100));
}

TEST_CASE("a message with a gap before it is refused where causes must come first", "[replication][R49]") {
  using counter = ab::bounded_counter<>;
  ab::replicated<counter> a(ab::replica(1)), b(ab::replica(2));
  REQUIRE(a.admit(b.me().id()));
  REQUIRE(b.admit(a.me().id()));
  REQUIRE(b.receive(*a.message_for(b.me().id())));
  a.change([&](counter& c) { return c.increment(a.me(), 5); });
  REQUIRE(b.receive(*a.message_for(b.me().id())));
  REQUIRE(a.receive(*b.message_for(a.me().id())));
  REQUIRE(a.change([&](counter& c) { return c.decrement(a.me(), 3); }));
  auto gap = *a.message_for(b.me().id());
  gap.after += 1;
  gap.through += 1;
  auto const r = b.receive(gap);
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::lagging);
  CHECK(b.state().value() == 5);
  REQUIRE(b.has_news_for(a.me().id()));  // that it lacks something
  REQUIRE(a.receive(*b.message_for(a.me().id())));
  REQUIRE(b.receive(*a.message_for(b.me().id())));
  CHECK(b.state().value() == 2);
  a.restart(b.me().id());
  REQUIRE(b.receive(*a.message_for(b.me().id())));

  // Where order doesn't matter it is taken, and still not acknowledged.
  using set = ab::g_set<int>;
  ab::replicated<set, ab::any_order> x(ab::replica(1)), y(ab::replica(2));
  REQUIRE(x.admit(y.me().id()));
  REQUIRE(y.admit(x.me().id()));
  x.change([](set& s) { return s.add(1); });
  auto late = *x.message_for(y.me().id());
  late.after = 1;
  REQUIRE(y.receive(late));
  CHECK(y.state().contains(1));
  CHECK(y.message_for(x.me().id())->acknowledged == 0);
  CHECK_FALSE(a.change([&](counter& c) { return c.decrement(a.me(), 3); }));
}

TEST_CASE("a reused identity is noticed by who uses it", "[replication][R49]") {
  using set = ab::add_wins_set<int>;
  ab::replicated<set> a(ab::replica(1)), b(ab::replica(2));
  REQUIRE(a.admit(b.me().id()));
  REQUIRE(b.admit(a.me().id()));
  a.change([&](set& s) { return s.add(a.me(), 1); });
  REQUIRE(b.receive(*a.message_for(b.me().id())));
  ab::replicated<set> restored(ab::replica(1));  // from a backup that lacked it
  REQUIRE(restored.admit(b.me().id()));
  auto m = *b.message_for(a.me().id());
  m.acknowledged = 0;
  auto const r = restored.receive(m);
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::identity_reused);
}

TEST_CASE("removals are forgotten once everybody knows of them", "[replication][R54]") {
  using set = ab::remove_wins_set<int>;
  std::vector<ab::replicated<set>> all;
  for (std::uint32_t i = 1; i <= 2; ++i) all.emplace_back(ab::replica(i));
  introduce(all);
  for (int i = 0; i < 10; ++i) all[0].change([&](set& s) { return s.add(all[0].me(), i); });
  exchange(all);
  for (int i = 0; i < 5; ++i) all[1].change([&](set& s) { return s.remove(all[1].me(), i); });
  all[1].forget_stable();
  CHECK(all[1].state().remembered() == 10);  // the other hasn't heard of them
  exchange(all);
  exchange(all);
  all[1].forget_stable();
  CHECK(all[1].state().remembered() == 5);
  CHECK(all[1].state().size() == 5);
  exchange(all);
  exchange(all);
  CHECK(all[0].state() == all[1].state());
  CHECK(all[0].state().remembered() == 5);
}

TEST_CASE("who only sends where there is news keeps nothing, and sends what it began with", "[replication][R49]") {
  using set = ab::add_wins_set<int>;
  set kept;
  kept.add(ab::replica(1), 1);
  ab::replicated<set> a(ab::replica(1, 2), kept), b(ab::replica(2));
  REQUIRE(a.admit(b.me().id()));
  REQUIRE(b.admit(a.me().id()));
  auto const talk = [&] {
    int messages = 0;
    auto const send = [&](auto& from, auto& to) {
      if (!from.has_news_for(to.me().id())) return false;
      ++messages;
      REQUIRE(to.receive(*from.message_for(to.me().id())));
      return true;
    };
    for (bool more = true; more && messages < 10;) {
      more = send(a, b);
      more = send(b, a) || more;
    }
    return messages;
  };
  CHECK(talk() == 3);  // the change, that it came, and that this came
  CHECK(b.state() == a.state());
  for (int i = 0; i < 5; ++i) {
    a.change([&](set& s) { return s.add(a.me(), i); });
    CHECK(talk() == 3);  // the change, that it came, and that this came
    CHECK(a.buffered() == 0);
    CHECK(b.state() == a.state());
  }
}

TEST_CASE("what all have seen is forgotten without a heap, too", "[replication][R54]") {
  using set = ab::remove_wins_set<int, ab::fixed_containers<4>>;
  ab::replicated<set> a(ab::replica(1)), b(ab::replica(2));
  REQUIRE(a.admit(b.me().id()));
  REQUIRE(b.admit(a.me().id()));
  REQUIRE(a.change([&](set& s) { return s.remove(a.me(), 1); }));
  for (int i = 0; i < 2; ++i) {
    REQUIRE(b.receive(*a.message_for(b.me().id())));
    REQUIRE(a.receive(*b.message_for(a.me().id())));
  }
  CHECK(a.state().remembered() == 1);
  a.forget_stable();
  CHECK(a.state().remembered() == 0);
}

TEST_CASE("states of two kinds refuse to mix", "[replication][R49]") {
  // The same bytes, and a removal that is taken for an addition.
  using adds = ab::add_wins_set<int>;
  using other = ab::bag<int>;
  ab::replicated<adds> a(ab::replica(1));
  ab::replicated<other> b(ab::replica(2));
  REQUIRE(a.admit(b.me().id()));
  REQUIRE(b.admit(a.me().id()));
  a.change([&](adds& s) { return s.add(a.me(), 1); });
  auto m = *a.message_for(b.me().id());
  auto const foreign = ab::decode<ab::replication_message<other>>(ab::encode(m));
  REQUIRE_FALSE(foreign);
  CHECK(std::string(foreign.error().message().view()).find("refuse to mix") != std::string::npos);
  CHECK(ab::decode<ab::replication_message<adds>>(ab::encode(m)));

  // A maximum and a minimum of the same bytes.
  using top = ab::lattice::max<int>;
  using low = ab::lattice::min<int>;
  CHECK_FALSE(ab::decode<ab::replication_message<low>>(ab::encode(ab::replication_message<top>{})));

  // And where somebody made it by hand.
  ab::replicated<adds> c(ab::replica(3));
  REQUIRE(c.admit(a.me().id()));
  m.type.number += 1;
  auto const refused = c.receive(m);
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == ab::errc::wrong_type);
  CHECK(c.state().empty());
}
