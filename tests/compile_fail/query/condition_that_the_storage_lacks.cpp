// tags: [R27]
// expect: ab::expect_none: this storage can't look for events as part of a commit; expect a revision of a stream
#include <anabranch/anabranch.hpp>

// A storage far away, say, that only keeps revisions for its writers.
struct far_storage {
  using policy_axis = ab::storage_axis;
  static constexpr bool durable = false;
  template <class Schema>
  struct engine : ab::detail::memory_engine<Schema> {
#ifdef ANABRANCH_MUST_FAIL
    static constexpr bool scans_in_checks = false;
#endif
  };
};
struct opened {};
using house = ab::store<ab::one_of<opened>, ab::policies<ab::global_order, far_storage>>;
void open(house& s) { (void)ab::commit(ab::expect_none(ab::query(s))); }
