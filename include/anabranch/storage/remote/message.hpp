/// @file
/// Messages as bytes: what they begin with, and their values.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/encoding.hpp"
#include "anabranch/storage/remote/detail/interned.hpp"
#include "anabranch/storage/remote/record.hpp"
#include "anabranch/storage/remote/requests.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace ab::detail {

template <class T>
void put_message(bytes& out, T const& value) {
  if constexpr (!std::is_empty_v<T>) {
    appending sink{out};
    canonical_codec::encode(value, sink);
  }
}
template <class T>
result<T> take_message(bytes_view from) {
  if constexpr (std::is_empty_v<T>) {
    if (!from.empty()) return malformed_message("bytes behind the end");
    return T{};
  } else {
    return canonical_codec::template decode<T>(from);
  }
}

// A request: its tag, two bytes, the low one first, and its value.
template <class Request>
bytes request_bytes(Request const& r) {
  bytes out{static_cast<std::byte>(Request::tag & 0xFFU), static_cast<std::byte>(Request::tag >> 8U)};
  put_message(out, r);
  return out;
}

// Whether a page that isn't the last leads further into what was asked for: a reader that goes on comes to an end.
template <class Request>
bool goes_on(remote::page const& p, Request const& r) noexcept {
  return !p.more || (p.next > r.first && p.next <= p.through && p.through <= r.last);
}

inline bytes answer_bytes(remote::answer kind) { return {static_cast<std::byte>(kind)}; }
template <class T>
bytes answer_bytes(remote::answer kind, T const& value) {
  auto out = answer_bytes(kind);
  put_message(out, value);
  return out;
}

inline bytes refusal_bytes(error const& e) {
  return answer_bytes(remote::answer::refused,
                      remote::refusal{static_cast<std::uint8_t>(e.code), e.compares, e.expected, e.actual,
                                      std::string(e.what), std::string(e.advice), std::string(e.where.view())});
}
inline error refusal_from(bytes_view body) {
  auto const told = take_message<remote::refusal>(body);
  if (!told) return told.error();
  error e(static_cast<errc>(told->code), interned(told->what), interned(told->advice), std::string_view(told->where));
  return told->compares ? e.with(told->expected, told->actual) : e;
}

}  // namespace ab::detail
