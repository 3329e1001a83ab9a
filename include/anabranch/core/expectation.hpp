/// @file
/// What a writer expects of a stream before it writes.
#pragma once

#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"

#include <cstdint>
#include <string_view>

namespace ab {

/// Expects nothing.
inline constexpr struct any_t {
  static constexpr bool met(revision, revision) noexcept { return true; }
} any{};

/// Expects that the stream never had an event. Truncation doesn't bring that back.
inline constexpr struct no_stream_t {
  static constexpr bool met(revision last, revision none) noexcept { return last == none; }
  static constexpr error unmet(revision last, revision none, std::string_view stream) noexcept {
    return error(errc::stream_exists, "the stream exists already", "read it, then append with ab::exact", stream)
        .with(none.value, last.value);
  }
} no_stream{};

/// Expects that the stream has had an event.
inline constexpr struct stream_exists_t {
  static constexpr bool met(revision last, revision none) noexcept { return last != none; }
  static constexpr error unmet(revision last, revision none, std::string_view stream) noexcept {
    return error(errc::no_such_stream, "the stream has no event yet", "append its first with ab::no_stream", stream)
        .with(none.value + 1, last.value);
  }
} stream_exists{};

/// Expects that the stream's last revision is `at`. `INT64_MIN` counts as the number after it.
struct exact {
  revision at;

  // The least number is what a stream of another family is at.
  constexpr explicit exact(std::int64_t n) noexcept : at{n == INT64_MIN ? n + 1 : n} {}
  constexpr explicit exact(revision r) noexcept : exact(r.value) {}

  constexpr bool met(revision last, revision) const noexcept { return last == at; }
  constexpr error unmet(revision last, revision, std::string_view stream) const noexcept {
    return error(errc::wrong_revision, "the stream is at another revision",
                 "read what was appended since, decide again, and retry", stream)
        .with(at.value, last.value);
  }
};

/// Any of the four, chosen at run time.
class expectation {
 public:
  constexpr expectation(any_t) noexcept : kind_(kind::nothing) {}
  constexpr expectation(no_stream_t) noexcept : kind_(kind::absent) {}
  constexpr expectation(stream_exists_t) noexcept : kind_(kind::present) {}
  constexpr expectation(exact e) noexcept : kind_(kind::exactly), at_(e.at) {}

  constexpr bool met(revision last, revision none) const noexcept {
    switch (kind_) {
      case kind::absent: return no_stream.met(last, none);
      case kind::present: return stream_exists.met(last, none);
      case kind::exactly: return last == at_;
      case kind::nothing: break;
    }
    return true;
  }
  constexpr error unmet(revision last, revision none, std::string_view stream) const noexcept {
    if (kind_ == kind::absent) return no_stream.unmet(last, none, stream);
    if (kind_ == kind::present) return stream_exists.unmet(last, none, stream);
    return exact(at_).unmet(last, none, stream);
  }

 private:
  enum class kind : std::uint8_t { nothing, absent, present, exactly };
  kind kind_;
  revision at_{};
};

namespace detail {

template <class T>
inline constexpr bool is_expectation = false;
template <>
inline constexpr bool is_expectation<any_t> = true;
template <>
inline constexpr bool is_expectation<no_stream_t> = true;
template <>
inline constexpr bool is_expectation<stream_exists_t> = true;
template <>
inline constexpr bool is_expectation<exact> = true;
template <>
inline constexpr bool is_expectation<expectation> = true;

}  // namespace detail

}  // namespace ab
