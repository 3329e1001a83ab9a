/// @file
/// `ab::merge_fingerprint`: a number that changes when what a lattice holds, or how it merges, does.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/lattice/concepts.hpp"
#include "anabranch/lattice/merge_parts.hpp"

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace ab {

namespace detail::lattices {

template <class T>
concept named = requires {
  { std::string_view(T::merge_name) };
};

consteval std::uint64_t add_text(std::uint64_t h, std::string_view text) {
  h = canonical::mix(h, text.size());
  for (char const c : text) h = canonical::mix(h, static_cast<unsigned char>(c));
  return h;
}

template <class T, class... Above>
consteval std::uint64_t merges_as(std::uint64_t h);

template <class... Above, class... Ts>
consteval std::uint64_t merge_each(std::uint64_t h, types<Ts...>) {
  h = canonical::mix(h, sizeof...(Ts));
  ((h = merges_as<Ts, Above...>(h)), ...);
  return h;
}
template <class... Ts>
types<Ts...> as_types(lattice::merge_parts<Ts...>);

// A type that is met again inside of itself counts by how far up it stands.
template <class T, class... Above>
consteval std::uint64_t merges_as(std::uint64_t h) {
  if constexpr (canonical::among<T, Above...>) {
    std::size_t at = 0, found = 0;
    ((++at, found = std::is_same_v<T, Above> ? at : found), ...);
    return canonical::mix(add_text(h, "again"), sizeof...(Above) - found);
  } else {
    if constexpr (named<T>) h = add_text(h, T::merge_name);
    if constexpr (has_join<T>) {
      static_assert(named<T>,
                    "ab::merge_fingerprint: a lattice with `join` of its own says how it merges: `static constexpr "
                    "std::string_view merge_name = \"my_rule/1\";`, another text where the rule changes");
      if constexpr (requires { typename T::merge_parts; })
        return merge_each<Above..., T>(h, decltype(as_types(typename T::merge_parts{})){});
      else
        return canonical::mix(h, 0);
    } else {
      return merge_each<Above..., T>(add_text(h, "struct"), fields_of<T>{});
    }
  }
}

template <class T>
consteval std::uint64_t merge_fingerprint() {
  static_assert(require_join_semilattice<T>());
  if constexpr (join_semilattice<T>)
    return merges_as<T>(canonical_codec::shape<T>());
  else
    return 0;
}

}  // namespace detail::lattices

/// A number for a handshake: replicas exchange values of `T` only where theirs are equal.
///
/// It depends on what the bytes mean (`canonical_codec::shape`) and on how they merge: a `max<int>` and a `min<int>` have the
/// same bytes and different numbers. Not on names of fields, which not every compiler knows: a struct whose fields swapped
/// meanings says so by `static constexpr std::string_view merge_name`. Containers don't count. The same on every compiler.
template <class T>
inline constexpr std::uint64_t merge_fingerprint = detail::lattices::merge_fingerprint<T>();

}  // namespace ab
