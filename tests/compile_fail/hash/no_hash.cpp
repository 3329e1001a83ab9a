// tags: [R40]
// expect: hash policy: it needs `using policy_axis = ab::hash_axis;`
// expect: hash policy: it needs `static constexpr std::string_view name`, what it is called where it is stored
// expect: hash policy: it needs `void update(ab::bytes_view) noexcept`, which takes more bytes
// expect: hash policy: digests are kept and sorted, so `digest` needs copies and all of == != < <= > >=
// expect: hash policy: `digest` needs `hex()`, its text of lower-case hexadecimal digits
// expect: hash policy: `digest` needs `static ab::result<digest> parse(std::string_view)`, which reads what hex() gives
// expect: hash policy: it needs `digest finish() noexcept`, the digest of all bytes taken
#include <anabranch/hash.hpp>

#ifdef ANABRANCH_MUST_FAIL
struct home_made {
  struct digest {};
  void update(ab::bytes_view);
};
#else
using home_made = ab::sha256;
#endif
static_assert(ab::detail::must_be_hash<home_made>());
