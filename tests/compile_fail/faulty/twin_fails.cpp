// expect: refused
#ifdef ANABRANCH_MUST_FAIL
static_assert(false, "refused");
#else
static_assert(false, "so is this");
#endif
