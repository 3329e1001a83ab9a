// expect: for std::set include anabranch/codec/types/set.hpp
#include <set>
#include "anabranch/codec.hpp"
#ifndef ANABRANCH_MUST_FAIL
#include "anabranch/codec/types/set.hpp"
#endif

ab::bytes use(std::set<int> const& s) { return ab::encode(s); }
