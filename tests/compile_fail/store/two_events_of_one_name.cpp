// expect: ab::store: two event types have the same stored name; give one of them a definition of its own
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
struct refunded {
#ifdef ANABRANCH_MUST_FAIL
  static constexpr ab::definition definition{"deposited"};
#else
  static constexpr ab::definition definition{"refunded"};
#endif
};
ab::store<ab::one_of<deposited, refunded>> a_store;
