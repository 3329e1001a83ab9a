// A commit over two streams with an expectation on each, against the same by hand on two vectors.
// limit: 1.1
#include "account.hpp"

extern "C" void ours(long n) {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42"), b = bank.stream("account/43");
  long done = 0;
  for (long i = 0; i < n; ++i) {
    auto const ok = ab::commit(a.expect(ab::exact(i)), b.expect(ab::exact(i)), a.write(withdrawn{amount(i)}),
                               b.write(deposited{amount(i)}));
    if (ok) ++done;
  }
  keep(&done);
  keep(&bank);
}

namespace {

// What a careful author writes: check both, push both, and take the first back where the second can't be had.
bool transfer(std::vector<row>& a, std::vector<row>& b, std::size_t at_a, std::size_t at_b, std::int64_t cents) {
  if (a.size() != at_a || b.size() != at_b) return false;
  a.emplace_back(std::in_place_type<withdrawn>, withdrawn{cents}, ab::no_stamp{}, ab::no_position{});
  try {
    b.emplace_back(std::in_place_type<deposited>, deposited{cents}, ab::no_stamp{}, ab::no_position{});
  } catch (...) {
    a.pop_back();
    throw;
  }
  return true;
}

}  // namespace

extern "C" void by_hand(long n) {
  std::vector<row> a, b;
  long done = 0;
  for (long i = 0; i < n; ++i) {
    if (transfer(a, b, static_cast<std::size_t>(i), static_cast<std::size_t>(i), amount(i))) ++done;
  }
  keep(&done);
  keep(&a);
  keep(&b);
}
