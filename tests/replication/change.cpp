// What a change does is what the others hear of.
#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/replication.hpp>

#include <csignal>
#include <cstddef>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

#include "catch.hpp"

namespace {

using set = ab::add_wins_set<int>;
struct cart {
  set items;
  ab::pn_counter<> price;
};

template <class F>
bool aborts(F const& f) {
  auto const child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // not Catch's, which would report it
    (void)!::freopen("/dev/null", "w", stderr);
    f();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
template <class State>
struct two {
  ab::replicated<State> a{ab::replica(1)}, b{ab::replica(2)};
  two() {
    REQUIRE(a.admit(b.me().id()));
    REQUIRE(b.admit(a.me().id()));
    send();
    REQUIRE(a.receive(*b.message_for(a.me().id())));
  }
  void send() { REQUIRE(b.receive(*a.message_for(b.me().id()))); }
};

}  // namespace

TEST_CASE("several mutations are heard of where the function returns nothing", "[replication][R49]") {
  two<cart> all;
  auto const me = all.a.me();
  all.a.change([&](cart& c) {
    c.items.add(me, 1);
    c.items.add(me, 2);
    c.items.remove(1);
    c.price.increment(me, 5);
  });
  auto const m = *all.a.message_for(all.b.me().id());
  CHECK(m.delta.items.size() == 1);
  all.send();
  CHECK(ab::same(all.a.state(), all.b.state()));
  CHECK(all.b.state().price.value() == 5);
  all.a.change([](cart&) {});
  CHECK(all.a.buffered() == 1);
}

TEST_CASE("several mutations that may be refused are all or nothing", "[replication][R49]") {
  using stock = ab::bounded_counter<>;
  two<stock> all;
  auto const me = all.a.me();
  auto const take = [&](std::uint64_t n) {
    return all.a.change([&](stock& s) -> ab::result<void> {
      s.increment(me, 1);
      if (auto const r = s.decrement(me, n); !r) return r.error();
      return {};
    });
  };
  CHECK(take(1));
  auto const before = all.a.state();
  CHECK(take(7).error() == ab::errc::refused);
  CHECK(all.a.state() == before);
  all.send();
  CHECK(all.b.state() == before);
}

TEST_CASE("a delta that isn't all of the change ends a program that is checked", "[replication][R49]") {
  two<set> all;
  auto const me = all.a.me();
  CHECK(aborts([&] {
    all.a.change<true>([&](set& s) {
      s.add(me, 1);
      return s.add(me, 2);
    });
  }));
  CHECK(aborts([&] {
    all.a.change<true>([&](set& s) {
      auto const d = s.add(me, 1);
      s.remove(1);
      return d;
    });
  }));
  CHECK_FALSE(aborts([&] {
    all.a.change<true>([&](set& s) {
      auto d = s.add(me, 1);
      d.join(s.add(me, 2));
      return d;
    });
  }));
  ab::add_wins_map<int, ab::pn_counter<>> map;
  CHECK(aborts([&] {
    map.update<true>(1, [&](auto& c) {
      c.increment(me);
      return c.decrement(me);
    });
  }));
  ab::add_wins_map<int, ab::pn_counter<ab::fixed_containers<4>>, ab::fixed_containers<4>> small;
  CHECK(aborts([&] {
    (void)small.update<true>(1, [&](auto& c) {
      (void)c.increment(me);
      return c.decrement(me);
    });
  }));
  CHECK_FALSE(aborts([&] { (void)small.update<true>(1, [&](auto& c) { return c.increment(me); }); }));
}

TEST_CASE("what a change did before it threw is heard of", "[replication][R49]") {
  two<set> all;
  auto const me = all.a.me();
  all.a.change([&](set& s) { return s.add(me, 1); });
  all.send();
  REQUIRE(all.a.receive(*all.b.message_for(me.id())));
  CHECK_THROWS_AS(all.a.change([&](set& s) -> set {
    s.remove(1);
    throw 1;
  }),
                  int);
  CHECK(all.a.state().empty());
  CHECK(all.a.has_news_for(all.b.me().id()));
  all.send();
  CHECK(all.b.state() == all.a.state());
  CHECK_THROWS_AS(all.a.change([&](set& s) {
    s.add(me, 2);
    throw 1;
  }),
                  int);
  all.send();
  CHECK(all.b.state() == all.a.state());
  ab::replicated<set> first(ab::replica(3));
  REQUIRE(first.admit(all.b.me().id()));
  CHECK_FALSE(first.has_news_for(all.b.me().id()));
  CHECK_THROWS_AS(first.change([&](set& s) -> set { throw s.add(first.me(), 3).size(); }), std::size_t);
  CHECK(first.has_news_for(all.b.me().id()));
}
