// The small types of the ground floor: definitions, numbers, ranges, expectations.
#include "catch.hpp"

#include <anabranch/core.hpp>
#include <anabranch/core/range.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace outer::inner {
struct deposited {};
class withdrawn {};
struct holder {
  struct nested {};
};
}  // namespace outer::inner

namespace {

struct unnamed {};
struct renamed {
  static constexpr ab::definition definition{"money deposited", 3};
};
struct named_only {
  static constexpr ab::definition definition{"named_only"};
};

// Renaming a namespace or moving a type changes nothing that is stored.
static_assert(ab::definition_of<outer::inner::deposited> == ab::definition{"deposited", 1});
static_assert(ab::definition_of<outer::inner::withdrawn> == ab::definition{"withdrawn", 1});
static_assert(ab::definition_of<outer::inner::holder::nested> == ab::definition{"nested", 1});
static_assert(ab::definition_of<unnamed> == ab::definition{"unnamed", 1});
static_assert(ab::definition_of<renamed> == ab::definition{"money deposited", 3});
static_assert(ab::definition_of<named_only> == ab::definition{"named_only", 1});

// Numbers of one kind don't pass for another.
static_assert(!std::is_convertible_v<ab::position, ab::revision> &&
              !std::is_constructible_v<ab::revision, ab::position>);
static_assert(!std::is_convertible_v<std::int64_t, ab::revision> &&
              !std::equality_comparable_with<ab::revision, ab::position>);
static_assert(ab::revision{1}.next() == ab::revision{2} && ab::revision{1}.previous() < ab::revision{1});
static_assert(sizeof(ab::revision) == sizeof(std::int64_t) && std::is_trivially_copyable_v<ab::revision>);

using range = ab::place_range<ab::revision>;
constexpr bool is(range r, std::int64_t first, std::int64_t last) {
  return r.first.value == first && r.last.value == last;
}
static_assert(is(ab::stored, INT64_MIN, INT64_MAX) && !range(ab::stored).names_first());
static_assert(is(ab::from(3), 3, INT64_MAX) && range(ab::from(3)).names_first());
static_assert(is(ab::from(ab::revision{3}), 3, INT64_MAX) && is(ab::after(ab::revision{3}), 4, INT64_MAX));
static_assert(is(ab::through(9), INT64_MIN, 9) && !range(ab::through(9)).names_first());
static_assert(is(ab::between(3, 9), 3, 9) && is(ab::between(ab::revision{3}, ab::revision{9}), 3, 9));

template <class E>
void agrees(E const& as_type, std::int64_t at, ab::errc kind) {
  ab::expectation const chosen = as_type;
  for (std::int64_t none = -1; none <= 0; ++none) {
    for (std::int64_t last = none; last < 4; ++last) {
      bool const met = std::is_same_v<E, ab::any_t>             ? true
                       : std::is_same_v<E, ab::no_stream_t>     ? last == none
                       : std::is_same_v<E, ab::stream_exists_t> ? last != none
                                                                : last == at;
      CHECK(as_type.met(ab::revision{last}, ab::revision{none}) == met);
      CHECK(chosen.met(ab::revision{last}, ab::revision{none}) == met);
      if (met) continue;
      auto const e = chosen.unmet(ab::revision{last}, ab::revision{none}, "s");
      CHECK(e == kind);
      CHECK(e.actual == last);
      CHECK(e.where == "s");
      CHECK_FALSE(e.advice.empty());
    }
  }
}

TEST_CASE("an expectation chosen at run time is the one it was made from", "[core][R24]") {
  agrees(ab::any, 0, {});
  agrees(ab::no_stream, 0, ab::errc::stream_exists);
  agrees(ab::stream_exists, 0, ab::errc::no_such_stream);
  for (std::int64_t n = -2; n < 5; ++n) agrees(ab::exact(n), n, ab::errc::wrong_revision);
}

TEST_CASE("the version is one, for the preprocessor and the program", "[core]") {
  CHECK(ab::version.major == ANABRANCH_VERSION_MAJOR);
  CHECK(ab::version.minor == ANABRANCH_VERSION_MINOR);
  CHECK(ab::version.patch == ANABRANCH_VERSION_PATCH);
}

}  // namespace
