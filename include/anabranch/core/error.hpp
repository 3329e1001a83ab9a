/// @file
/// `ab::error`: what went wrong, where, and what to do about it.
#pragma once

#include "anabranch/core/text.hpp"

#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace ab {

/// The kinds of error, for programs that branch on them. The wording of a message may change, a kind may not.
enum class errc : std::uint8_t {
  wrong_revision = 1,  ///< an `exact` expectation was not met: re-read the tail, decide again
  stream_exists,       ///< `no_stream` was expected and there is one
  no_such_stream,      ///< `stream_exists` was expected and there is none
  key_exists,          ///< `put_new` on a key that is there
  value_mismatch,      ///< compare-and-swap found another value
  invalid_name,        ///< a name is empty, too long, not UTF-8, or has control characters
  reserved_name,       ///< a name starts with `$`
  wrong_family,        ///< the stream holds events of another family
  wrong_type,          ///< a table or an event is stored with another type than the program's
  out_of_range,        ///< a revision or position that was never given out
  truncated,           ///< what was asked for has been removed by truncation
  busy,                ///< a commit from inside a fold of the same data
  different_stores,    ///< one commit over two stores
  too_large,           ///< a payload or count over its limit
  malformed,           ///< bytes that are no encoding of the value asked for
  unknown_type,        ///< an event type that the program doesn't declare
  wrong_format,        ///< not a store, or one of another format version or configuration
  corrupt,             ///< damage before data that was written later
  locked,              ///< another writer has the store open
  disk_full,           ///< no space left; nothing of the commit was kept
  io,                  ///< the operating system refused a read or a write
  failed,              ///< an earlier sync failed: reopen the store
  invalid_argument,    ///< an argument outside its documented range
  refused,             ///< the program's own rules refuse a command; the words are the program's
  event_exists,        ///< a commit expected no event that matches a query, and there is one: read on, decide again
  thrown,              ///< a callback threw; the exception is beside the error
  lagging,             ///< a kept state is behind its log: catch it up
  broken_run,          ///< a run of old events that an upcaster makes one is not whole
  other_content,       ///< what was appended under an id has another content
  inside_run,          ///< a revision inside such a run, where only its end can be named
  disconnected,     ///< another process can't be reached any more; a commit that was under way may have happened or not
  unknown_request,  ///< another process was asked for what it doesn't know
  identity_reused,  ///< two lives of a replica under one identity: go on under a new one
  evicted,          ///< the others don't wait for this replica any more: it begins anew, under a new identity
};

/// An error as a value: what happened, where, and what to do. Never allocates; trivially copyable.
struct error {
  errc code{};
  std::string_view what{};    ///< one sentence, of static lifetime
  std::string_view advice{};  ///< what to do, of static lifetime
  text<120> where{};          ///< the stream, key, file and offset, or type that it is about
  std::int64_t expected = 0;  ///< where `compares`: what the caller expected (a revision, a size, a version)
  std::int64_t actual = 0;    ///< where `compares`: what was found instead
  bool compares = false;      ///< whether `expected` and `actual` mean something

  constexpr error() noexcept = default;
  constexpr error(errc c, std::string_view w, std::string_view a, text<120> at = {}) noexcept
      : code(c), what(w), advice(a), where(at) {}

  /// The same error with the two numbers that differ.
  constexpr error with(std::int64_t expected_value, std::int64_t actual_value) const noexcept {
    error e = *this;
    e.expected = expected_value;
    e.actual = actual_value;
    e.compares = true;
    return e;
  }

  /// The same error at another place.
  constexpr error at(text<120> place) const noexcept {
    error e = *this;
    e.where = place;
    return e;
  }

  /// The whole as one line: "where: what (expected 1, actual 2); advice".
  constexpr text<500> message() const noexcept {
    text<500> m;
    if (!where.empty()) m.append(where.view()).append(": ");
    m.append(what);
    if (compares) m.append(" (expected ").append(expected).append(", actual ").append(actual).append(")");
    if (!advice.empty()) m.append("; ").append(advice);
    return m;
  }

  /// Same kind of error; texts and places don't matter.
  friend constexpr bool operator==(error const& e, errc c) noexcept { return e.code == c; }

  /// Writes `message()`.
  template <class Traits>
  friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, error const& e) {
    auto const m = e.message();
    return out.write(m.view().data(), static_cast<std::streamsize>(m.view().size()));
  }
};

}  // namespace ab
