// expect: a type that contains itself, or a type in it, takes more than 1024 bytes
#include "anabranch/codec.hpp"

struct tree {
#ifdef ANABRANCH_MUST_FAIL
  std::array<char, 1025> text;
#else
  std::vector<char> text;
#endif
  std::vector<tree> children;
};
ab::bytes use(tree const& t) { return ab::encode(t); }
