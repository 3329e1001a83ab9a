// expect: ab::locked<M>: M is a mutex, with lock() and unlock(); std::mutex will do
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#include <mutex>
#ifdef ANABRANCH_MUST_FAIL
using chosen = ab::policies<ab::locked<deposited>>;
#else
using chosen = ab::policies<ab::locked<std::mutex>>;
#endif
ab::store<account_event, chosen> a_store;
