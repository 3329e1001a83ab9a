// expect: the first
// expect: and the second
#ifdef ANABRANCH_MUST_FAIL
static_assert(false, "the   first");  // and the second
#endif
