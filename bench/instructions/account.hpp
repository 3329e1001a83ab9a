// What the cases share: a family of events, a projection of them, and the row that a store in memory keeps.
#pragma once

#include <anabranch/anabranch.hpp>

#include <cstdint>
#include <vector>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

struct balance {
  std::int64_t cents = 0;
  constexpr void apply(deposited const& e) { cents += e.cents; }
  constexpr void apply(withdrawn const& e) { cents -= e.cents; }
};

using row = ab::row<account_event, ab::no_stamp, ab::no_position>;

// The n-th event, the same for both sides.
inline std::int64_t amount(long i) { return i & 0xff; }

inline void keep(void const* p) { asm volatile("" : : "g"(p) : "memory"); }
