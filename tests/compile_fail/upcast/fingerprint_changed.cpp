// tags: [R36]
// expect[gcc]: the fields of this type are no longer those of its definition's fingerprint
// expect[gcc]: 2322845079051704363
// expect[clang]: no_names_of_fields_before_clang_18
#include <anabranch/anabranch.hpp>

#include <cstdint>

struct deposited {
#if defined(ANABRANCH_MUST_FAIL) && defined(__clang__)
  static_assert(sizeof(deposited*) == 0, "no_names_of_fields_before_clang_18");
#elif defined(ANABRANCH_MUST_FAIL)
  static constexpr ab::definition definition{"deposited", 1, 1};
#else
  static constexpr ab::definition definition{"deposited", 1, 0};
#endif
  std::int64_t cents;
};
using bank = ab::store<ab::one_of<deposited>, ab::policies<ab::file_storage<>>>;
void f(bank& s) { (void)s.stream("a").append(deposited{1}); }
