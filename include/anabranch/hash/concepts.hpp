/// @file
/// What a hash policy provides: `ab::hash_policy`.
#pragma once

#include "anabranch/core/policy.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace ab {

template <class T>
class result;

struct hash_axis;  ///< how content is named

/// Names content by a digest of its bytes. One object takes one content, piece by piece.
///
/// Model: `sha256`. What ids are made with has to be collision-resistant: whoever finds two contents with one digest can
/// pass one off as the other.
/// - `name`: what it is called where it is stored, `"sha256"`; lower-case letters, digits, `-` and `_`
/// - `digest`: a value; copied, compared, ordered; `hex()` is its text, and `digest::parse(text)` reads it back
/// - `update(bytes)`: takes more bytes
/// - `finish()`: the digest of all bytes taken
template <class H>
concept hash_policy =
    policy<H> && std::same_as<typename H::policy_axis, hash_axis> && std::default_initializable<H> &&
    std::copyable<H> && std::copyable<typename H::digest> && std::totally_ordered<typename H::digest> &&
    requires(H& h, std::span<std::byte const> b, typename H::digest const& d, std::string_view s) {
      { H::name } -> std::convertible_to<std::string_view>;
      { h.update(b) } noexcept -> std::same_as<void>;
      { h.finish() } noexcept -> std::same_as<typename H::digest>;
      { d.hex() } -> std::convertible_to<std::string_view>;
      { H::digest::parse(s) } -> std::same_as<result<typename H::digest>>;
    };

namespace detail {

// One message a requirement, so that all that is missing shows at once.
template <class H>
consteval bool must_be_hash() {
  static_assert(
      requires { requires std::same_as<typename H::policy_axis, hash_axis>; },
      "hash policy: it needs `using policy_axis = ab::hash_axis;`");
  static_assert(std::default_initializable<H> && std::copyable<H>,
                "hash policy: hashing begins with a new object and may go on from a copy, so it needs a default "
                "constructor and copies");
  static_assert(
      requires {
        { H::name } -> std::convertible_to<std::string_view>;
      }, "hash policy: it needs `static constexpr std::string_view name`, what it is called where it is stored");
  static_assert(
      requires(H& h, std::span<std::byte const> b) {
        { h.update(b) } noexcept -> std::same_as<void>;
      }, "hash policy: it needs `void update(ab::bytes_view) noexcept`, which takes more bytes");
  static_assert(
      requires { typename H::digest; }, "hash policy: it needs a type `digest`; ab::digest<Hash, Size> will do");
  if constexpr (requires { typename H::digest; }) {
    using digest = typename H::digest;
    static_assert(std::copyable<digest> && std::totally_ordered<digest>,
                  "hash policy: digests are kept and sorted, so `digest` needs copies and all of == != < <= > >=");
    static_assert(
        requires(digest const& d) {
          { d.hex() } -> std::convertible_to<std::string_view>;
        }, "hash policy: `digest` needs `hex()`, its text of lower-case hexadecimal digits");
    static_assert(
        requires(std::string_view s) {
          { digest::parse(s) } -> std::same_as<result<digest>>;
        },
        "hash policy: `digest` needs `static ab::result<digest> parse(std::string_view)`, which reads what hex() "
        "gives");
    static_assert(
        requires(H& h) {
          { h.finish() } noexcept -> std::same_as<digest>;
        }, "hash policy: it needs `digest finish() noexcept`, the digest of all bytes taken");
  }
  return true;
}

}  // namespace detail

}  // namespace ab
