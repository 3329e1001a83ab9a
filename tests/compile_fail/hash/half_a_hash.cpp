// tags: [R40]
// expect: hash policy: it needs a type `digest`; ab::digest<Hash, Size> will do
// expect: hash policy: hashing begins with a new object and may go on from a copy, so it needs a default constructor and copies
#include <anabranch/hash.hpp>

struct opened {
  int door;
};
#ifdef ANABRANCH_MUST_FAIL
struct keyed {
  using policy_axis = ab::hash_axis;
  static constexpr std::string_view name = "keyed";
  explicit keyed(int key);
  void update(ab::bytes_view) noexcept;
};
#else
using keyed = ab::sha256;
#endif
static_assert(ab::detail::must_be_hash<keyed>());
