/// @file
/// `ab::inlined`: an append that takes its projections along.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/inline_projection/load.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/storage/transaction.hpp"

#include <optional>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class Write>
concept shows_events = requires(Write& w, refusal& err) {
  w.target();
  w.stage_each(err, unwatched{});
};

template <class Write>
consteval bool must_show_events() {
  static_assert(shows_events<Write>,
                "ab::inlined takes an operation that appends to a stream: a.write(event), a.write_all(range), "
                "ab::write_once(a, key, event)");
  return shows_events<Write>;
}

// Also of those events of the family that this write has none of: the next one may.
template <class P, class Info, class... Ts>
consteval void projection_must_handle_family(one_of<Ts...> const*) {
  projection_must_begin<P>();
  (projection_must_handle_event<P, Ts, Info>(), ...);
}

// One projection's state on its way from what is kept to what will be.
template <class P, class Stream>
class inlined_state {
  using states_type = decltype(inlined_states<P>(std::declval<Stream&>()));
  using put_type = decltype(std::declval<states_type const&>().write(std::string_view{}, std::declval<folded<P>>()));

 public:
  constexpr explicit inlined_state(Stream& s) : states_(inlined_states<P>(s)) {}

  constexpr bool check(Stream const& s, refusal& err) const {
    auto const known = states_.contains(s.key());
    if (!known) err = known.error();
    return known.has_value();
  }
  // What is kept before the write; a state that isn't whole is no error before there is an event to take.
  constexpr bool begin(Stream const& s, refusal& err) {
    auto kept = states_.get(s.key());
    if (!kept) return err = kept.error(), false;
    now_ = *std::move(kept);
    return is_whole<P>(now_, s, err);
  }
  template <class T, class Info>
  constexpr void take(T const& event, Info const& info) {
    step_one(now_->state, event, info);
    now_->through = info.revision;
  }
  constexpr bool stage(Stream const& s, refusal& err) {
    put_.emplace(states_.write(s.key(), *std::move(now_)));
    return put_->check(err) && put_->stage(err);
  }
  constexpr void undo() noexcept {
    if (put_) put_->undo();
  }

 private:
  states_type states_;
  std::optional<folded<P>> now_{};
  std::optional<put_type> put_{};
};

}  // namespace detail

/// Appends, and takes the events into the kept states of the projections `Ps`, in one commit. Made by `ab::inlined`.
template <class Write, class... Ps>
class [[nodiscard("an operation does nothing until ab::commit")]] inlined_operation {
  using stream_type = std::remove_cvref_t<decltype(std::declval<Write const&>().target())>;

 public:
  using outcome_type = typename Write::outcome_type;

  constexpr explicit inlined_operation(Write w)
      : write_(std::move(w)), states_(detail::inlined_state<Ps, stream_type>(write_.target())...) {}

  constexpr auto& engine() const noexcept { return write_.engine(); }
  constexpr bool names_engine() const noexcept { return detail::names_engine(write_); }
  constexpr bool check(detail::refusal& err) const {
    return write_.check(err) && each([&](auto const& s) { return s.check(write_.target(), err); });
  }
  constexpr bool stage(detail::refusal& err) {
    auto& stream = write_.target();
    detail::refusal not_whole;
    bool const whole = each([&](auto& s) { return s.begin(stream, not_whole); });
    bool wrote = false;
    auto const take = [&](auto const& event, auto const& info) {
      wrote = true;
      if (whole) each([&](auto& s) { return s.take(event, info), true; });
    };
    if (!write_.stage_each(err, take)) return false;
    if (!wrote) return true;
    if (!whole) return err = not_whole.said(), false;
    return each([&](auto& s) { return s.stage(stream, err); });
  }
  constexpr void undo() noexcept {
    undo_from<sizeof...(Ps)>();
    write_.undo();
  }
  constexpr void settle() noexcept { detail::settle(write_); }
  constexpr outcome_type outcome() { return write_.outcome(); }
  // Calls `f(stream, first, last)` for what it has written, once it is through.
  template <class F>
  constexpr void wrote(F&& f) const {
    write_.wrote(f);
  }

 private:
  template <class F>
  constexpr bool each(F f) {
    return std::apply([&](auto&... s) { return (f(s) && ...); }, states_);
  }
  template <class F>
  constexpr bool each(F f) const {
    return std::apply([&](auto const&... s) { return (f(s) && ...); }, states_);
  }
  // The newest first.
  template <std::size_t N>
  constexpr void undo_from() noexcept {
    if constexpr (N > 0) {
      std::get<N - 1>(states_).undo();
      undo_from<N - 1>();
    }
  }

  Write write_;
  std::tuple<detail::inlined_state<Ps, stream_type>...> states_;
};

/// The operation that appends as `write` does, and keeps the states of the projections `Ps` with the new events in them:
/// `ab::commit(ab::inlined<balance>(a.write(deposited{500})))`. Events and states become visible and durable together, or
/// not at all, also where a projection throws.
///
/// The outcome is that of `write`; `lagging` where events were appended to the stream without it. Every event of the
/// stream's family needs a step, or the projection `apply(ab::others)`. O(write + states): each state is read and put.
template <projection P, projection... Ps, class Write>
constexpr auto inlined(Write write) {
  if constexpr (detail::must_show_events<Write>()) {
    using stream_type = std::remove_cvref_t<decltype(write.target())>;
    constexpr typename stream_type::event_family const* family = nullptr;
    (detail::projection_must_handle_family<P, typename stream_type::info>(family), ...,
     detail::projection_must_handle_family<Ps, typename stream_type::info>(family));
    return inlined_operation<Write, P, Ps...>(std::move(write));
  }
}

}  // namespace ab
