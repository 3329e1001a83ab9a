// expect: to read an ab::one_of, each of its types needs a default constructor
#include <anabranch/ext/cereal/json_archive.hpp>
#include <anabranch/ext/cereal/one_of.hpp>

#include <cereal/types/string.hpp>

struct said {
#ifdef ANABRANCH_MUST_FAIL
  explicit said(int) {}
#endif
};

void read(std::string_view from, ab::one_of<said>& event) {
  ab::cereal_json_input in(from);
  in(event);
}
