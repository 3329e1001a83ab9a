// Replicas that are stored, loaded, or made anew under an old identity, over channels that lose, double and reorder.
#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/lattice.hpp>
#include <anabranch/replication.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "dice.hpp"

namespace {

struct cart {
  ab::add_wins_set<int> items;
  ab::pn_counter<> price;
};

template <class R>
void introduce(R& a, R& b) {
  REQUIRE(a.admit(b.me().id()));
  REQUIRE(b.admit(a.me().id()));
}
// Until neither has news; errors are what a restart is noticed by, and cost a round.
template <class R>
int talk(R& a, R& b) {
  for (int round = 1; round < 10; ++round) {
    bool const from_a = a.has_news_for(b.me().id()), from_b = b.has_news_for(a.me().id());
    if (!from_a && !from_b) return round;
    if (from_a) static_cast<void>(b.receive(*a.message_for(b.me().id())));
    if (from_b) static_cast<void>(a.receive(*b.message_for(a.me().id())));
  }
  return 0;
}
template <class R>
R reloaded(R const& r) {
  auto loaded = ab::decode<R>(ab::encode(r));
  REQUIRE(loaded);
  return *std::move(loaded);
}

}  // namespace

TEMPLATE_TEST_CASE("a replica that is made anew of its state loses nothing", "[replication][R49]", ab::causal_order,
                   ab::any_order) {
  // The other has acknowledged numbers of the former life, and given out some.
  using set = ab::g_set<int>;
  using replica = ab::replicated<set, TestType>;
  for (int first = 1; first < 4; ++first) {
    for (int then = 0; then < 6; ++then) {
      replica a(ab::replica(1)), b(ab::replica(2));
      introduce(a, b);
      for (int i = 0; i < first; ++i) {
        a.change([&](set& s) { return s.add(i); });
        b.change([&](set& s) { return s.add(100 + i); });
        REQUIRE(talk(a, b));
      }
      replica again(ab::replica(1), a.state());
      REQUIRE(again.admit(b.me().id()));
      for (int i = 0; i < then; ++i) {
        again.change([&](set& s) { return s.add(1000 + i); });
        b.change([&](set& s) { return s.add(2000 + i); });
      }
      REQUIRE(talk(again, b));
      CHECK(again.state() == b.state());
      CHECK(again.state().size() == static_cast<std::size_t>(2 * first + 2 * then));
      CHECK(again.buffered() + b.buffered() == 0);
    }
  }
}

TEST_CASE("a late acknowledgement of a former life is none of this one", "[replication][R49]") {
  using set = ab::g_set<int>;
  using replica = ab::replicated<set>;
  replica a(ab::replica(1)), b(ab::replica(2));
  introduce(a, b);
  for (int i = 0; i < 3; ++i) a.change([&](set& s) { return s.add(i); });
  REQUIRE(b.receive(*a.message_for(b.me().id())));
  auto const late = *b.message_for(a.me().id());  // has got 3
  replica again(ab::replica(1));                  // with nothing, and without dots nobody could tell
  REQUIRE(again.admit(b.me().id()));
  for (int i = 10; i < 14; ++i) again.change([&](set& s) { return s.add(i); });
  REQUIRE(again.receive(late));
  CHECK(again.buffered() == 5);  // one is what came
  REQUIRE(talk(again, b));
  CHECK(b.state().size() == 7);
  CHECK(again.state() == b.state());
}

TEST_CASE("what was stored goes on where it was, and sends no whole state", "[replication][R49]") {
  using set = ab::add_wins_set<int>;
  using replica = ab::replicated<set>;
  replica a(ab::replica(1)), b(ab::replica(2));
  introduce(a, b);
  for (int i = 0; i < 20; ++i) a.change([&](set& s) { return s.add(a.me(), i); });
  REQUIRE(talk(a, b));
  a.change([&](set& s) { return s.add(a.me(), 100); });
  a = reloaded(a);
  CHECK(a.buffered() == 1);
  auto const m = *a.message_for(b.me().id());
  CHECK(m.delta.size() == 1);
  REQUIRE(b.receive(m));
  a = reloaded(a);  // and the answer to the former life comes
  REQUIRE(a.receive(*b.message_for(a.me().id())));
  CHECK(a.buffered() == 0);
  REQUIRE(talk(a, b));
  b = reloaded(reloaded(b));  // two lives that nobody heard of
  b.change([&](set& s) { return s.add(b.me(), 200); });
  REQUIRE(talk(a, b));
  CHECK(a.state() == b.state());
  CHECK(a.state().size() == 22);
  CHECK(a.buffered() + b.buffered() == 0);
}

TEST_CASE("an older copy that is loaded gets back what it had", "[replication][R49]") {
  using set = ab::g_set<int>;
  using replica = ab::replicated<set>;
  for (int more = 0; more < 5; ++more) {
    replica a(ab::replica(1)), b(ab::replica(2));
    introduce(a, b);
    a.change([&](set& s) { return s.add(1); });
    REQUIRE(talk(a, b));
    auto const stored = ab::encode(a);
    for (int i = 0; i < 3; ++i) a.change([&](set& s) { return s.add(10 + i); });
    b.change([&](set& s) { return s.add(50); });
    REQUIRE(b.receive(*a.message_for(b.me().id())));
    auto const late = *b.message_for(a.me().id());
    a = *ab::decode<replica>(stored);
    for (int i = 0; i < more; ++i) a.change([&](set& s) { return s.add(100 + i); });
    if (more % 2 == 0) static_cast<void>(a.receive(late));
    REQUIRE(talk(a, b));
    CHECK(a.state() == b.state());
    CHECK(a.state().size() == static_cast<std::size_t>(5 + more));
    CHECK(a.buffered() + b.buffered() == 0);
  }
}

TEMPLATE_TEST_CASE("a late message of a former life acknowledges nothing for this one", "[replication][R49]",
                   ab::causal_order, ab::any_order) {
  using set = ab::g_set<int>;
  using replica = ab::replicated<set, TestType>;
  replica a(ab::replica(1)), b(ab::replica(2));
  introduce(a, b);
  for (int i = 0; i < 3; ++i) {
    a.change([&](set& s) { return s.add(i); });
    b.change([&](set& s) { return s.add(100 + i); });
    REQUIRE(talk(a, b));
  }
  b.change([&](set& s) { return s.add(200); });
  auto const late = *b.message_for(a.me().id());  // builds on what it had sent, and has got all of a's
  replica again(b.me());
  REQUIRE(again.admit(a.me().id()));
  again.change([&](set& s) { return s.add(300); });
  REQUIRE(a.receive(*again.message_for(a.me().id())));
  static_cast<void>(a.receive(late));
  REQUIRE(talk(a, again));
  CHECK(a.state().size() == (std::is_same_v<TestType, ab::causal_order> ? 7U : 8U));
  CHECK(a.state() == again.state());
  CHECK(a.buffered() + again.buffered() == 0);
}

TEMPLATE_TEST_CASE("replicas agree that restart, with all or with their state alone, over a bad channel",
                   "[replication][R49][R54]", ab::causal_order, ab::any_order) {
  auto const seed = GENERATE(7U, 184U, 845U);
  using replica = ab::replicated<cart, TestType>;
  std::vector<replica> all;
  for (std::uint32_t i = 1; i <= 3; ++i) all.emplace_back(ab::replica(i));
  for (auto& a : all)
    for (auto& b : all) REQUIRE(a.admit(b.me().id()));
  dice roll{seed};
  std::vector<std::pair<std::size_t, ab::replication_message<cart>>> under_way;
  int refused = 0;
  for (int step = 0; step < 4000; ++step) {
    auto const who = roll(3);
    auto& r = all[who];
    switch (roll(6)) {
      case 0: r.change([&](cart& c) { return cart{c.items.add(r.me(), static_cast<int>(roll(50))), {}}; }); break;
      case 1: r.change([&](cart& c) { return cart{c.items.remove(static_cast<int>(roll(50))), {}}; }); break;
      case 2: r.change([&](cart& c) { return cart{{}, c.price.increment(r.me(), roll(9))}; }); break;
      case 3:
        if (roll(20) == 0) {
          r = reloaded(r);
        } else if (roll(20) == 0) {
          replica again(r.me(), r.state());
          for (auto const& b : all) REQUIRE(again.admit(b.me().id()));
          r = std::move(again);
        }
        break;
      default: {
        auto const to = (who + 1 + roll(2)) % 3;
        if (roll(3) != 0) under_way.emplace_back(to, *r.message_for(all[to].me().id()));
        if (!under_way.empty() && roll(3) != 0) {
          auto const at = roll(under_way.size());
          auto const got = all[under_way[at].first].receive(under_way[at].second);
          if (!got) REQUIRE(got.error() == ab::errc::lagging);
          refused += got ? 0 : 1;
          if (roll(3) != 0) under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(at));
        }
      }
    }
  }
  bool const causal = std::is_same_v<TestType, ab::causal_order>;
  CHECK((refused > 0) == causal);
  for (int i = 0; i < 4; ++i)
    for (auto& a : all)
      for (auto& b : all)
        if (&a != &b) static_cast<void>(b.receive(*a.message_for(b.me().id())));
  for (auto const& r : all) {
    CHECK(ab::same(r.state(), all[0].state()));
    CHECK(r.buffered() == 0);
  }
  CHECK(all[0].state().price.value() > 0);
}

TEST_CASE("a replica stored by others, or damaged, is refused", "[replication][R49]") {
  using set = ab::add_wins_set<int>;
  using replica = ab::replicated<set>;
  replica a(ab::replica(1)), b(ab::replica(2));
  introduce(a, b);
  a.change([&](set& s) { return s.add(a.me(), 1); });
  REQUIRE(talk(a, b));
  a.change([&](set& s) { return s.add(a.me(), 2); });
  auto const good = ab::encode(a);
  CHECK_FALSE(ab::decode<ab::replicated<ab::bag<int>>>(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    CHECK_FALSE(ab::decode<replica>(ab::bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(i))));
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto bad = good;
      bad[i] ^= std::byte(1U << bit);
      auto r = ab::decode<replica>(bad);
      if (!r) continue;
      static_cast<void>(r->receive(*b.message_for(a.me().id())));  // does no harm
      static_cast<void>(r->message_for(b.me().id()));
    }
  }
}

TEST_CASE("a message for another is refused", "[replication][R49]") {
  using set = ab::g_set<int>;
  ab::replicated<set> a(ab::replica(1)), b(ab::replica(2)), c(ab::replica(3));
  REQUIRE(a.admit(b.me().id()));
  REQUIRE(a.admit(c.me().id()));
  REQUIRE(c.admit(a.me().id()));
  a.change([](set& s) { return s.add(1); });
  auto const r = c.receive(*a.message_for(b.me().id()));  // its numbers are b's
  REQUIRE_FALSE(r);
  CHECK(r.error() == ab::errc::invalid_argument);
}
