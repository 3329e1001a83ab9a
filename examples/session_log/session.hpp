// A session: what happens in one, what is kept of it, and how that is recorded, by its owner or by whoever was told of it.
#pragma once

#include <anabranch/anabranch.hpp>

#include <cereal/types/string.hpp>
#include <mutex>

struct opened {
  static constexpr ab::definition definition{"opened", 1, 11704254141050993576U};
};
struct said {
  static constexpr ab::definition definition{"said", 1, 11042714743465501379U};
  std::string text;
  void serialize(auto& json) { json(CEREAL_NVP(text)); }
};
struct called {
  static constexpr ab::definition definition{"called", 1, 6203488888391481054U};
  std::string tool, arguments;
  void serialize(auto& json) { json(CEREAL_NVP(tool), CEREAL_NVP(arguments)); }
};
struct closed {
  static constexpr ab::definition definition{"closed", 1, 11704254141050993576U};
};
using session_event = ab::one_of<opened, said, called, closed>;

struct summary {
  std::string owner;
  bool is_open = false;
  int messages = 0, calls = 0;
  void apply(opened const&, auto const& info) { owner = info.meta, is_open = true; }
  void apply(said const&) { ++messages; }
  void apply(called const&) { ++calls; }
  void apply(closed const&) { is_open = false; }
};

using session_store =
    ab::store<session_event, ab::policies<ab::file_storage<>, ab::locked<std::mutex>, ab::system_clock,
                                          ab::revisions_from<0>, ab::metadata<std::string>>>;
using session_bus = ab::hub<session_store>;
using session = session_store::stream_type<>;

struct entry {
  std::string by;
  std::int64_t at = 0;
  session_event event = closed{};
  void serialize(auto& json) { json(CEREAL_NVP(by), CEREAL_NVP(at), CEREAL_NVP(event)); }
};

inline constexpr auto foreign = ab::refuse("only its owner writes to a session", "open one of your own");
inline constexpr auto gap = ab::refuse("a revision of the session is missing", "begin after the last one that is here");
inline constexpr auto forked = ab::refuse("the session has gone on in two ways", "drop one of them");
inline constexpr auto out_of_turn = ab::refuse("a session is opened, written to, and closed", "do what comes next");

// Records an event as a session's revision `at`, with what is kept of it: one commit. One that is there must be the same.
inline ab::result<void> record(session_bus& bus, session const& s, ab::revision at, entry const& e) {
  auto const now = ab::load_inlined<summary>(s);
  if (!now) return now.error();
  auto const next = now->through.next();
  if (at > next) return gap.at(s.name().view()).with(next.value, at.value);
  if (next.value > 0 && e.by != now->state.owner) return foreign.at(s.name().view());
  if (at < next) {
    auto const there = s.read(ab::between(at, at));
    if (!there) return there.error();
    auto const is = there->front();
    if (ab::encode(entry{is.meta, is.at.nanoseconds, is.data}) != ab::encode(e)) return forked.at(s.name().view());
    return {};
  }
  if (e.event.holds<opened>() == now->state.is_open) return out_of_turn.at(s.name().view());
  auto write = ab::inlined<summary>(s.write(ab::at(ab::timestamp{e.at}), ab::with(e.by), e.event));
  return bus.commit(s.expect(ab::exact(now->through)), std::move(write)).transform([](auto const&) {});
}
