// expect: check it with ab::name::parse(text)
#include <anabranch/anabranch.hpp>

#include <string>

struct deposited {
  long cents;
};

bool follow(ab::store<ab::one_of<deposited>>& s, std::string const& who) {
#ifdef ANABRANCH_MUST_FAIL
  auto const worker = ab::catch_up(who, s.stream("a"));
#else
  auto const worker = ab::catch_up(*ab::name::parse(who), s.stream("a"));
#endif
  return worker.has_value();
}
