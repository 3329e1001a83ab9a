// expect: a message
#ifdef ANABRANCH_MUST_FAIL
int x = 1;
#else
int x = 0;
#endif
