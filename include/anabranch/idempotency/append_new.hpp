/// @file
/// `ab::append_new`, `ab::append_as`: an event that is there already is not appended again.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/hash/content_id.hpp"
#include "anabranch/hash/sha256.hpp"
#include "anabranch/idempotency/append_once.hpp"
#include "anabranch/log/stream.hpp"

#include <string_view>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class Digest, class Stamp>
struct content_mark {
  once_mark<Stamp> given{};
  Digest content{};
};

// What was appended under the id must be the same. The expectation is only asked where something would be written, so that
// what is there already never conflicts.
template <class Digest, class Expectation>
struct by_content {
  template <class Stamp>
  using mark = content_mark<Digest, Stamp>;

  Digest content;
  [[no_unique_address]] Expectation expected;

  template <class Receipt>
  constexpr auto mark_for(Receipt const& receipt) const noexcept {
    return content_mark<Digest, std::remove_cvref_t<decltype(receipt.at)>>{mark_of(receipt), content};
  }
  template <class Mark>
  static constexpr auto const& given(Mark const& m) noexcept {
    return m.given;
  }
  template <class Mark>
  constexpr bool same(Mark const& m, std::string_view id, refusal& err) const noexcept {
    if (m.content == content) return true;
    err = error(errc::other_content, "an event of this id was appended with another content",
                "give what differs an id of its own", id);
    return false;
  }
  template <class Stream>
  constexpr bool may_append(Stream& s, refusal& err) const noexcept {
    if constexpr (std::is_same_v<Expectation, any_t>) {
      return true;
    } else {
      if (expected.met(s.last(), Stream::none())) return true;
      err = expected.unmet(s.last(), Stream::none(), s.key());
      return false;
    }
  }
};

template <class Hash, class Stream, class Expectation, class Event>
constexpr auto write_identified(stream<Stream> const& s, std::string_view id, typename Hash::digest const& content,
                                Expectation expected, Event&& event) {
  using identity = by_content<typename Hash::digest, Expectation>;
  using mark = typename identity::template mark<typename Stream::stamp>;
  using marks = typename Stream::engine_type::template table_type<mark>;
  using write = decltype(s.write(std::forward<Event>(event)));
  auto const table = name::reserved(text<600>("content/").append(s.name().view()));
  return once_operation<marks, write, identity>(
      table ? s.node().engine->template table<mark>(*table) : result<marks*>(table.error()), name::parse(id),
      s.write(std::forward<Event>(event)), identity{content, expected});
}

}  // namespace detail

/// The operation that appends `event` under an id that somebody else gave it, such as the replica that it comes from, unless
/// that was done before. The outcome is the receipt of the first time.
///
/// @param id any `ab::name`, of the stream
/// @param expected what the stream has to be at for the event to be appended; not asked where it is there already
/// Refused with `other_content` where an event of that id has another content.
template <class Hash = sha256, class Stream, class Event, class Expectation = any_t>
constexpr auto write_as(stream<Stream> const& s, std::string_view id, Event&& event, Expectation expected = {}) {
  static_assert(detail::is_expectation<Expectation>,
                "write_as: its last argument is an expectation, as in ab::exact(2)");
  return detail::write_identified<Hash>(s, id, content_id<Hash>(event), expected, std::forward<Event>(event));
}

/// Appends `event` under an id, once: a repeat with the same content, also after a restart, writes nothing and gives the first
/// receipt, whatever the stream is at by now.
/// @return as `write_as` says; `other_content`, and what `append` returns
template <class Hash = sha256, class Stream, class Event, class Expectation = any_t>
constexpr auto append_as(stream<Stream> const& s, std::string_view id, Event&& event, Expectation expected = {}) {
  return commit(write_as<Hash>(s, id, std::forward<Event>(event), expected));
}

/// The operation that appends `event` to `s`, unless an equal one was appended so before: its id is its content, of which
/// `ab::content_id` says what belongs to it.
/// @tparam Hash a hash policy
template <class Hash = sha256, class Stream, class Event, class Expectation = any_t>
constexpr auto write_new(stream<Stream> const& s, Event&& event, Expectation expected = {}) {
  static_assert(detail::is_expectation<Expectation>,
                "write_new: its last argument is an expectation, as in ab::exact(2)");
  auto const content = content_id<Hash>(event);
  return detail::write_identified<Hash>(s, content.hex(), content, expected, std::forward<Event>(event));
}

/// Appends `event` unless an equal one was appended so before, also before a restart: then nothing is written or published,
/// no expectation is in the way, and the first receipt is given. One commit; O(size of the event).
template <class Hash = sha256, class Stream, class Event, class Expectation = any_t>
constexpr auto append_new(stream<Stream> const& s, Event&& event, Expectation expected = {}) {
  return commit(write_new<Hash>(s, std::forward<Event>(event), expected));
}

}  // namespace ab
