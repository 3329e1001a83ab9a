// expect: one message that no compiler prints
#ifdef ANABRANCH_MUST_FAIL
static_assert(false, "another message");
#endif
