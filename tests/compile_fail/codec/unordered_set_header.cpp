// expect: for std::unordered_set include anabranch/codec/types/unordered_set.hpp
#include <unordered_set>
#include "anabranch/codec.hpp"
#ifndef ANABRANCH_MUST_FAIL
#include "anabranch/codec/types/unordered_set.hpp"
#endif

ab::bytes use(std::unordered_set<int> const& s) { return ab::encode(s); }
