// expect: an enum without an underlying type can't hold every number that may be read; write `enum class e : std::uint8_t`
#include "anabranch/codec.hpp"

#ifdef ANABRANCH_MUST_FAIL
enum colour { red, green };
#else
enum colour : unsigned char { red, green };
#endif
ab::bytes use(colour c) { return ab::encode(c); }
