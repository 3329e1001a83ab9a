// A CRDT whose deltas are events: persisted, folded in any order, kept as a snapshot, resumed.
#include "../spine/storages.hpp"

#include <anabranch/crdt.hpp>
#include <anabranch/replication.hpp>

#include <cstdint>

#include "catch.hpp"

namespace {

using notes = ab::add_wins_map<std::uint32_t, ab::add_wins_set<std::uint32_t>>;
struct notes_changed {
  notes delta;
};
using note_event = ab::one_of<notes_changed>;
struct note_view {
  notes state;
  void apply(notes_changed const& e) { state.join(e.delta); }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("deltas are events, and the fold doesn't mind their order", "[replication][R49]",
                        spine::storages) {
  TestType storage;
  auto store = storage.template open<note_event>();
  auto phone = store.stream("phone"), laptop = store.stream("laptop"), mixed = store.stream("mixed");
  auto const p = ab::replica(1), l = ab::replica(2);
  notes a, b;
  std::vector<notes> deltas;
  for (std::uint32_t i = 0; i < 30; ++i) {
    auto const d = a.update(i % 5, [&](auto& s) { return s.add(p, i); });
    REQUIRE(phone.append(notes_changed{d}));
    deltas.push_back(d);
    if (i % 3 == 0) {
      b.join(a);
      auto const e = b.erase(i % 4);
      REQUIRE(laptop.append(notes_changed{e}));
      deltas.push_back(e);
      auto const f = b.update(7, [&](auto& s) { return s.add(l, i); });
      REQUIRE(laptop.append(notes_changed{f}));
      deltas.push_back(f);
    }
    if (i == 15) REQUIRE(ab::snapshot<note_view>(phone));
  }
  for (std::size_t i = deltas.size(); i > 0; --i) REQUIRE(mixed.append(notes_changed{deltas[i - 1]}));
  a.join(b);

  auto from_phone = phone.template fold<note_view>();
  auto from_laptop = laptop.template fold<note_view>();
  auto from_mixed = mixed.template fold<note_view>();
  REQUIRE((from_phone && from_laptop && from_mixed));
  from_laptop->state.join(from_phone->state);
  CHECK(from_laptop->state == a);
  CHECK(from_mixed->state == a);
  auto const loaded = ab::load<note_view>(phone);
  REQUIRE(loaded);
  CHECK(loaded->state.state == from_phone->state);

  storage.reopen(store);
  auto const again = store.stream("mixed").template fold<note_view>();
  REQUIRE(again);
  CHECK(again->state == a);
  CHECK(ab::load<note_view>(store.stream("phone"))->state.state == from_phone->state);
}
