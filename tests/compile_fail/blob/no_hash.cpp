// tags: [R40]
// expect: hash policy: it needs `using policy_axis = ab::hash_axis;`
// expect: hash policy: it needs a type `digest`; ab::digest<Hash, Size> will do
#include <anabranch/blob.hpp>

#ifdef ANABRANCH_MUST_FAIL
using hash = int;
#else
using hash = ab::sha256;
#endif
void keep() { ab::memory_blobs<hash> store; }
