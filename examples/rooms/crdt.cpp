#include <anabranch/container.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/lattice.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

void print(std::string_view what, std::int64_t n) {
  std::printf("%.*s %lld\n", static_cast<int>(what.size()), what.data(), static_cast<long long>(n));
}

void shopping() {
  ab::add_wins_set<std::string> phone, laptop;
  auto const p = ab::replica(1), l = ab::replica(2);  // identities: one for each life of each device

  auto d = phone.add(p, "milk");  // every mutator gives its delta: what changed, as a small state
  laptop.join(d);
  auto const gone = laptop.remove("milk");
  d = phone.add(p, "milk");  // at the same time
  laptop.join(d);
  laptop.add(l, "bread");
  phone.join(gone);
  phone.join(laptop);  // or whole states
  print("milk on both", phone == laptop && phone.contains("milk"));
}

// States compose: a struct of them merges field by field.
struct settings {
  ab::lww_register<int> volume;
  ab::add_wins_set<std::string> plugins;
};

void composed() {
  settings here, there;
  here.volume.set(ab::timestamp{1}, 5);
  there.volume.set(ab::timestamp{2}, 7);
  there.plugins.add(ab::replica(2), "spell");
  ab::join(here, there);
  print("volume", here.volume.value());
}

void maps() {
  auto const me = ab::replica(1), you = ab::replica(2);
  ab::add_wins_map<std::string, ab::pn_counter<>> mine, yours;
  yours.join(mine.update("anna", [&](auto& votes) { return votes.increment(me, 5); }));

  auto const erased = mine.erase("anna");  // resets what was seen: the five
  auto const more = yours.update("anna", [&](auto& votes) { return votes.increment(you, 2); });
  mine.join(more);
  yours.join(erased);
  print("votes for anna", yours["anna"].value());
}

ab::result<void> without_heap() {
  using small = ab::add_wins_set<std::uint16_t, ab::fixed_containers<16>>;
  small here, there;
  auto const d = there.add(ab::replica(2), 7);  // a result: it may not fit
  if (!d) return d.error();
  auto const grew = ab::try_join(here, *d);  // all of it, or nothing
  if (!grew) return grew.error();
  print("elements", static_cast<std::int64_t>(here.size()));
  return {};
}

void restored() {
  auto const me = ab::replica(1, 1700000000);  // this machine, in the life that began then
  ab::add_wins_set<std::string> notes, server;
  server.join(notes.add(me, "written after the backup"));
  notes = {};  // and restored from it
  auto const r = ab::receive(me, notes, server);
  if (!r) print("reused", r.error() == ab::errc::identity_reused);
  auto const again = ab::receive(me.reborn(1700000999), notes, server);
  print("as a new life", again && *again);
}

}  // namespace

int main() {
  shopping();
  composed();
  maps();
  if (auto const r = without_heap(); !r) std::fprintf(stderr, "%s\n", r.error().message().c_str());
  restored();
}
