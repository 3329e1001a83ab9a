// expect: a store in files opens with a path
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
using bank = ab::store<ab::one_of<deposited>, ab::policies<ab::file_storage<>>>;
void f() {
#ifdef ANABRANCH_MUST_FAIL
  (void)bank::open();
#else
  (void)bank::open("bank.store");
#endif
}
