// A shopping list on two phones. Each keeps the changes in a log of its own, also without a network and over restarts; when they
// meet, each appends what it hasn't got of the other's. The list is a fold of the changes, in whatever order they came.
#include <anabranch/anabranch.hpp>
#include <anabranch/crdt.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

using list = ab::add_wins_map<std::string, ab::pn_counter<>>;  // how many of what

struct changed {
  list delta;
  static constexpr ab::definition definition{"changed", 1};
};
struct contents {
  list items;
  void apply(changed const& e) { items.join(e.delta); }
};

class phone {
  using store = ab::store<ab::one_of<changed>, ab::policies<ab::file_storage<>>>;

 public:
  /// @param me which phone, and which life of it: a restored backup is another
  static ab::result<phone> open(std::string const& folder, ab::replica me) {
    auto s = store::open(folder);
    if (!s) return s.error();
    phone p(*std::move(s), me);
    auto const known = p.log().fold<contents>();
    if (!known) return known.error();
    p.list_ = known->items;
    return p;
  }

  ab::result<void> add(std::string const& what, std::uint64_t n) {
    return keep([&](list& l) { return l.update(what, [&](auto& count) { return count.increment(me_, n); }); });
  }
  ab::result<void> remove(std::string const& what) {
    return keep([&](list& l) { return l.erase(what); });
  }

  /// Takes over what `other` has and this phone hasn't. Any number of times, in any order.
  ab::result<void> meet(phone& other) {
    auto cursor = store_.kv<ab::revision>("cursors");
    auto const key = std::to_string(other.me_.id().value);
    auto const seen = cursor.get_or(key, ab::revision{0});
    if (!seen) return seen.error();
    auto const news = other.log().read(ab::after(*seen));
    if (!news) return news.error();
    for (auto const& e : *news) {
      auto const& change = *e.data.get_if<changed>();
      // Joined where it wasn't known, and appended in the same commit in which the cursor moves.
      if (auto const ok = ab::receive(me_, list_, change.delta); !ok) return ok.error();
      auto const done = ab::commit(ab::write_new(log(), change), cursor.write(key, e.revision));
      if (!done) return done.error();
    }
    return {};
  }

  void show(char const* whose) const {
    std::printf("%s:", whose);
    list_.each([](std::string const& what, auto const& count) {
      std::printf(" %s %lld", what.c_str(), static_cast<long long>(count.value()));
    });
    std::puts("");
  }
  friend bool operator==(phone const& a, phone const& b) { return a.list_ == b.list_; }

 private:
  phone(store s, ab::replica me) : store_(std::move(s)), me_(me) {}

  store::stream_type<> log() { return store_.stream("list"); }
  // Others are told of what is in the log, and nothing else: so no dot that a crash takes back is known to anybody. Nor is
  // anything shown before it is there.
  template <class Change>
  ab::result<void> keep(Change change) {
    auto next = list_;
    if (auto const r = ab::append_new(log(), changed{change(next)}); !r) return r.error();
    list_ = std::move(next);
    return {};
  }

  store store_;
  ab::replica me_;
  list list_;
};

ab::result<void> run(std::string const& folder) {
  auto const anna = ab::replica(1), ben = ab::replica(2);
  {
    auto a = phone::open(folder + ".anna", anna), b = phone::open(folder + ".ben", ben);
    if (!a) return a.error();
    if (!b) return b.error();
    if (auto const r = a->add("milk", 1); !r) return r;
    if (auto const r = a->add("bread", 2); !r) return r;
    if (auto const r = b->meet(*a); !r) return r;
    b->show("ben, after they met");
    // Both are offline. Anna has bought the milk; Ben wants one more.
    if (auto const r = a->remove("milk"); !r) return r;
    if (auto const r = b->add("milk", 1); !r) return r;
    if (auto const r = b->add("eggs", 10); !r) return r;
    a->show("anna, offline");
    b->show("ben, offline");
  }
  // Both phones are switched off and on.
  auto a = phone::open(folder + ".anna", anna), b = phone::open(folder + ".ben", ben);
  if (!a) return a.error();
  if (!b) return b.error();
  if (auto const r = a->meet(*b); !r) return r;
  if (auto const r = b->meet(*a); !r) return r;
  if (auto const r = a->meet(*b); !r) return r;
  a->show("anna");
  b->show("ben");
  std::puts(*a == *b ? "the same" : "not the same");
  return {};
}

int main(int, char** argv) {
  auto const r = run(argv[1]);
  if (!r) std::fprintf(stderr, "%s\n", r.error().message().c_str());
  return r ? 0 : 1;
}
