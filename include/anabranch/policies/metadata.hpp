/// @file
/// The metadata axis: what is kept with every event beside its data.
#pragma once

#include "anabranch/core/event.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/policy.hpp"

#include <concepts>
#include <type_traits>

namespace ab {

/// Every event carries an `M`: what caused it, who asked for it, where it came from. Read as `info.meta`, appended
/// `ab::with(m)`; an event that is appended without has an `M{}`. A store that names none has no room for it.
/// @tparam M a type that can be stored, such as `ab::trace<>` or a struct that holds one
template <class M>
struct metadata {
  static_assert(
      std::is_default_constructible_v<M> && std::copy_constructible<M>,
      "ab::metadata<M>: M has a default constructor, for events that are appended without, and a copy constructor");
  static_assert(std::is_nothrow_move_constructible_v<M>, "ab::metadata<M>: M moves without throwing");
  using policy_axis = metadata_axis;
  using type = M;
};

/// Keeps no metadata. The default.
struct without_metadata {
  using policy_axis = metadata_axis;
  using type = no_metadata;
};

/// Where an event belongs in a chain of causes.
/// @tparam Id names a command or an event: `ab::event_id`, a number, a UUID
template <class Id = event_id>
struct trace {
  Id correlation{};  ///< of everything that one request led to: copied from what caused the event
  Id causation{};    ///< of the command or event that directly caused it
  friend bool operator==(trace const&, trace const&) = default;
};

namespace detail {

struct meta_option;

}  // namespace detail

/// Metadata for the events that follow it, `a.append(ab::with(request), deposited{500})`, or that a command leads to,
/// `ab::handle(a, teller{}, withdraw{200}, ab::with(request))`.
template <class M>
struct with {
  using handle_option = detail::meta_option;

  M meta;
  constexpr explicit with(M m) noexcept(std::is_nothrow_move_constructible_v<M>) : meta(static_cast<M&&>(m)) {}
};

}  // namespace ab
