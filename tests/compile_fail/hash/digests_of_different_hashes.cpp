// tags: [R40]
// expect[gcc]: no match for 'operator=='
// expect[clang]: invalid operands to binary expression
#include <anabranch/hash.hpp>

struct other_hash;
bool same(ab::sha256::digest const& a, ab::digest<other_hash, 32> const& b) {
#ifdef ANABRANCH_MUST_FAIL
  return a == b;
#else
  return a.bytes == b.bytes;
#endif
}
