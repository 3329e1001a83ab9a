// Lamps on a bus: which of them are on, how often they were switched, and how bright, agreed on by controllers without a heap,
// without exceptions and without run-time type information. A state has a size that is known while compiling, and what has no
// room in it is refused whole.
#include <anabranch/container/fixed.hpp>
#include <anabranch/crdt/add_wins_set.hpp>
#include <anabranch/crdt/lww_register.hpp>
#include <anabranch/crdt/pn_counter.hpp>
#include <anabranch/crdt/receive.hpp>

#include <cstdint>
#include <cstdio>

using room = ab::fixed_containers<8>;
using lamp = std::uint16_t;

struct lights {
  ab::add_wins_set<lamp, room> on;
  ab::pn_counter<room> switched;
  ab::lww_register<std::uint8_t, std::uint32_t> brightness;  // by ticks of the bus
};
static_assert(ab::join_semilattice<lights>);
static_assert(sizeof(lights) <= 1808);

struct controller {
  ab::replica me;
  lights state{};

  // What to send: the joined deltas of the change, or nothing where there is no room for it.
  ab::result<lights> turn_on(lamp l) {
    lights next = state, news;
    auto added = next.on.add(me, l);
    if (!added) return added.error();
    auto counted = next.switched.increment(me);
    if (!counted) return counted.error();
    news.on = *added;
    news.switched = *counted;
    state = next;
    return news;
  }
  ab::result<lights> turn_off(lamp l) {
    lights news;
    auto removed = state.on.remove(l);
    if (!removed) return removed.error();
    news.on = *removed;
    return news;
  }
  lights dim(std::uint32_t tick, std::uint8_t percent) { return {{}, {}, state.brightness.set(tick, percent)}; }
};

int main() {
  controller hall{ab::replica(1)}, stairs{ab::replica(2)};
  auto const send = [](ab::result<lights> const& news, controller& to) {
    return news && ab::receive(to.me, to.state, *news);
  };
  auto ok = send(hall.turn_on(1), stairs) && send(hall.turn_on(2), stairs) && send(hall.dim(10, 80), stairs);
  // At the same time one turns the lamp off and the other on again. On wins.
  auto const off = stairs.turn_off(2), on = hall.turn_on(2);
  ok = ok && send(off, hall) && send(on, stairs);
  // Messages may come twice and late.
  ok = ok && send(off, hall) && send(hall.dim(9, 10), stairs);
  std::printf("%s, %zu bytes a state\n", ok ? "agreed" : "failed", sizeof(lights));
  std::printf("lamps on: %zu and %zu, switched %lld times, %d %%\n", hall.state.on.size(), stairs.state.on.size(),
              static_cast<long long>(stairs.state.switched.value()), stairs.state.brightness.value());

  int room_for = 0;
  for (lamp l = 100;; ++l, ++room_for) {
    if (auto const news = hall.turn_on(l); !news) {
      std::printf("room for %d more; then: %s\n", room_for, news.error().message().c_str());
      break;
    }
  }
  std::printf("lamps on in the hall: %zu\n", hall.state.on.size());
}
