// One of two units that share the library in one program, and a store; see b.cpp and tests/checks/odr.
#include "shared.hpp"

int main() {
  ab::store<account_event> bank;
  auto account = bank.stream("account/42");
  deposit_from_b(bank, 2);
  if (auto r = account.append(deposited{1}); !r) return 1;
  auto const b = account.fold<balance>();
  return b && b->cents == 3 ? 0 : 1;
}
