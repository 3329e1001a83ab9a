/// @file
/// What a codec policy provides: `ab::codec_for<C, T>`, and what it writes to: `ab::byte_sink`.
#pragma once

#include "anabranch/core/policy.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ab {

template <class T>
class result;

/// Where a codec writes: `extend(n)` gives `n` more bytes in one piece, to be filled before the next call, which may
/// move what was given before. May throw `bad_alloc`.
template <class S>
concept byte_sink = requires(S& sink, std::size_t n) {
  { sink.extend(n) } -> std::same_as<std::byte*>;
};

namespace detail {

struct some_sink {
  std::byte* extend(std::size_t n);
};

}  // namespace detail

/// `C` is a codec policy that can store a `T`.
///
/// | member of `C` | |
/// |---|---|
/// | `encodable<T>` | whether it can store a `T`; `false` rather than an error, also for a nonsensical `T` |
/// | `require<T>()` | doesn't compile where it can't, and says why; otherwise nothing |
/// | `encode(value, sink)` | writes the value to any `byte_sink`; throws what the sink or an allocation throws |
/// | `decode<T>(bytes)` | the value that all of `bytes` stand for, or an `ab::error` |
/// | `shape<T>()` | a fingerprint: types with equal ones read each other's bytes |
/// | `borrows<T>` | whether a decoded `T` points into the bytes that it was decoded from |
/// | `fixed_size<T>` | whether all values take the same number of bytes |
/// | `least_size<T>` | how many bytes a value takes at least, and where `fixed_size` exactly |
template <class C, class T>
concept codec_for = requires(T const& value, detail::some_sink& sink, std::span<std::byte const> in) {
  requires std::same_as<typename C::policy_axis, codec_axis>;
  requires bool{C::template encodable<T>};
  C::template require<T>();
  { C::template encode<T>(value, sink) } -> std::same_as<void>;
  { C::template decode<T>(in) } -> std::same_as<result<T>>;
  { C::template shape<T>() } -> std::same_as<std::uint64_t>;
  { bool{C::template borrows<T>} };
  { bool{C::template fixed_size<T>} };
  { std::size_t{C::template least_size<T>} };
};

}  // namespace ab
