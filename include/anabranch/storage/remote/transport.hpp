/// @file
/// What a remote storage asks of its transport.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"

#include <concepts>

namespace ab {

/// Carries requests to a server and brings its answers back.
///
/// Models: `ab::remote::in_process`, `ab::remote::socket`.
/// - `call(request)`: the answer to the request, or an error where there is none: `errc::disconnected` where the server can't be
///   reached. One at a time, in order. A call that fails may or may not have been carried out.
template <class T>
concept remote_transport = std::movable<T> && requires(T& t, bytes_view request) {
  { t.call(request) } -> std::same_as<result<bytes>>;
};

namespace detail {

// One message a requirement, so that all that is missing shows at once.
template <class T>
consteval bool must_be_transport() {
  static_assert(std::movable<T>, "remote transport: a store takes its transport along, so it needs to be movable");
  static_assert(
      requires(T& t, bytes_view request) {
        { t.call(request) } -> std::same_as<result<bytes>>;
      }, "remote transport: it needs `ab::result<ab::bytes> call(ab::bytes_view request)`, the server's answer");
  return remote_transport<T>;
}

}  // namespace detail

}  // namespace ab
