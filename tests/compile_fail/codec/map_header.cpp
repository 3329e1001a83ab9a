// expect: for std::map include anabranch/codec/types/map.hpp
#include <map>
#include "anabranch/codec.hpp"
#ifndef ANABRANCH_MUST_FAIL
#include "anabranch/codec/types/map.hpp"
#endif

ab::bytes use(std::map<int, int> const& m) { return ab::encode(m); }
