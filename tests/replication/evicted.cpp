// Removals that were forgotten stay in force against who didn't hear of them.
#include <anabranch/codec/decode.hpp>
#include <anabranch/codec/encode.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/replication.hpp>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "dice.hpp"

namespace {

using set = ab::remove_wins_set<int>;
using replica = ab::replicated<set>;

void add(replica& r, int element) {
  r.change([&](set& s) { return s.add(r.me(), element); });
}
void remove(replica& r, int element) {
  r.change([&](set& s) { return s.remove(r.me(), element); });
}
bool send(replica& from, replica& to) {
  auto const m = from.message_for(to.me().id());
  return m && to.receive(*m);
}
void exchange(replica& a, replica& b) {
  REQUIRE(send(a, b));
  REQUIRE(send(b, a));
}

// Three that all have 7; then the third is cut off, and the first removes the 7.
struct three {
  replica a{ab::replica(1)}, b{ab::replica(2)}, c{ab::replica(3)};
  three() {
    for (auto* const x : {&a, &b, &c})
      for (auto* const y : {&a, &b, &c}) REQUIRE(x->admit(y->me().id()));
    add(a, 7);
    for (int i = 0; i < 2; ++i) {
      exchange(a, b);
      exchange(a, c);
      exchange(b, c);
    }
    remove(a, 7);
    exchange(a, b);
  }
  void evict_and_forget() {
    a.evict(c.me().id());
    for (int i = 0; i < 2; ++i) exchange(a, b);
    a.forget_stable();
    exchange(a, b);
    b.forget_stable();
    CHECK(a.state().remembered() + b.state().remembered() == 0);
  }
};

}  // namespace

TEST_CASE("an evicted member that comes back revives nothing", "[replication][R54]") {
  three all;
  add(all.c, 7);  // not knowing that it was removed
  add(all.c, 8);
  all.evict_and_forget();
  CHECK_FALSE(send(all.c, all.a));
  CHECK_FALSE(send(all.c, all.b));
  CHECK_FALSE(all.a.admit(all.c.me().id()));
  CHECK_FALSE(all.a.state().contains(7));

  SECTION("as it should") {
    auto again = all.c.reborn(1);
    for (auto* const x : {&all.a, &all.b}) REQUIRE(x->admit(again.me().id()));
    exchange(all.a, again);
    exchange(all.b, again);
    add(again, 8);
    exchange(all.a, again);
    exchange(all.a, all.b);
    for (auto* const x : {&all.a, &all.b, &again}) {
      CHECK_FALSE(x->state().contains(7));
      CHECK(x->state().contains(8));
    }
  }
  SECTION("with its old state under a new identity, it is refused on both sides") {
    auto const old = all.c.state();
    replica again(ab::replica(3, 1), old);
    for (auto* const x : {&all.a, &all.b}) {
      REQUIRE(x->admit(again.me().id()));
      REQUIRE(again.admit(x->me().id()));
    }
    for (auto* const x : {&all.a, &all.b}) {
      auto const there = x->receive(*again.message_for(x->me().id()));
      REQUIRE_FALSE(there);
      CHECK(there.error() == ab::errc::evicted);
      auto const here = again.receive(*x->message_for(again.me().id()));
      REQUIRE_FALSE(here);
      CHECK(here.error() == ab::errc::evicted);
      CHECK_FALSE(x->state().contains(7));
    }
    CHECK(again.state() == old);
  }
}

TEST_CASE("nothing is forgotten before all members have heard of an eviction", "[replication][R54]") {
  three all;
  add(all.c, 7);
  all.a.evict(all.c.me().id());
  all.a.forget_stable();
  CHECK(all.a.state().remembered() == 1);
  REQUIRE(send(all.c, all.b));  // which doesn't know yet, and has the add now
  exchange(all.a, all.b);
  CHECK_FALSE(send(all.c, all.b));
  exchange(all.a, all.b);
  all.a.forget_stable();
  all.b.forget_stable();
  for (int i = 0; i < 2; ++i) exchange(all.a, all.b);
  CHECK_FALSE(all.a.state().contains(7));
  CHECK(all.a.state() == all.b.state());
}

TEST_CASE("who was restored from before a removal that is forgotten revives nothing", "[replication][R54]") {
  three all;
  auto const stored = ab::encode(all.c);
  exchange(all.a, all.c);
  exchange(all.b, all.c);
  for (int i = 0; i < 2; ++i) {
    exchange(all.a, all.b);
    exchange(all.a, all.c);
  }
  all.a.forget_stable();
  CHECK(all.a.state().remembered() == 0);
  all.c = *ab::decode<replica>(stored);
  add(all.c, 7);
  static_cast<void>(send(all.a, all.c));
  auto const m = all.c.message_for(all.a.me().id());
  REQUIRE(m);
  CHECK_FALSE(all.a.receive(*m));
  CHECK_FALSE(all.a.state().contains(7));
}

TEST_CASE("who changes something before it has what the others forgot is told so", "[replication][R54]") {
  three all;
  all.evict_and_forget();
  replica late(ab::replica(9));
  add(late, 7);
  REQUIRE(all.a.admit(late.me().id()));
  REQUIRE(late.admit(all.a.me().id()));
  CHECK_FALSE(send(late, all.a));
  CHECK(late.receive(*all.a.message_for(late.me().id())).error() == ab::errc::evicted);
  replica quiet(ab::replica(10));
  REQUIRE(all.a.admit(quiet.me().id()));
  REQUIRE(quiet.admit(all.a.me().id()));
  exchange(quiet, all.a);
  add(quiet, 7);  // after the removal
  exchange(quiet, all.a);
  CHECK(all.a.state().contains(7));
}

TEST_CASE("buffers stay small with members that come and go", "[replication][R54]") {
  using grow = ab::g_set<int>;
  std::vector<ab::replicated<grow, ab::any_order>> all;
  for (std::uint32_t i = 1; i <= 2; ++i) all.emplace_back(ab::replica(i));
  REQUIRE(all[0].admit(all[1].me().id()));
  REQUIRE(all[1].admit(all[0].me().id()));
  for (std::uint32_t life = 1; life < 10; ++life) {
    for (int i = 0; i < 5; ++i) all[1].change([&](grow& s) { return s.add(static_cast<int>(life) * 10 + i); });
    if (life % 2 == 0) {
      all[0].evict(all[1].me().id());
      all[1] = all[1].reborn(life);
      REQUIRE(all[0].admit(all[1].me().id()));
    } else {
      all[0].restart(all[1].me().id());  // a whole state, on one side
    }
    for (int i = 0; i < 3; ++i) {
      REQUIRE(all[0].receive(*all[1].message_for(all[0].me().id())));
      REQUIRE(all[1].receive(*all[0].message_for(all[1].me().id())));
    }
    CHECK(all[0].buffered() + all[1].buffered() == 0);
    CHECK(all[0].state() == all[1].state());
  }
}

TEST_CASE("forgetting changes nothing that can be seen", "[replication][R54]") {
  // The same run, with and without; members go and come back as new ones.
  auto const run = [](bool forget, std::uint64_t seed) {
    dice roll{seed};
    std::vector<replica> all;
    for (std::uint32_t i = 1; i <= 4; ++i) all.emplace_back(ab::replica(i));
    for (auto& a : all)
      for (auto& b : all) REQUIRE(a.admit(b.me().id()));
    std::vector<std::pair<ab::replica_id, ab::replication_message<set>>> under_way;
    std::uint32_t lives = 0;
    for (int step = 0; step < 1500; ++step) {
      auto const who = roll(4);
      auto const element = static_cast<int>(roll(12));
      auto& r = all[who];
      switch (roll(6)) {
        case 0: add(r, element); break;
        case 1: remove(r, element); break;
        case 2:
          if (forget) r.forget_stable();
          break;
        case 3:
          if (roll(40) == 0) {
            for (auto& other : all)
              if (&other != &r && roll(2) == 0) other.evict(r.me().id());
            r = r.reborn(++lives);
            for (auto& other : all) REQUIRE(other.admit(r.me().id()));
            auto& first = all[(who + 1) % 4];
            REQUIRE(send(first, r));
          }
          break;
        default: {
          auto const to = (who + 1 + roll(3)) % 4;
          under_way.emplace_back(all[to].me().id(), *r.message_for(all[to].me().id()));
          auto const at = roll(under_way.size());
          for (auto& there : all)
            if (there.me().id() == under_way[at].first) static_cast<void>(there.receive(under_way[at].second));
          if (roll(3) != 0) under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(at));
        }
      }
    }
    for (int i = 0; i < 4; ++i)
      for (auto& a : all)
        for (auto& b : all)
          if (&a != &b) REQUIRE(send(a, b));
    if (forget) {
      for (auto& r : all) r.forget_stable();
      for (auto& r : all) CHECK(r.state().remembered() == r.state().size());
    }
    std::set<int> left;
    all[0].state().each([&](int e) { left.insert(e); });
    for (auto& r : all) {
      std::set<int> here;
      r.state().each([&](int e) { here.insert(e); });
      CHECK(here == left);
    }
    return left;
  };
  for (std::uint64_t seed = 1; seed < 30; ++seed) CHECK(run(true, seed) == run(false, seed));
}
