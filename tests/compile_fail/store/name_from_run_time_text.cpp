// expect: ab::name::parse
#include <anabranch/anabranch.hpp>

struct deposited {
  long cents;
};
struct withdrawn {
  long cents;
};
using account_event = ab::one_of<deposited, withdrawn>;
#include <string>

void f(ab::store<account_event>& s, std::string const& text) {
#ifdef ANABRANCH_MUST_FAIL
  (void)s.stream(text);
#else
  (void)s.stream(*ab::name::parse(text));
#endif
}
