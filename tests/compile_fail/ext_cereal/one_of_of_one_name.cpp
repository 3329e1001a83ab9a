// expect: two types of this ab::one_of have one name
#include <anabranch/ext/cereal/json_archive.hpp>
#include <anabranch/ext/cereal/one_of.hpp>

#include <cereal/types/string.hpp>

namespace v1 {
struct said {
  static constexpr ab::definition definition{"said", 1};
};
}  // namespace v1
struct said {
#ifdef ANABRANCH_MUST_FAIL
  static constexpr ab::definition definition{"said", 2};
#else
  static constexpr ab::definition definition{"said again", 2};
#endif
};

void write(std::string& to, ab::one_of<v1::said, said> const& event) {
  ab::cereal_json_output out(to);
  out(event);
}
