/// @file
/// The operations of a commit on streams. Made by handles (`a.expect`, `a.write`, …), run by `ab::commit`.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

// The stamp of a write: the clock's, or what the caller said.
struct by_clock {
  template <class Engine>
  constexpr auto operator()(Engine& e) const noexcept {
    return e.now();
  }
};
template <class Stamp>
struct by_caller {
  Stamp stamp;
  template <class Engine>
  constexpr Stamp operator()(Engine& e) const noexcept {
    e.clock().observe(stamp);
    return stamp;
  }
};

// Nobody looks at the events of a write while they are staged.
struct unwatched {};

// Calls `each(event, info)` for an event that is about to be staged.
template <class Stream, class T, class Each>
ANABRANCH_ALWAYS_INLINE constexpr void show(Stream& s, T const& event, typename Stream::stamp const& at,
                                            typename Stream::meta const& meta, Each& each) {
  if constexpr (!std::is_same_v<std::remove_cvref_t<Each>, unwatched>) {
    typename Stream::info i{s.key(), s.last().next(), at, {}, meta, {}};
    if constexpr (!std::is_empty_v<typename Stream::position_type>) i.position = s.engine->last_position().next();
    if constexpr (std::is_same_v<T, typename Stream::event_family>)
      event.visit([&](auto const& alternative) { each(alternative, std::as_const(i)); });
    else
      each(event, std::as_const(i));
  }
}

}  // namespace detail

/// The time of the events of a write, told by the caller instead of the clock.
template <class Stamp>
struct at {
  Stamp stamp;
  constexpr explicit at(Stamp s) noexcept : stamp(s) {}
};

/// Checks what a stream's last revision is. Writes nothing.
template <class Stream, class Expectation>
class [[nodiscard("an operation does nothing until ab::commit")]] expect_operation {
 public:
  using outcome_type = void;
  static constexpr bool quiet = true;

  constexpr expect_operation(Stream& s, Expectation e) noexcept : stream_(&s), expected_(e) {}

  constexpr auto& engine() const noexcept { return *stream_->engine; }
  ANABRANCH_ALWAYS_INLINE constexpr bool check(detail::refusal& err) const noexcept {
    // A stream of another family meets neither `exact` nor `no_stream` by its numbers; for the others it is asked.
    if constexpr (!asks_for_a_revision) {
      if (!stream_->usable(err)) return false;
    }
    if constexpr (!std::is_same_v<Expectation, any_t>) {
      if (expected_.met(stream_->last(), Stream::none())) [[likely]]
        return true;
      auto const expected = expected_;  // a copy, so that this operation never needs an address
      if (stream_->usable(err)) err = expected.unmet(stream_->last(), Stream::none(), stream_->key());
      return false;
    }
    return true;
  }

 private:
  static constexpr bool asks_for_a_revision =
      std::is_same_v<Expectation, exact> || std::is_same_v<Expectation, no_stream_t>;

  Stream* stream_;
  [[no_unique_address]] Expectation expected_;
};

/// Appends events whose number is known while compiling.
template <class Stream, class When, class... Ts>
class [[nodiscard("an operation does nothing until ab::commit")]] write_operation {
 public:
  using outcome_type = typename Stream::receipt_type;
  static constexpr bool quiet = (std::is_trivially_copyable_v<Ts> && ...);

  template <class... Us>
  constexpr write_operation(Stream& s, When w, typename Stream::meta m, Us&&... events)
      : stream_(&s), when_(w), meta_(std::move(m)), events_(std::forward<Us>(events)...) {}

  constexpr auto& engine() const noexcept { return *stream_->engine; }
  ANABRANCH_ALWAYS_INLINE constexpr bool check(detail::refusal&) const noexcept { return true; }
  ANABRANCH_ALWAYS_INLINE constexpr bool stage(detail::refusal& err) { return stage_each(err, detail::unwatched{}); }
  // Shows every event to `each(event, info)` before it is staged.
  template <class Each>
  ANABRANCH_ALWAYS_INLINE constexpr bool stage_each(detail::refusal& err, Each&& each) {
    receipt_.first = stream_->last().next();
    if (!stream_->prepare(sizeof...(Ts), err)) return false;
    return std::apply([&](Ts&... e) { return (push(std::move(e), err, each) && ...); }, events_) && seal();
  }
  ANABRANCH_ALWAYS_INLINE constexpr void undo() noexcept {
    if (staged_ > 0) stream_->undo(std::exchange(staged_, 0));
  }
  ANABRANCH_ALWAYS_INLINE constexpr outcome_type outcome() const noexcept { return receipt_; }
  // Where it appends to.
  constexpr Stream& target() const noexcept { return *stream_; }
  // Calls `f(stream, first, last)` for what it has written, once it is through.
  template <class F>
  constexpr void wrote(F&& f) const {
    f(*stream_, receipt_.first, receipt_.last);
  }

 private:
  template <class T, class Each>
  ANABRANCH_ALWAYS_INLINE constexpr bool push(T&& event, detail::refusal& err, Each& each) {
    receipt_.at = when_(engine());
    detail::show(*stream_, std::as_const(event), receipt_.at, meta_, each);
    if (!stream_->push(std::forward<T>(event), receipt_.at, meta_, err)) return false;
    ++staged_;
    return true;
  }
  ANABRANCH_ALWAYS_INLINE constexpr bool seal() noexcept {
    receipt_.last = stream_->last();
    receipt_.position = stream_->position_of_last();
    return true;
  }

  Stream* stream_;
  [[no_unique_address]] When when_;
  [[no_unique_address]] typename Stream::meta meta_;
  std::size_t staged_ = 0;
  outcome_type receipt_{};
  std::tuple<Ts...> events_;
};

/// Appends the events of a range, of which there may be any number. An empty range writes nothing.
template <class Stream, class When, class Range>
class [[nodiscard("an operation does nothing until ab::commit")]] write_all_operation {
 public:
  using outcome_type = typename Stream::receipt_type;

  constexpr write_all_operation(Stream& s, When w, typename Stream::meta m, Range const& events) noexcept
      : stream_(&s), when_(w), meta_(std::move(m)), events_(&events) {}

  constexpr auto& engine() const noexcept { return *stream_->engine; }
  constexpr bool check(detail::refusal& err) const noexcept { return stream_->usable(err); }
  constexpr bool stage(detail::refusal& err) { return stage_each(err, detail::unwatched{}); }
  template <class Each>
  constexpr bool stage_each(detail::refusal& err, Each&& each) {
    receipt_.first = stream_->last().next();
    auto const n = static_cast<std::size_t>(events_->size());
    if (n > 0 && !stream_->prepare(n, err)) return false;
    for (auto const& e : *events_) {
      receipt_.at = when_(engine());
      detail::show(*stream_, e, receipt_.at, meta_, each);
      if (!stream_->push(e, receipt_.at, meta_, err)) return false;
      ++staged_;
    }
    receipt_.last = stream_->last();
    receipt_.position = stream_->position_of_last();
    return true;
  }
  constexpr void undo() noexcept {
    if (staged_ > 0) stream_->undo(std::exchange(staged_, 0));
  }
  constexpr outcome_type outcome() const noexcept { return receipt_; }
  // Where it appends to.
  constexpr Stream& target() const noexcept { return *stream_; }
  // Calls `f(stream, first, last)` for what it has written, once it is through.
  template <class F>
  constexpr void wrote(F&& f) const {
    f(*stream_, receipt_.first, receipt_.last);
  }

 private:
  Stream* stream_;
  [[no_unique_address]] When when_;
  [[no_unique_address]] typename Stream::meta meta_;
  std::size_t staged_ = 0;
  outcome_type receipt_{};
  Range const* events_;
};

/// Removes the oldest events of a stream, through a revision. The last revision stays what it is; nothing is renumbered.
template <class Stream>
class [[nodiscard("an operation does nothing until ab::commit")]] truncate_operation {
 public:
  using outcome_type = revision;
  static constexpr bool quiet = true;

  constexpr truncate_operation(Stream& s, revision last_gone) noexcept : stream_(&s), through_(last_gone) {}

  constexpr auto& engine() const noexcept { return *stream_->engine; }
  constexpr bool check(detail::refusal& err) const noexcept { return stream_->check_truncation(err); }
  constexpr bool stage(detail::refusal& err) {
    gone_ = through_ > stream_->last() ? stream_->last() : through_;  // what is written later in this commit stays
    return stream_->stage_truncation(gone_, err);
  }
  constexpr void undo() noexcept {}
  // What is removed can't be put back, so it goes when nothing can fail any more.
  constexpr void settle() noexcept {
    stream_->truncate(gone_);
    left_ = stream_->first();
  }
  constexpr outcome_type outcome() const noexcept { return left_; }

 private:
  Stream* stream_;
  revision through_;
  revision gone_{};
  revision left_{};
};

/// The last revision of a stream as it stands when the operation that uses this is staged: what is written before it in
/// the same commit is counted in. Use it as a value of a table of `ab::revision`.
template <class Stream>
struct revision_reference {
  Stream* stream;
  constexpr revision operator()() const noexcept { return stream->last(); }
};

}  // namespace ab
