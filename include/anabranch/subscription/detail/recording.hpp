// The part of a commit that takes down, for a hub, what the other operations have written.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/event.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/subscription/detail/hub_core.hpp"

#include <exception>
#include <tuple>
#include <utility>

namespace ab::detail {

// Takes the stored events of `s` in `range` into `b`. Under the store's lock.
template <class Batch, class Stream>
result<void> take_down(Batch& b, Stream& s, place_range<revision> range) {
  using recorded_type = typename Stream::engine_type::recorded_type;
  using any_event = decltype(recorded_type::data);
  auto const events = s.template read<1>(range);
  if (!events) return events.error();
  b.events.reserve(b.events.size() + events->size());
  for (auto const& e : *events) {
    e.data.visit([&](auto const& data) { b.events.push_back(recorded_type(e, any_event(data))); });
  }
  return {};
}

template <class Op>
inline constexpr bool gives_receipt = false;
template <class Stamp, class Position>
inline constexpr bool gives_receipt<receipt<Stamp, Position>> = true;

template <class Op>
consteval bool must_say_what_it_wrote() {
  constexpr bool says = requires(Op const& op) { op.wrote([](auto&, revision, revision) {}); };
  static_assert(says || !gives_receipt<typename Op::outcome_type>,
                "this operation appends but doesn't say what, so a hub can't publish it: give it "
                "`template <class F> void wrote(F&& f) const`, which calls f(stream, first, last)");
  return says;
}

// Writes nothing itself. Comes first in the commit, so that it settles before a truncation takes anything away.
template <class Engine, class... Ops>
class recording {
  using core = hub_core<Engine>;
  using batch = typename core::batch;

 public:
  using outcome_type = void;

  recording(core& c, owner<batch>& b, Ops const&... ops) noexcept : core_(&c), batch_(&b), ops_(ops...) {}

  Engine& engine() const noexcept { return core_->engine(); }
  bool check(refusal& err) const noexcept {
    bool const one = std::apply([this](auto const&... ops) { return (... && (&ops.engine() == &engine())); }, ops_);
    if (!one) err = different_stores();
    return one;
  }
  void settle() noexcept {
    if (!core_->has_subscribers()) return;
    auto& b = **batch_;
    std::apply([&b](auto const&... ops) { (take_down_of(b, ops), ...); }, ops_);
    if (!b.events.empty() || b.is_unread) core_->push(std::move(*batch_));
  }

 private:
  template <class Op>
  static void take_down_of(batch& b, Op const& op) noexcept {
    if constexpr (must_say_what_it_wrote<Op>()) {
      op.wrote([&b](auto& stream, revision first, revision last) {
        if (first <= last) take_down_or_note(b, stream, first, last);
      });
    }
  }
  template <class Stream>
  static void take_down_or_note(batch& b, Stream& s, revision first, revision last) noexcept {
#if defined(__cpp_exceptions)
    try {
      if (auto const ok = take_down(b, s, between(first, last)); !ok) unread(b, s, first, ok.error(), {});
    } catch (...) {
      unread(b, s, first,
             error(errc::thrown, "no memory for the events of a commit, so nobody was told of them",
                   "the events are in the stream: read them", s.key().view()),
             std::current_exception());
    }
#else
    if (auto const ok = take_down(b, s, between(first, last)); !ok) unread(b, s, first, ok.error(), {});
#endif
  }
  template <class Stream>
  static void unread(batch& b, Stream const& s, revision first, error const& why, std::exception_ptr thrown) noexcept {
    b.is_unread = true;
    b.unread = {0, s.key().view(), first, why, std::move(thrown)};
  }

  core* core_;
  owner<batch>* batch_;
  std::tuple<Ops const&...> ops_;
};

}  // namespace ab::detail
