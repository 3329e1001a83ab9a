/// @file
/// `ab::append_once`: an append that a repeat doesn't repeat.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/event.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/kv/operations.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/storage/transaction.hpp"

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

// What an append gave out, whatever the store's order is now or was then.
template <class Stamp>
struct once_mark {
  revision first{}, last{};
  std::int64_t position = 0;
  [[no_unique_address]] Stamp at{};
};

template <class Stamp, class Position>
constexpr once_mark<Stamp> mark_of(receipt<Stamp, Position> const& r) noexcept {
  once_mark<Stamp> m;
  m.first = r.first;
  m.last = r.last;
  m.at = r.at;
  if constexpr (!std::is_empty_v<Position>) m.position = r.position.value;
  return m;
}
template <class Receipt, class Stamp>
constexpr Receipt receipt_of(once_mark<Stamp> const& m) noexcept {
  Receipt r;
  r.first = m.first;
  r.last = m.last;
  r.at = m.at;
  if constexpr (!std::is_empty_v<decltype(r.position)>) r.position.value = m.position;
  return r;
}

}  // namespace detail

namespace detail {

// A key is all that is compared.
struct by_key {
  template <class Stamp>
  using mark = once_mark<Stamp>;

  template <class Receipt>
  constexpr auto mark_for(Receipt const& given) const noexcept {
    return mark_of(given);
  }
  template <class Stamp>
  static constexpr once_mark<Stamp> const& given(once_mark<Stamp> const& m) noexcept {
    return m;
  }
  template <class Mark>
  constexpr bool same(Mark const&, std::string_view, refusal&) const noexcept {
    return true;
  }
  template <class Stream>
  constexpr bool may_append(Stream&, refusal&) const noexcept {
    return true;
  }
};

}  // namespace detail

/// Appends and marks a key, in one step; where the key is marked already, writes nothing and gives what was given then.
/// Made by `ab::write_once` and `ab::write_as`.
template <class Marks, class Write, class Identity = detail::by_key>
class [[nodiscard("an operation does nothing until ab::commit")]] once_operation : public detail::replacing<Marks> {
 public:
  using outcome_type = typename Write::outcome_type;

  constexpr once_operation(result<Marks*> const& marks, result<name> key, Write w, Identity identity = {})
      : detail::replacing<Marks>(marks, std::move(key)), write_(std::move(w)), identity_(std::move(identity)) {}

  constexpr bool check(detail::refusal& err) const {
    return this->usable(err) && write_.check(err) &&
           (this->find() != nullptr || identity_.may_append(write_.target(), err));
  }
  constexpr bool stage(detail::refusal& err) { return stage_each(err, detail::unwatched{}); }
  // Shows every event to `each(event, info)` before it is staged.
  template <class Each>
  constexpr bool stage_each(detail::refusal& err, Each&& each) {
    if (auto const* mark = this->find()) {
      auto const before = this->table().value_of(*mark);
      if (!before) return err = before.error(), false;
      given_ = detail::receipt_of<outcome_type>(Identity::given(*before));
      return identity_.same(*before, this->key(), err);
    }
    detail::undo_guard<Write> undo_write(write_);
    if (!write_.stage_each(err, each)) return false;
    given_ = write_.outcome();
    if (!this->place(identity_.mark_for(given_), err)) return false;
    undo_write.keep();
    wrote_ = true;
    return true;
  }
  constexpr void undo() noexcept {
    detail::replacing<Marks>::undo();
    if (std::exchange(wrote_, false)) write_.undo();
  }
  constexpr outcome_type outcome() const noexcept { return given_; }
  constexpr auto& target() const noexcept { return write_.target(); }
  // Calls `f(stream, first, last)` for what it has written, once it is through: nothing where it is a repeat.
  template <class F>
  constexpr void wrote(F&& f) const {
    if (wrote_) write_.wrote(f);
  }

 private:
  Write write_;
  outcome_type given_{};
  bool wrote_ = false;
  [[no_unique_address]] Identity identity_;
};

/// The operation that appends `events` to `s`, unless that was done before under `key`. Keys belong to the stream.
///
/// @param key any `ab::name`; keys of different streams, and keys with separators, are never taken for each other
/// The outcome is the receipt of the first time. The mark is as durable as the events, and truncation doesn't remove it.
template <class Stream, class... Events>
constexpr auto write_once(stream<Stream> const& s, std::string_view key, Events&&... events) {
  using mark = detail::once_mark<typename Stream::stamp>;
  using marks = typename Stream::engine_type::template table_type<mark>;
  // A table a stream, so that no pair of stream and key can look like another.
  auto const table = name::reserved(text<600>("once/").append(s.name().view()));
  return once_operation<marks, decltype(s.write(std::forward<Events>(events)...))>(
      table ? s.node().engine->template table<mark>(*table) : result<marks*>(table.error()), name::parse(key),
      s.write(std::forward<Events>(events)...));
}

/// Appends `events` to `s` under `key`; a repeat, also after a restart, writes nothing and gives the first receipt. One commit.
template <class Stream, class... Events>
constexpr auto append_once(stream<Stream> const& s, std::string_view key, Events&&... events) {
  return commit(write_once(s, key, std::forward<Events>(events)...));
}

}  // namespace ab
