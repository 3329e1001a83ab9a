// The operation that appends a decision, and takes each event into the state as it gets its place.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/decider/decision.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/projection/step.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::detail {

// Decision and state belong to the caller. Staged or not is told by the state's revision.
template <class Stream, class P, class Decision>
class [[nodiscard("an operation does nothing until ab::commit")]] evolve_operation {
  using family = typename Stream::event_family;
  using info = typename Stream::info;

 public:
  using outcome_type = typename Stream::receipt_type;

  constexpr evolve_operation(Stream& s, folded<P>& now, Decision& d, outcome_type& r) noexcept
      : stream_(&s), now_(&now), decision_(&d), receipt_(&r) {}

  constexpr auto& engine() const noexcept { return *stream_->engine; }
  constexpr bool check(refusal&) const noexcept { return true; }
  constexpr bool stage(refusal& err) {
    receipt_->first = stream_->last().next();
    auto const n = event_count<family>(*decision_);
    if (n > 0 && !stream_->prepare(n, err)) return false;
    bool ok = true;
    for_each_event<family>(*decision_, [&](auto& e) { ok = ok && take(e, err); });
    receipt_->last = stream_->last();
    receipt_->position = stream_->position_of_last();
    return ok;
  }
  constexpr void undo() noexcept {
    if (staged_ > 0) stream_->undo(staged_);
  }
  constexpr outcome_type outcome() const noexcept { return *receipt_; }

 private:
  template <class T>
  constexpr bool take(T& event, refusal& err) {
    receipt_->at = engine().now();
    info i{stream_->key(), stream_->last().next(), receipt_->at, {}};
    if constexpr (!std::is_empty_v<typename Stream::position_type>) i.position = engine().last_position().next();
    step_one(now_->state, std::as_const(event), i);  // first, since the push may move it away
    if (!stream_->push(std::move(event), receipt_->at, err)) return false;
    ++staged_;
    now_->through = i.revision;
    return true;
  }

  Stream* stream_;
  folded<P>* now_;
  Decision* decision_;
  outcome_type* receipt_;
  std::size_t staged_ = 0;
};

}  // namespace ab::detail
