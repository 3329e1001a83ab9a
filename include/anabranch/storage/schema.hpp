/// @file
/// What a store's type says, as its storage sees it.
#pragma once

#include "anabranch/core/event.hpp"
#include "anabranch/core/families.hpp"
#include "anabranch/upcast/detail/upcast_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab::detail {

template <class T, class... Es>
consteval std::size_t family_position() {
  bool const has[] = {Es::template has<T>...};
  std::size_t i = 0;
  while (!has[i]) ++i;
  return i;
}

template <class Families, class Policies>
struct schema;

template <class... Es, class Policies>
struct schema<families<Es...>, Policies> {
  using policies = Policies;
  using clock = typename Policies::clock;
  using concurrency = typename Policies::concurrency;
  using codec = typename Policies::codec;
  using stamp = typename clock::stamp;
  using meta = typename Policies::meta;
  using graph = upcast_graph<families<Es...>, typename Policies::upcasting>;
  // Any event of any family as it is read, and as it may be stored.
  using any_event = typename graph::any_event;
  using any_stored = typename graph::any_stored;
  template <class E>
  using stored = typename graph::template stored<E>;

  static constexpr bool global = Policies::order::global;
  static constexpr std::int64_t first_revision = Policies::revision_base::first;
  static constexpr std::size_t family_count = sizeof...(Es);

  using position_type = std::conditional_t<global, position, no_position>;
  static constexpr bool lifts = graph::lifts;
  using part_type = std::conditional_t<lifts, std::uint32_t, no_part>;
  using info = event_info<stamp, position_type, meta, part_type>;
  using receipt_type = receipt<stamp, position_type>;
  template <class E>
  using event_type = event<E, info>;
  template <class E>
  using row_type = row<stored<E>, stamp, position_type, meta>;

  template <std::size_t I>
  using family = type_at<I, Es...>;
  // The family whose streams may hold a `T`.
  template <class T>
  using family_of = family<family_position<T, stored<Es>...>()>;
  template <class E>
  static constexpr bool has_family = index_of<E, Es...>() < sizeof...(Es);
  template <class E>
  static constexpr std::size_t family_index = index_of<E, Es...>();

  static_assert(names_differ(static_cast<any_event const*>(nullptr)),
                "ab::store: two event types have the same stored name; give one of them a definition of its own");
  static_assert(versions_differ(static_cast<any_stored const*>(nullptr)),
                "ab::upcasts: two types have the same stored name and version; count one of them on");
};

}  // namespace ab::detail
