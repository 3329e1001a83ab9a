/// @file
/// `ab::retry_append`: decide on a state, append, and decide again where somebody else was faster.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/decider/also.hpp"
#include "anabranch/decider/concepts.hpp"
#include "anabranch/decider/decision.hpp"
#include "anabranch/decider/detail/decision_operation.hpp"
#include "anabranch/decider/detail/options.hpp"
#include "anabranch/decider/detail/snapshot_operation.hpp"
#include "anabranch/decider/handled.hpp"
#include "anabranch/decider/retry.hpp"
#include "anabranch/decider/snapshots.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/snapshot/snapshot.hpp"

#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

struct nothing_else {
  template <class Decision>
  constexpr std::tuple<> operator()(Decision const&) const noexcept {
    return {};
  }
};

template <class T>
constexpr auto as_tuple(T&& operations) {
  if constexpr (is_tuple<std::remove_cvref_t<T>>)
    return std::forward<T>(operations);
  else
    return std::tuple<std::remove_cvref_t<T>>(std::forward<T>(operations));
}

// Of the first operation that writes, of which there may be others.
template <class Receipt, class... Others>
constexpr Receipt const& first_outcome(std::tuple<Receipt, Others...> const& all) noexcept {
  return std::get<0>(all);
}
template <class Receipt>
constexpr Receipt const& first_outcome(Receipt const& alone) noexcept {
  return alone;
}

// One attempt. `now` goes along with what is staged.
template <class Stream, class P, class Decision, class Also, class Snapshots>
constexpr auto append_decision(stream<Stream>& s, folded<P>& now, Decision& decision, Also& also,
                               Snapshots const& snapshots, typename Stream::meta const& meta)
    -> result<typename Stream::receipt_type> {
  auto more = also(std::as_const(decision));
  if constexpr (is_result<decltype(more)>) {
    if (!more) return more.error();
  }
  auto const commit_with = [&](auto&&... operations) -> result<typename Stream::receipt_type> {
    auto const unchanged = s.expect(exact(now.through));
    using evolving = evolve<folded<P>, typename Stream::engine_type>;
    state_before<folded<P>, stages_again<typename Stream::engine_type>> before;
    decision_operation<Stream, Decision&, evolving> append(s.node(), decision, {&now, &before}, meta);
    auto const done = [&] {
      if constexpr (Snapshots::writes)
        return commit(unchanged, append, std::move(operations)..., snapshot_operation<Stream, P>(s, now, snapshots));
      else
        return commit(unchanged, append, std::move(operations)...);
    }();
    if (!done) return before.back(now), done.error();
    return first_outcome(*done);
  };
  if constexpr (is_result<decltype(more)>)
    return std::apply(commit_with, as_tuple(*std::move(more)));
  else
    return std::apply(commit_with, as_tuple(std::move(more)));
}

// Where the tail is gone, somebody compacted the stream meanwhile: only a snapshot leads on.
template <class Snapshots, class Stream, class P>
constexpr result<folded<P>> catch_up(stream<Stream>& s, folded<P> now) {
  auto fresh = s.resume(std::move(now));
  if constexpr (Snapshots::loads) {
    if (!fresh && fresh.error() == errc::truncated) return load<P>(s);
  }
  return fresh;
}

// About this stream, where the decision named no place.
template <class Stream>
constexpr error said_at(error const& e, stream<Stream> const& s) noexcept {
  return e.where.empty() ? e.at(s.name().view()) : e;
}

template <class Stream, class Option>
consteval void metadata_must_fit() {
  if constexpr (is_with<Option>) (void)metadata_must_be_of_store<typename Stream::meta, decltype(Option::meta)>();
}

template <class Stream, class P, class Decide, class... Options>
constexpr auto decide_and_append(stream<Stream>& s, result<folded<P>> now, Decide& decide, Options&... options)
    -> result<handled<P, typename Stream::receipt_type>> {
  (metadata_must_fit<Stream, Options>(), ...);
  retry<> eight_times;
  nothing_else nothing;
  no_snapshots none;
  auto& tries = option_or<retry_option>(eight_times, options...);
  auto& also = option_or<also_option>(nothing, options...);
  auto& snapshots = option_or<snapshot_option>(none, options...);
  with<typename Stream::meta> no_more{{}};
  auto& with_events = option_or<meta_option>(no_more, options...);
  for (int attempt = 1; now; ++attempt) {
    auto decided = decide(std::as_const(now->state));
    auto const before = now->through;
    auto const done = [&] {
      if constexpr (!is_result<decltype(decided)>)
        return append_decision(s, *now, decided, also, snapshots, with_events.meta);
      else if (decided)
        return append_decision(s, *now, *decided, also, snapshots, with_events.meta);
      else
        return result<typename Stream::receipt_type>(said_at(decided.error(), s));
    }();
    if (done) return handled<P, typename Stream::receipt_type>{*std::move(now), *done, attempt};
    bool const conflict = done.error() == errc::wrong_revision || done.error() == errc::value_mismatch;
    if (!conflict || now->through != before || !tries.again(attempt)) return done.error();
    now = detail::catch_up<std::remove_cvref_t<decltype(snapshots)>>(s, *std::move(now));
  }
  return now.error();
}

}  // namespace detail

/// Reads what was appended since `known`, calls `decide(state)`, and appends what it gives if nobody else appended meanwhile;
/// otherwise reads only what they appended, and decides again.
///
/// For those who keep states, or decide without an `ab::decider`: `known = r->state` afterwards saves the next call the
/// reading. `decide` gives a decision as an `ab::decider`'s does. Options as for `ab::handle`.
/// @param known a state of this stream, of any age; `ab::folded<P>{P{}, …}` as `stream::project` gives it
/// @return as `ab::handle`
template <projection P, class Stream, class Decide, class... Options>
constexpr auto retry_append(stream<Stream> s, folded<P> known, Decide decide, Options... options) {
  static_assert(std::is_invocable_v<Decide&, P const&>,
                "ab::retry_append: its third argument is called with the state");
  if constexpr (std::is_invocable_v<Decide&, P const&>) {
    using decision = std::invoke_result_t<Decide&, P const&>;
    if constexpr (detail::decision_must_be_said<decision>() && detail::must_be_options<Options...>()) {
      using snapshots = std::remove_cvref_t<decltype(detail::option_or<detail::snapshot_option>(
          std::declval<detail::no_snapshots&>(), std::declval<Options&>()...))>;
      return detail::decide_and_append(s, detail::catch_up<snapshots>(s, std::move(known)), decide, options...);
    }
  }
}

}  // namespace ab
