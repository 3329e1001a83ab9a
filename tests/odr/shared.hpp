#pragma once

#include <anabranch/anabranch.hpp>

#include <cstdlib>

struct deposited {
  int cents;
};
using account_event = ab::one_of<deposited>;

struct balance {
  int cents = 0;
  constexpr void apply(deposited const& e) { cents += e.cents; }
};

void deposit_from_b(ab::store<account_event>& bank, int cents);
