// tags: [R40]
// expect[gcc]: cannot convert 'const ref'
// expect[clang]: no viable conversion from 'const basic_blob_ref<other_hash>' to 'const basic_blob_ref<ab::sha256>'
#include <anabranch/blob.hpp>

struct other_hash : ab::sha256 {
  static constexpr std::string_view name = "other";
  using digest = ab::digest<other_hash, 32>;
  digest finish() const noexcept;
};
#ifdef ANABRANCH_MUST_FAIL
using ref = ab::basic_blob_ref<other_hash>;
#else
using ref = ab::blob_ref;
#endif
void read(ab::memory_blobs<> const& store, ref const& r) { (void)store.get(r); }
