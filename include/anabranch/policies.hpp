/// @file
/// `ab::policies<Ps...>`: what a store decides, composed at compile time.
#pragma once

#include "anabranch/clock/concepts.hpp"
#include "anabranch/clock/no_clock.hpp"
#include "anabranch/core/policy.hpp"
#include "anabranch/policies/concurrency.hpp"
#include "anabranch/policies/metadata.hpp"
#include "anabranch/policies/order.hpp"
#include "anabranch/policies/revision_base.hpp"
#include "anabranch/storage/memory.hpp"
#include "anabranch/upcast/upcasts.hpp"

#include <cstddef>
#include <type_traits>

namespace ab {

struct canonical_codec;

namespace detail {

struct no_axis;

template <class P>
struct axis_of {
  using type = no_axis;
};
template <policy P>
struct axis_of<P> {
  using type = typename P::policy_axis;
};

template <class Axis, class Default, class... Ps>
struct policy_on {
  using type = Default;
};
template <class Axis, class Default, class P, class... Ps>
struct policy_on<Axis, Default, P, Ps...> : std::conditional_t<std::is_same_v<typename axis_of<P>::type, Axis>,
                                                               std::type_identity<P>, policy_on<Axis, Default, Ps...>> {
};

template <class Axis>
inline constexpr bool is_store_axis =
    std::is_same_v<Axis, storage_axis> || std::is_same_v<Axis, clock_axis> || std::is_same_v<Axis, codec_axis> ||
    std::is_same_v<Axis, order_axis> || std::is_same_v<Axis, concurrency_axis> ||
    std::is_same_v<Axis, revision_base_axis> || std::is_same_v<Axis, upcast_axis> ||
    std::is_same_v<Axis, metadata_axis>;

// One template a check, so that the compiler's trace names the type that fails it.
template <class P>
struct is_a_policy_of_a_store : std::true_type {
  static_assert(policy<P>,
                "ab::policies: this type is no policy; a policy has a member type `policy_axis` "
                "(see docs/policies.md for those that there are)");
  static_assert(!policy<P> || is_store_axis<typename axis_of<P>::type>,
                "ab::policies: this policy decides on an axis that a store doesn't have");
};
template <class P, class... Ps>
struct decides_alone : std::true_type {
  static_assert(((std::is_same_v<typename axis_of<P>::type, typename axis_of<Ps>::type> ? 1 : 0) + ... + 0) <= 1 ||
                    !policy<P>,
                "ab::policies: two policies decide on the same axis; keep one of them");
};

}  // namespace detail

/// The policies of a store, in any order; what isn't named has its default.
///
/// | axis | default | others |
/// |---|---|---|
/// | storage | `memory_storage` | `file_storage<Durability>` |
/// | clock | `no_clock` | `manual_clock`, `system_clock` |
/// | codec | `canonical_codec` | `cereal_binary`, `cereal_json` (in ext/) |
/// | order | `per_stream` | `global_order` |
/// | concurrency | `single_threaded` | `locked<Mutex>` |
/// | revision base | `revisions_from<1>` | `revisions_from<N>` |
/// | upcasting | `upcasts<>` | `upcasts<Us...>` |
/// | metadata | `without_metadata` | `metadata<M>` |
///
/// Derive a struct from it to give a composition a short name: `struct notes : ab::policies<ab::system_clock> {};`
template <class... Ps>
struct policies {
  static_assert((detail::is_a_policy_of_a_store<Ps>::value && ...));
  static_assert((detail::decides_alone<Ps, Ps...>::value && ...));

  using storage = typename detail::policy_on<storage_axis, memory_storage, Ps...>::type;
  using clock = typename detail::policy_on<clock_axis, no_clock, Ps...>::type;
  using codec = typename detail::policy_on<codec_axis, canonical_codec, Ps...>::type;
  using order = typename detail::policy_on<order_axis, per_stream, Ps...>::type;
  using concurrency = typename detail::policy_on<concurrency_axis, single_threaded, Ps...>::type;
  using revision_base = typename detail::policy_on<revision_base_axis, revisions_from<1>, Ps...>::type;
  using upcasting = typename detail::policy_on<upcast_axis, upcasts<>, Ps...>::type;
  using meta = typename detail::policy_on<metadata_axis, without_metadata, Ps...>::type::type;

  static_assert(detail::must_be_clock<clock>());
};

}  // namespace ab
