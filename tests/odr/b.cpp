#include "shared.hpp"

void deposit_from_b(ab::store<account_event>& bank, int cents) {
  auto const r = bank.stream("account/42").append(deposited{cents});
  if (!r) std::abort();
}
