// Who may use what: what happens to a grant, what follows from it, and the rules.
#pragma once

#include <anabranch/anabranch.hpp>
#include <anabranch/codec/types/set.hpp>

#include <compare>
#include <set>
#include <string>

struct grant {
  std::string who, what;
  friend auto operator<=>(grant const&, grant const&) = default;
};

struct granted {
  grant right;
  std::string by;
};
struct revoked {
  grant right;
  std::string by;
};
using access_event = ab::one_of<granted, revoked>;

struct grants {
  std::set<grant> held;
  void apply(granted const& e) { held.insert(e.right); }
  void apply(revoked const& e) { held.erase(e.right); }
};

inline constexpr auto held_already = ab::refuse("it is granted already");
inline constexpr auto not_held = ab::refuse("it is not granted, so nothing can be revoked");

inline ab::result<void> allowed(granted const& e, grants const& now) {
  if (now.held.contains(e.right)) return held_already;
  return {};
}
inline ab::result<void> allowed(revoked const& e, grants const& now) {
  if (!now.held.contains(e.right)) return not_held;
  return {};
}
