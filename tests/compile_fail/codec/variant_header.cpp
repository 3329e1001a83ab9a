// expect: for std::variant include anabranch/codec/types/variant.hpp, or use ab::one_of
#include <variant>
#include "anabranch/codec.hpp"
#ifndef ANABRANCH_MUST_FAIL
#include "anabranch/codec/types/variant.hpp"
#endif

ab::bytes use(std::variant<int, bool> const& v) { return ab::encode(v); }
