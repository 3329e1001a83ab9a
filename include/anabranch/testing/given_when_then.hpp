/// @file
/// `ab::testing::given`: given these events, when this command comes, then these events follow.
#pragma once

#include "anabranch/clock/timestamp.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/decider/concepts.hpp"
#include "anabranch/decider/decision.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/testing/detail/decisions.hpp"
#include "anabranch/testing/show.hpp"
#include "anabranch/testing/verdict.hpp"

#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab::testing {

/// What happened after `given(…).when(command)`.
/// @tparam Decision what the decider's `decide` returned
template <class D, class Decision>
class outcome {
  using state = typename D::state;
  static constexpr bool may_refuse = ab::detail::is_result<Decision>;

 public:
  constexpr outcome(Decision decision, verdict::account_type const& story)
      : decision_(std::move(decision)), account_(story) {}

  /// Whether these events follow, no others, in this order.
  template <class... Events>
  constexpr verdict then(Events const&... events) const {
    std::tuple<Events const&...> const expected(events...);
    auto account = account_;
    detail::show_events<state>(expected, account.append("\nexpected "));
    if (refused()) return {false, happened(account)};
    auto const difference = detail::first_difference(expected, decision());
    if (difference == 0) return {true, happened(account)};
    return {false, happened(account).append("\ndiffers  at event ").append(static_cast<std::int64_t>(difference))};
  }

  /// Whether nothing follows, and nothing is refused.
  constexpr verdict then_nothing() const { return then(); }

  /// Whether the command is refused, with this kind of error.
  constexpr verdict then_refused(errc code = errc::refused) const {
    auto account = account_;
    account.append("\nexpected to be refused");
    if (code != errc::refused) account.append(" with errc ").append(static_cast<std::int64_t>(code));
    return {refused() && error() == code, happened(account)};
  }
  /// Whether the command is refused with this error: the same kind and the same words.
  constexpr verdict then_refused(ab::error const& with) const {
    auto account = account_;
    account.append("\nexpected refused: ").append(with.message());
    return {refused() && error().code == with.code && error().what == with.what, happened(account)};
  }

 private:
  constexpr bool refused() const noexcept {
    if constexpr (may_refuse)
      return !decision_;
    else
      return false;
  }
  constexpr ab::error const& error() const noexcept
    requires may_refuse
  {
    return decision_.error();
  }
  constexpr ab::error error() const noexcept
    requires(!may_refuse)
  {
    return {};
  }
  constexpr auto const& decision() const noexcept {
    if constexpr (may_refuse)
      return *decision_;
    else
      return decision_;
  }
  constexpr verdict::account_type& happened(verdict::account_type& account) const {
    account.append("\nhappened ");
    if (refused())
      account.append("refused: ").append(error().message());
    else
      detail::show_events<state>(decision(), account);
    return account;
  }

  Decision decision_;
  verdict::account_type account_;
};

/// A decider and the state that the given events make.
template <class D>
class situation {
 public:
  template <class... Events>
  constexpr explicit situation(D decider, Events const&... events) : decider_(std::move(decider)) {
    std::tuple<Events const&...> const all(events...);
    detail::show_events<typename D::state>(all, account_.append("given    "));
    revision r{};
    for_each_event<detail::no_family>(all, [&](auto const& e) {
      r = r.next();
      ab::detail::step_one(state_, e, detail::info{"given", r, timestamp{r.value}, position{r.value}});
    });
  }

  /// Lets the decider decide on `command`.
  template <class Command>
  constexpr auto when(Command const& command) const {
    if constexpr (ab::detail::must_decide<D, Command>()) {
      using decision = std::remove_cvref_t<decltype(decider_.decide(command, state_))>;
      auto account = account_;
      show(command, account.append("\nwhen     "));
      return outcome<D, decision>(decider_.decide(command, state_), account);
    }
  }

 private:
  D decider_;
  typename D::state state_{};
  verdict::account_type account_{};
};

/// Begins a test of a decider, without a store: `given<teller>(deposited{500}).when(withdraw{200}).then(withdrawn{200})`.
///
/// Gives a `verdict` in the end, also in a constant expression. Events may also come as ranges or as `ab::one_of`. Steps that
/// ask for the event's information see the stream "given", revisions and positions from 1, and as many nanoseconds as time.
template <class D, class... Events>
constexpr auto given(Events const&... events) {
  if constexpr (ab::detail::must_be_decider<D>()) return situation<D>(D{}, events...);
}
/// The same for a decider that holds something: `given(teller{.overdraft = 100}, deposited{500})`.
template <decider D, class... Events>
constexpr auto given(D const& decider, Events const&... events) {
  return situation<D>(decider, events...);
}

}  // namespace ab::testing
