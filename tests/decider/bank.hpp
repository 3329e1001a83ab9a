// The decider that the tests of this room share, on the events of the spine.
#pragma once

#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <anabranch/decider.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace deciding {

using spine::account_event;
using spine::deposited;
using spine::noted;
using spine::storages;
using spine::withdrawn;

/// A balance, and every event with where and when it was. Counts the steps, so that a test can say how much was read.
struct ledger {
  std::int64_t cents = 0;
  spine::journal seen;
  static inline int steps = 0;

  void apply(deposited const& e, auto const& info) { take(e, info, e.cents); }
  void apply(withdrawn const& e, auto const& info) { take(e, info, -e.cents); }
  void apply(noted const& e, auto const& info) { take(e, info, 0); }
  friend bool operator==(ledger const&, ledger const&) = default;

 private:
  void take(auto const& e, auto const& info, std::int64_t change) {
    ++steps;
    cents += change;
    seen.apply(e, info);
  }
};

struct deposit {
  std::int64_t cents;
};
struct withdraw {
  std::int64_t cents;
};
struct remark {
  std::string text;
};
struct settle {};  // withdraws everything, if there is anything, and says so
using command = ab::one_of<deposit, withdraw, remark, settle>;

inline constexpr auto overdrawn = ab::refuse("the account would be overdrawn", "withdraw less, or deposit first");

struct teller {
  using state = ledger;
  static inline int decisions = 0;

  deposited decide(deposit const& c, ledger const&) const { return ++decisions, deposited{c.cents}; }
  ab::result<withdrawn> decide(withdraw const& c, ledger const& l) const {
    ++decisions;
    if (c.cents > l.cents) return overdrawn.with(c.cents, l.cents);
    return withdrawn{c.cents};
  }
  std::optional<noted> decide(remark const& c, ledger const& l) const {
    ++decisions;
    if (!l.seen.lines.empty() && l.seen.lines.back().ends_with(' ' + c.text)) return std::nullopt;  // said already
    return noted{c.text};
  }
  ab::result<std::vector<account_event>> decide(settle const&, ledger const& l) const {
    ++decisions;
    std::vector<account_event> all;
    if (l.cents > 0) all.emplace_back(withdrawn{l.cents});
    if (l.cents > 0) all.emplace_back(noted{"settled"});
    return all;
  }
};

/// Appends to `s` between the first `times` decisions and their commits: a writer who is always a little faster.
template <class Stream, class Event>
auto meanwhile(Stream s, Event e, int times = 1) {
  return ab::also([s, e, times]() mutable {
    if (times-- > 0) REQUIRE(s.append(e));
    return std::tuple<>();
  });
}

}  // namespace deciding
