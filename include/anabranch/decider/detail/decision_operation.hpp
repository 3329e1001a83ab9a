// The operation that appends a decision.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/decider/decision.hpp"
#include "anabranch/log/operations.hpp"
#include "anabranch/projection/step.hpp"

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace ab::detail {

// Decision: what was decided, or a reference to it. `Each` is called with each event and where it will be, before it is there.
template <class Stream, class Decision, class Each>
class [[nodiscard("an operation does nothing until ab::commit")]] decision_operation {
  using family = typename Stream::event_family;
  using info = typename Stream::info;

 public:
  using outcome_type = typename Stream::receipt_type;

  constexpr decision_operation(Stream& s, Decision&& d, Each each, typename Stream::meta m = {})
      : stream_(&s), decision_(std::forward<Decision>(d)), each_(std::move(each)), meta_(std::move(m)) {}

  constexpr auto& engine() const noexcept { return *stream_->engine; }
  constexpr bool check(refusal&) const noexcept { return true; }
  constexpr bool stage(refusal& err) { return stage_each(err, unwatched{}); }
  // Shows every event to `also(event, info)`, too, before it is staged.
  template <class Also>
  constexpr bool stage_each(refusal& err, Also&& also) {
    each_.begin();
    receipt_.first = stream_->last().next();
    auto const n = event_count<family>(decision_);
    if (n > 0 && !stream_->prepare(n, err)) return false;
    bool ok = true;
    for_each_event<family>(decision_, [&](auto& e) { ok = ok && push(e, err, also); });
    receipt_.last = stream_->last();
    receipt_.position = stream_->position_of_last();
    return ok;
  }
  constexpr void undo() noexcept {
    if (staged_ > 0) stream_->undo(std::exchange(staged_, 0));
  }
  constexpr outcome_type outcome() const noexcept { return receipt_; }
  constexpr Stream& target() const noexcept { return *stream_; }
  // Calls `f(stream, first, last)` for what it has written, once it is through.
  template <class F>
  constexpr void wrote(F&& f) const {
    f(*stream_, receipt_.first, receipt_.last);
  }

 private:
  template <class T, class Also>
  constexpr bool push(T& event, refusal& err, Also& also) {
    receipt_.at = engine().now();
    info i{stream_->key(), stream_->last().next(), receipt_.at, {}, meta_, {}};
    if constexpr (!std::is_empty_v<typename Stream::position_type>) i.position = engine().last_position().next();
    each_(std::as_const(event), i);
    show(*stream_, std::as_const(event), receipt_.at, meta_, also);
    if (!stream_->push(std::move(event), receipt_.at, meta_, err)) return false;
    ++staged_;
    return true;
  }

  Stream* stream_;
  Decision decision_;
  [[no_unique_address]] Each each_;
  [[no_unique_address]] typename Stream::meta meta_;
  std::size_t staged_ = 0;
  outcome_type receipt_{};
};

// What a storage that may stage a commit again needs to begin from the same state, and whoever decides again after it was refused.
template <class Now, bool Again>
struct state_before {
  constexpr void begin(Now&) const noexcept {}
  constexpr void back(Now&) const noexcept {}
};
template <class Now>
struct state_before<Now, true> {
  std::optional<Now> kept{};
  constexpr void begin(Now& now) {
    if (kept)
      now = *kept;
    else
      kept.emplace(now);
  }
  constexpr void back(Now& now) {
    if (kept) now = *std::move(kept);
  }
};

template <class Engine>
inline constexpr bool stages_again = [] {
  if constexpr (requires { Engine::stages_again; }) return Engine::stages_again;
  return false;
}();

// Takes each event into a state, so that it is the state after the commit as soon as that is staged.
template <class Now, class Engine>
struct evolve {
  Now* now;
  state_before<Now, stages_again<Engine>>* before;

  constexpr void begin() { before->begin(*now); }
  template <class T, class Info>
  constexpr void operator()(T const& event, Info const& i) const {
    step_one(now->state, event, i);
    now->through = i.revision;
  }
};

// Nobody asks for the state.
template <class P>
struct leave {
  constexpr void begin() const noexcept {}
  template <class T, class Info>
  constexpr void operator()(T const&, Info const&) const noexcept {
    projection_must_handle_event<P, T, Info>();
  }
};

}  // namespace ab::detail
