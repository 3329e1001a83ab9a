// tags: [R27][R31]
// expect: this store keeps no order among its streams; name ab::global_order among its policies
#include <anabranch/anabranch.hpp>

struct opened {};
#ifdef ANABRANCH_MUST_FAIL
using house = ab::store<ab::one_of<opened>>;
#else
using house = ab::store<ab::one_of<opened>, ab::policies<ab::global_order>>;
#endif
void open(house& s) { (void)ab::commit(ab::expect_none(ab::query(s)), s.stream("door").write(opened{})); }
