// Settings that a team changes at the same time: sections of keys, each with its last value. Resetting a section takes away what
// was seen of it, and nothing that somebody else has set meanwhile.
#include <anabranch/anabranch.hpp>
#include <anabranch/crdt.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

using section = ab::add_wins_map<std::string, ab::lww_register<std::string>>;

struct settings {  // a struct of states is a state
  ab::add_wins_map<std::string, section> sections;
  ab::add_wins_set<std::string> plugins;
  ab::enable_wins_flag<> telemetry_off;
  ab::mv_register<std::string> title;
};
static_assert(ab::join_semilattice<settings>);

class member {
 public:
  explicit member(std::uint32_t number) : me_(number) {}

  void set(std::string const& where, std::string const& key, std::string const& value) {
    ab::timestamp const now{++clock_};
    out_.sections.join(state_.sections.update(
        where, [&](auto& s) { return s.update(key, [&](auto& v) { return v.set(me_, now, value); }); }));
  }
  void reset(std::string const& where) { out_.sections.join(state_.sections.erase(where)); }
  void install(std::string const& plugin) { out_.plugins.join(state_.plugins.add(me_, plugin)); }
  void uninstall(std::string const& plugin) { out_.plugins.join(state_.plugins.remove(plugin)); }
  void forbid_telemetry() { out_.telemetry_off.join(state_.telemetry_off.enable(me_)); }
  void call_it(std::string const& title) { out_.title.join(state_.title.set(me_, title)); }

  /// What has changed here since it was last asked, as bytes: deltas joined, so that one is as good as all.
  ab::bytes take_changes() { return ab::encode(std::exchange(out_, {})); }
  ab::result<bool> apply(ab::bytes const& changes) {
    auto const delta = ab::decode<settings>(changes);
    if (!delta) return delta.error();
    return ab::receive(me_, state_, *delta);
  }

  void show() const {
    state_.sections.each([](std::string const& where, auto const& keys) {
      std::printf("[%s]\n", where.c_str());
      keys.each(
          [](std::string const& key, auto const& v) { std::printf("%s = %s\n", key.c_str(), v.value().c_str()); });
    });
    std::printf("plugins:");
    state_.plugins.each([](std::string const& p) { std::printf(" %s", p.c_str()); });
    std::printf("\ntelemetry: %s\ntitle:", state_.telemetry_off.value() ? "off" : "on");
    state_.title.each([](std::string const& t) { std::printf(" \"%s\"", t.c_str()); });
    std::puts(state_.title.conflict() ? " (choose one)" : "");
  }
  friend bool operator==(member const& a, member const& b) { return ab::same(a.state_, b.state_); }

 private:
  ab::replica me_;
  settings state_, out_;
  std::int64_t clock_ = 0;
};

int main() {
  member ada(1), bob(2);
  auto const exchange = [&] {
    auto const from_ada = ada.take_changes(), from_bob = bob.take_changes();
    return ada.apply(from_bob) && bob.apply(from_ada);
  };
  ada.set("editor", "font", "Mono 12");
  ada.set("editor", "tabs", "4");
  ada.set("build", "jobs", "8");
  ada.install("spelling");
  ada.call_it("Our project");
  if (!exchange()) return 1;

  // At the same time: Ada resets the editor, Bob changes its font. Both name the project anew.
  ada.reset("editor");
  ada.uninstall("spelling");
  ada.call_it("Anabranch");
  bob.set("editor", "font", "Serif 14");
  bob.install("spelling");
  bob.forbid_telemetry();
  bob.call_it("River");
  if (!exchange()) return 1;

  bob.show();
  std::puts(ada == bob ? "the same for both" : "not the same");
  auto const nonsense = ada.apply(ab::bytes(20, std::byte{7}));
  std::puts(nonsense ? "taken" : nonsense.error().message().c_str());
}
