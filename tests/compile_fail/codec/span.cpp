// expect: only std::span<std::byte const> of dynamic size can be stored
#include "anabranch/codec.hpp"

#ifdef ANABRANCH_MUST_FAIL
using view = std::span<int const>;
#else
using view = std::span<std::byte const>;
#endif
ab::bytes use(view v) { return ab::encode(v); }
