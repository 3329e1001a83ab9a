// expect: for std::deque include anabranch/codec/types/deque.hpp
#include <deque>
#include "anabranch/codec.hpp"
#ifndef ANABRANCH_MUST_FAIL
#include "anabranch/codec/types/deque.hpp"
#endif

ab::bytes use(std::deque<int> const& d) { return ab::encode(d); }
