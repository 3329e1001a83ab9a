/// @file
/// `ab::view`: a name, a stream and a projection, and the state that they make.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/policies/concurrency.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/snapshot/snapshot.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/subscription/detail/owner.hpp"
#include "anabranch/subscription/held.hpp"
#include "anabranch/subscription/hub.hpp"

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

// Locks: the store's, then `gate_`.
template <class P, class Stream>
class view_state final : public counted {
  using gate_type = gate<typename Stream::engine_type::schema::concurrency>;
  using hold = typename gate_type::hold;
  using kept = owner<counted_value<folded<P>>>;

 public:
  view_state(std::string_view n, stream<Stream> const& s)
      : name_(n), stream_(s), seed_(new counted_value(folded<P>{P{}, Stream::none()})), state_(seed_) {}

  std::string_view name() const noexcept { return name_; }
  stream<Stream> const& of() const noexcept { return stream_; }
  held<folded<P>> peek() const {
    hold const lock(gate_);
    return held<folded<P>>(state_);
  }
  result<folded<P>> value() {
    auto const store = stream_.node().engine->guard();
    hold const lock(gate_);
    if (auto const ok = catch_up(); !ok) return ok.error();
    return state_->value;
  }
  result<void> follow() {
    auto const store = stream_.node().engine->guard();
    hold const lock(gate_);
    return catch_up();
  }
  // An event that was published: the next one is taken as it is, a later one means that others were not published.
  template <class T, class Info>
  result<void> follow(T const& event, Info const& info) {
    auto const store = stream_.node().engine->guard();
    hold const lock(gate_);
    if (info.revision <= state_->value.through) return {};
    if (!known_ || info.revision != state_->value.through.next()) return catch_up();
    return change([&](folded<P>& now) -> result<void> {
      step_one(now.state, event, info);
      now.through = info.revision;
      return {};
    });
  }

 private:
  result<void> catch_up() {
    refusal err;
    if (!stream_.node().usable(err)) return err;
    if (known_ && state_->value.through == stream_.node().last()) return {};
    if (!known_) return begin();
    auto const ok = change([&](folded<P>& now) -> result<void> {
      auto const through = stream_.node().fold(after(now.through), now.state);
      if (!through) return through.error();
      if (*through > now.through) now.through = *through;
      return {};
    });
    if (!ok && ok.error() == errc::truncated) return begin();  // compacted meanwhile: there may be a snapshot
    return ok;
  }
  result<void> begin() {
    auto all = load<P>(stream_);
    if (!all) return all.error();
    state_ = kept(new counted_value(*std::move(all)));
    known_ = true;
    return {};
  }

  // A step that throws half-way, or a log that can't be read on, leaves a state of which nothing is known.
  struct forget_unless_done {
    view_state& v;
    kept before;
    bool done = false;
    explicit forget_unless_done(view_state& view) : v(view) {}
    forget_unless_done(forget_unless_done const&) = delete;
    forget_unless_done& operator=(forget_unless_done const&) = delete;
    ~forget_unless_done() {
      if (done) return;
      v.known_ = false;
      v.state_ = std::move(before);
    }
  };
  // In place where nobody else looks at the state, otherwise on a copy.
  template <class F>
  result<void> change(F f) {
    forget_unless_done guard(*this);
    if (state_.is_alone()) {
      guard.before = seed_;
    } else {
      guard.before = state_;
      state_ = kept(new counted_value(folded<P>(state_->value)));
    }
    auto const ok = f(state_->value);
    guard.done = ok.has_value();
    return ok;
  }

  std::string name_;
  stream<Stream> stream_;
  kept seed_, state_;
  bool known_ = false;  // whether `state_` is what the stream's first events make
  [[no_unique_address]] gate_type gate_{};
};

}  // namespace detail

/// The state that a projection makes of a stream, always at hand. Made by `ab::view<P>(stream)`.
///
/// Copies share the state. Lives no longer than the store. Threads: under `ab::locked` any number, all members.
template <class P, class Stream>
class projected_view {
  static_assert(std::copy_constructible<P>, "ab::view: states are handed out as copies, so P needs a copy constructor");

 public:
  using projection_type = P;

  projected_view(std::string_view name, stream<Stream> const& s) : state_(new detail::view_state<P, Stream>(name, s)) {}

  std::string_view name() const noexcept { return state_->name(); }
  /// The stream that it is of.
  ab::stream<Stream> const& of() const noexcept { return state_->of(); }

  /// The state with every event that is committed, whoever committed it. Never stale.
  /// @return the errors of reading the stream. A step that throws passes through; the next call folds anew.
  /// Begins from the stream's snapshot where there is one. O(new events), and a copy of the state.
  result<folded<P>> value() const { return state_->value(); }
  /// The same without the copy: what `peek` gives is then up to date.
  result<void> follow() const { return state_->follow(); }
  /// The state as it was last asked for or, where the view is attached, published: it may lag behind, and says through
  /// which revision it is. It stays as it is for as long as it is held. O(1), reads nothing; waits for
  /// a `value` or `follow` of the same view that is under way.
  held<folded<P>> peek() const { return state_->peek(); }

  /// Lets the view follow each commit that `hub` publishes to its stream, and to no other, as long as the handle lives.
  /// A step that fails is the subscriber's failure.
  template <class Hub>
  result<subscription> attach(Hub& hub) const {
    return hub.subscribe(state_->of(),
                         [state = state_](auto const& event, auto const& info) { return state->follow(event, info); });
  }

 private:
  detail::owner<detail::view_state<P, Stream>> state_;
};

/// A view of the projection `P` over a stream, under the projection's name.
template <projection P, class Stream>
projected_view<P, Stream> view(stream<Stream> const& s) {
  detail::projection_must_begin<P>();
  return {definition_of<P>.name, s};
}
/// The same under a name of its own.
template <projection P, class Stream>
projected_view<P, Stream> view(name const& name, stream<Stream> const& s) {
  detail::projection_must_begin<P>();
  return {name, s};
}

}  // namespace ab
