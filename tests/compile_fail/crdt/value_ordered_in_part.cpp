// tags: [R49]
// expect: where floating-point numbers are in it, which may be NaN, by
#include <anabranch/crdt.hpp>

#include <compare>

class angle {
 public:
  angle() = default;
  explicit angle(double degrees) : degrees_(degrees) {}
#ifdef ANABRANCH_MUST_FAIL
  friend auto operator<=>(angle const&, angle const&) = default;
#else
  friend bool operator==(angle const&, angle const&) = default;
  friend auto operator<=>(angle const& a, angle const& b) { return std::strong_order(a.degrees_, b.degrees_); }
#endif

 private:
  double degrees_ = 0;
};
void turn(ab::lww_register<angle>& r) { r.set(ab::timestamp{1}, angle(7)); }
