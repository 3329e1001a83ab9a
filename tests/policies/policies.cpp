// Policies: what is chosen is what is named, in any order, and what isn't named has its default.
#include "catch.hpp"

#include <anabranch/clock.hpp>
#include <anabranch/policies.hpp>
#include <anabranch/storage/file.hpp>
#include <anabranch/store.hpp>

#include <mutex>
#include <thread>
#include <type_traits>

namespace {

using ab::policies;

template <class A, class B>
constexpr bool same_choice =
    std::is_same_v<typename A::storage, typename B::storage> && std::is_same_v<typename A::clock, typename B::clock> &&
    std::is_same_v<typename A::codec, typename B::codec> && std::is_same_v<typename A::order, typename B::order> &&
    std::is_same_v<typename A::concurrency, typename B::concurrency> &&
    std::is_same_v<typename A::revision_base, typename B::revision_base>;

using defaults = policies<ab::memory_storage, ab::no_clock, ab::canonical_codec, ab::per_stream, ab::single_threaded,
                          ab::revisions_from<1>>;
static_assert(same_choice<policies<>, defaults>);

using chosen = policies<ab::global_order, ab::manual_clock, ab::revisions_from<0>, ab::locked<std::mutex>,
                        ab::file_storage<ab::no_sync>>;
static_assert(same_choice<chosen, policies<ab::file_storage<ab::no_sync>, ab::locked<std::mutex>, ab::revisions_from<0>,
                                           ab::manual_clock, ab::global_order>>);
static_assert(std::is_same_v<chosen::order, ab::global_order> && std::is_same_v<chosen::clock, ab::manual_clock>);
static_assert(std::is_same_v<chosen::storage, ab::file_storage<ab::no_sync>> && chosen::concurrency::shared);
static_assert(chosen::revision_base::first == 0);

// One axis named leaves the others as they were.
static_assert(same_choice<policies<ab::global_order>, policies<ab::memory_storage, ab::global_order, ab::no_clock>>);

// A struct of one's own keeps symbols short, and chooses the same.
struct field_notes : policies<ab::global_order, ab::system_clock> {};
static_assert(same_choice<field_notes, policies<ab::system_clock, ab::global_order>>);

struct happened {};
using event = ab::one_of<happened>;

TEST_CASE("a store takes a struct of policies as it takes the policies", "[policies]") {
  ab::store<event, field_notes> s;
  REQUIRE(s.stream("a").append(happened{}));
  CHECK(s.last() == ab::position{1});
  CHECK((*s.stream("a").read()).front().at > ab::timestamp{});
}

struct probe {
  static inline int locks = 0, unlocks = 0;
  void lock() { ++locks; }
  void unlock() { ++unlocks; }
};

TEST_CASE("a lock is taken once for each use, and let go", "[policies][R26]") {
  ab::store<event, policies<ab::locked<probe>>> s;
  auto a = s.stream("a");
  auto const once = [&](auto const& f) {
    probe::locks = probe::unlocks = 0;
    f();
    CHECK(probe::locks == 1);
    CHECK(probe::unlocks == 1);
  };
  once([&] { CHECK(a.append(happened{})); });
  once([&] { CHECK(!a.append(ab::exact(7), happened{})); });
  once([&] { CHECK(ab::commit(a.expect(ab::exact(1)), a.write(happened{}))); });
  once([&] { CHECK(a.last() == ab::revision{2}); });
  once([&] { CHECK((*a.read()).size() == 2); });
  auto t = s.kv<int>("t");
  once([&] { CHECK(t.put("k", 1)); });
  once([&] { CHECK(*t.get("k") == 1); });
}

}  // namespace
