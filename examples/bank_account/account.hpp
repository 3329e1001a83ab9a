// An account: what can happen to it, what can be asked of it, and the rules that lead from the one to the other.
#pragma once

#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

#include <cstdint>
#include <optional>
#include <tuple>

// --- what happened -------------------------------------------------------------------------------------------------

struct opened {
  friend bool operator==(opened const&, opened const&) = default;
};
struct deposited {
  std::int64_t cents = 0;
  friend bool operator==(deposited const&, deposited const&) = default;
};
struct withdrawn {
  std::int64_t cents = 0;
  friend bool operator==(withdrawn const&, withdrawn const&) = default;
};
struct closed {
  friend bool operator==(closed const&, closed const&) = default;
};
using account_event = ab::one_of<opened, deposited, withdrawn, closed>;

// --- what follows from it ------------------------------------------------------------------------------------------

struct account {
  bool is_open = false;
  std::int64_t cents = 0;

  constexpr void apply(opened const&) { is_open = true; }
  constexpr void apply(deposited const& e) { cents += e.cents; }
  constexpr void apply(withdrawn const& e) { cents -= e.cents; }
  constexpr void apply(closed const&) { is_open = false; }
};

// --- what can be asked ---------------------------------------------------------------------------------------------

struct open_account {};
struct deposit {
  std::int64_t cents = 0;
};
struct withdraw {
  std::int64_t cents = 0;
};
struct close_account {};

// --- and the rules -------------------------------------------------------------------------------------------------

inline constexpr auto already_open = ab::refuse("the account is open already");
inline constexpr auto not_open = ab::refuse("there is no open account of that name", "open it first");
inline constexpr auto overdrawn = ab::refuse("the account would be overdrawn", "withdraw less, or deposit first");

struct teller {
  using state = account;

  constexpr ab::result<opened> decide(open_account const&, account const& now) const {
    if (now.is_open) return already_open;
    return opened{};
  }
  constexpr ab::result<deposited> decide(deposit const& asked, account const& now) const {
    if (!now.is_open) return not_open;
    return deposited{asked.cents};
  }
  constexpr ab::result<withdrawn> decide(withdraw const& asked, account const& now) const {
    if (!now.is_open) return not_open;
    if (asked.cents > now.cents) return overdrawn.with(asked.cents, now.cents);
    return withdrawn{asked.cents};
  }
  // Two events, of which the first is left out where nothing is left to pay out.
  using closing = std::tuple<std::optional<withdrawn>, closed>;
  constexpr ab::result<closing> decide(close_account const&, account const& now) const {
    if (!now.is_open) return not_open;
    return closing(now.cents > 0 ? std::optional(withdrawn{now.cents}) : std::nullopt, closed{});
  }
};
