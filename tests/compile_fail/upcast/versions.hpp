// Three versions of one event, and how each becomes the next.
#pragma once

#include <anabranch/anabranch.hpp>

#include <cstdint>

struct deposited_v1 {
  static constexpr ab::definition definition{"deposited", 1};
  std::int32_t euros;
};
struct deposited_v2 {
  static constexpr ab::definition definition{"deposited", 2};
  std::int64_t cents;
};
struct deposited {
  static constexpr ab::definition definition{"deposited", 3};
  std::int64_t cents;
  std::int32_t currency;
};
struct opened {};
using account_event = ab::one_of<deposited>;
struct in_cents {
  static constexpr deposited_v2 up(deposited_v1 const& old) { return {std::int64_t{old.euros} * 100}; }
};
struct with_currency {
  static constexpr deposited up(deposited_v2 const& old) { return {old.cents, 978}; }
};
