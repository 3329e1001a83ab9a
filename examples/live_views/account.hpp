// The events of an account, and what is made of them.
#pragma once

#include <anabranch/anabranch.hpp>

#include <cstdint>
#include <string>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

struct balance {
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(withdrawn const& e) { cents -= e.cents; }
};

// An effect: `react`, not `apply`, so that nothing that folds can take it.
struct text_message {
  int* sent;
  void react(withdrawn const& e, auto const&) { *sent += e.cents >= 100 ? 1 : 0; }
  void react(ab::others) {}
};

using bank_store = ab::store<account_event, ab::policies<ab::file_storage<ab::no_sync>, ab::global_order>>;
