// expect[gcc]: use of deleted function
// expect[clang]: call to deleted function
#include "anabranch/codec.hpp"

ab::bytes read();
#ifdef ANABRANCH_MUST_FAIL
bool use() { return ab::decode<std::string_view>(read()).has_value(); }
#else
bool use() { return ab::decode<std::string>(read()).has_value(); }
#endif
