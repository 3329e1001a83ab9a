// tags: [R65]
// expect: ignoring return
#include <anabranch/blob.hpp>

void keep(ab::folder_blobs<>& store, ab::bytes_view content) {
#ifdef ANABRANCH_MUST_FAIL
  store.put(content, "image/png");
#else
  (void)store.put(content, "image/png");
#endif
}
