/// @file
/// What an event type is called where it is stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab {

/// The stored name and version of an event type or a projection's state.
///
/// Give a type its own as a member, `static constexpr ab::definition definition{"deposited", 2};`. Without one it
/// is the type's unqualified name and version 1, so that renaming the type renames what is stored.
///
/// With a fingerprint, a third number other than 0, the definition is frozen: where events become bytes, a change of the
/// fields' names or types doesn't compile, and the compiler prints the new number. Begin with 1 to be told the first.
///
/// A tolerant definition lets fields be added behind the last one without another version: who knows more of them than were
/// written gives those the values of the type's default, who knows fewer ignores the rest. Nothing else may change.
struct definition {
  std::string_view name;
  std::uint32_t version = 1;
  std::uint64_t fingerprint = 0;
  bool tolerant = false;
  friend constexpr bool operator==(definition const&, definition const&) = default;
};

namespace detail {

template <class T>
consteval std::string_view pretty_name() {
  return __PRETTY_FUNCTION__;
}

// The text between the function's own. Compilers spell unnamed namespaces and templates each in their own way.
template <class T>
consteval std::string_view qualified_name() {
  constexpr std::string_view probe = pretty_name<int>(), whole = pretty_name<T>();
  constexpr auto front = probe.find("T = int") + 4;
  std::string_view const s = whole.substr(front);
  return s.substr(0, s.find(';') < s.size() ? s.find(';') : s.rfind(']'));
}

// The same with namespaces and enclosing scopes stripped.
template <class T>
consteval std::string_view unqualified_name() {
  constexpr std::string_view s = qualified_name<T>();
  for (auto i = s.size(); i-- > 0;) {
    if (s[i] == ':' || s[i] == ' ') return s.substr(i + 1);
  }
  return s;
}

template <class T>
consteval definition definition_by_default() {
  constexpr auto n = unqualified_name<T>();
  static_assert(n.find_first_of("<>(){}`'$") == std::string_view::npos,
                "this type has no plain name to be stored under; give it `static constexpr ab::definition "
                "definition{\"name\", 1};`");
  return {n, 1};
}

template <class T>
consteval definition find_definition() {
  if constexpr (requires { T::definition.name; })
    return T::definition;
  else
    return definition_by_default<T>();
}

}  // namespace detail

/// The definition of `T`: its own, or its unqualified name and version 1.
template <class T>
inline constexpr definition definition_of = detail::find_definition<T>();

}  // namespace ab
