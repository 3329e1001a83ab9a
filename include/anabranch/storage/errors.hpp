/// @file
/// The errors that every storage gives in the same words.
#pragma once

#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"

#include <string_view>

namespace ab::detail {

constexpr error wrong_family(std::string_view stream) noexcept {
  return {errc::wrong_family, "the name is taken by a stream of another family",
          "names are unique in a store, from the first handle on: choose another name, or the other family", stream};
}

constexpr error write_inside_fold(std::string_view stream) noexcept {
  return {errc::busy, "a commit from inside a fold of what it writes to",
          "collect what to write, and commit after the fold", stream};
}

constexpr error commit_inside_callback() noexcept {
  return {errc::busy, "a commit from inside a callback of the same store",
          "collect what to write, and commit afterwards"};
}

constexpr error read_of_staged(std::string_view stream = {}) noexcept {
  return {errc::busy, "a read from inside a commit whose events are not in the log yet", "read before the commit",
          stream};
}

constexpr error truncated_revision(std::string_view stream, revision asked, revision first) noexcept {
  return error(errc::truncated, "the event has been truncated",
               "start from a snapshot, or read ab::stored for what is left", stream)
      .with(asked.value, first.value);
}

constexpr error truncated_position(position asked, position gone) noexcept {
  return error(errc::truncated, "events from that position on have been truncated",
               "start after them, or read ab::stored for what is left")
      .with(asked.value, gone.value + 1);
}

constexpr error wrong_table(std::string_view table) noexcept {
  return {errc::wrong_type, "the name is taken by a table of another type",
          "names are unique in a store, from the first handle on: choose another name, or the other type", table};
}

// A name as it is stored, the library's own included.
constexpr result<name> recalled_name(std::string_view s) {
  if (!s.empty() && s.front() == '$') return name::reserved(s.substr(1));
  return name::parse(s);
}

constexpr error different_stores() noexcept {
  return {errc::different_stores, "one commit names two stores", "commit to each store by itself"};
}

}  // namespace ab::detail
