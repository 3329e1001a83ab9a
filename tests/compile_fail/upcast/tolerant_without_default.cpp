// tags: [R36]
// expect: a tolerant definition needs ab::canonical_codec, and an aggregate with a default for every field
#include <anabranch/anabranch.hpp>

#include <cstdint>

struct amount {
#ifdef ANABRANCH_MUST_FAIL
  explicit amount(std::int64_t n) : cents(n) {}
#else
  explicit amount(std::int64_t n = 0) : cents(n) {}
#endif
  static constexpr auto fields() { return ab::fields(&amount::cents); }
  std::int64_t cents;
};
struct deposited {
  static constexpr ab::definition definition{.name = "deposited", .tolerant = true};
  amount cents;
};
using bank = ab::store<ab::one_of<deposited>, ab::policies<ab::file_storage<>>>;
void f(bank& s) { (void)s.stream("a").append(deposited{amount{1}}); }
