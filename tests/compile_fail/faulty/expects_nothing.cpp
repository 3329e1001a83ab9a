#ifdef ANABRANCH_MUST_FAIL
static_assert(false, "refused");
#endif
