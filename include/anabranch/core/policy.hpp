/// @file
/// What a policy is: a type that names the axis on which it decides.
#pragma once

namespace ab {

struct storage_axis;        ///< where events and values are kept
struct clock_axis;          ///< how the time of an event is told
struct codec_axis;          ///< how values become bytes
struct order_axis;          ///< whether a store orders its streams among each other
struct concurrency_axis;    ///< who may use a store at once
struct revision_base_axis;  ///< the number of a stream's first event
struct upcast_axis;         ///< how events of old versions become today's
struct metadata_axis;       ///< what is kept with every event beside its data

/// A type that decides on one axis of a store.
template <class P>
concept policy = requires { typename P::policy_axis; };

}  // namespace ab
