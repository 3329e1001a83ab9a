// expect: for std::unordered_map include anabranch/codec/types/unordered_map.hpp
#include <unordered_map>
#include "anabranch/codec.hpp"
#ifndef ANABRANCH_MUST_FAIL
#include "anabranch/codec/types/unordered_map.hpp"
#endif

ab::bytes use(std::unordered_map<int, int> const& m) { return ab::encode(m); }
