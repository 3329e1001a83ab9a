// tags: [R48]
// expect: ab::lattice::max and min start from the least or greatest value
#include <anabranch/clock/timestamp.hpp>
#include <anabranch/lattice.hpp>

#ifndef ANABRANCH_MUST_FAIL
template <>
struct ab::lattice::bounds<ab::timestamp> {
  static constexpr ab::timestamp least() { return {INT64_MIN}; }
};
#endif
ab::lattice::max<ab::timestamp> last;
