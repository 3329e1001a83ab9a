// tags: [R70]
// expect: remote transport: it needs `ab::result<ab::bytes> call(ab::bytes_view request)`, the server's answer
#include <anabranch/anabranch.hpp>

struct opened {};
struct wire {
#ifdef ANABRANCH_MUST_FAIL
  ab::bytes call(ab::bytes_view);
#else
  ab::result<ab::bytes> call(ab::bytes_view);
#endif
};
using doors = ab::store<ab::one_of<opened>, ab::policies<ab::remote_storage<wire>>>;
auto open_doors() { return doors::open(wire{}); }
