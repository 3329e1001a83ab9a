/// @file
/// `ab::matching_view`: the events of a range that match, each as it is or as its own type.
#pragma once

#include "anabranch/core/inline.hpp"
#include "anabranch/storage/events.hpp"

#include <range/v3/range/access.hpp>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/traits.hpp>
#include <range/v3/view/facade.hpp>
#include <type_traits>
#include <utility>

// Events in memory are lent, so a range of them is a view: `*a.read() | ab::views::of<deposited>` needs no name for the middle.
// An `ab::event_list`, as files and locked stores give, owns its rows: it needs a name, and lives as long as views of it.
template <class Event, class Row, int Step>
inline constexpr bool ranges::enable_view<ab::event_view<Event, Row, Step>> = true;
template <class Event, class Row, int Step>
inline constexpr bool ranges::enable_borrowed_range<ab::event_view<Event, Row, Step>> = true;

namespace ab {

/// A lazy view of those elements of `Base` for which `matches` holds, as `show` makes them. Made by `ab::views`.
///
/// Forward, or input where `Base` is. Its iterators carry the condition, so they outlive the view where the base's do, and the
/// view may be `const`; `begin()` looks for the first match each time.
/// @tparam Match, Show small function objects, constant ones
template <class Base, class Match, class Show>
class matching_view : public ranges::view_facade<matching_view<Base, Match, Show>,
                                                 ranges::is_finite<Base>::value ? ranges::finite : ranges::unknown> {
 public:
  using base_type = Base;
  using match_type = Match;
  using show_type = Show;

  matching_view() = default;
  constexpr matching_view(Base base, Match matches, Show show)
      : base_(std::move(base)), how_{std::move(matches), std::move(show)} {}

  constexpr Base base() const& { return base_; }
  constexpr Base base() && { return std::move(base_); }
  constexpr Match const& matches() const noexcept { return how_; }
  constexpr Show const& show() const noexcept { return how_; }

 private:
  friend ranges::range_access;

  struct how : Match, Show {};

  template <class Range>
  class cursor_over : how {
   public:
    using value_type =
        std::remove_cvref_t<decltype(std::declval<Show const&>()(*ranges::begin(std::declval<Range&>())))>;
    using single_pass = std::bool_constant<!ranges::forward_range<Range>>;

    cursor_over() = default;
    ANABRANCH_ALWAYS_INLINE constexpr cursor_over(Range& r, how const& h)
        : how(h), at_(ranges::begin(r)), end_(ranges::end(r)) {
      find_first();
    }
    ANABRANCH_ALWAYS_INLINE constexpr decltype(auto) read() const { return static_cast<Show const&>(*this)(*at_); }
    // So written that both compilers make one loop of it and the caller's.
    ANABRANCH_ALWAYS_INLINE constexpr void next() {
      for (;;) {
        ++at_;
        if (at_ == end_) [[unlikely]] {
          done_ = true;
          return;
        }
        if (matches()) [[likely]]
          return;
      }
    }
    ANABRANCH_ALWAYS_INLINE constexpr bool equal(ranges::default_sentinel_t) const { return done_; }
    ANABRANCH_ALWAYS_INLINE constexpr bool equal(cursor_over const& o) const
      requires ranges::forward_range<Range>
    {
      return at_ == o.at_;
    }

   private:
    ANABRANCH_ALWAYS_INLINE constexpr void find_first() {
      for (; at_ != end_; ++at_) {
        if (matches()) return;
      }
      done_ = true;
    }
    ANABRANCH_ALWAYS_INLINE constexpr bool matches() const { return static_cast<Match const&>(*this)(*at_); }

    ranges::iterator_t<Range> at_{};
    ranges::sentinel_t<Range> end_{};
    bool done_ = false;  // so that nobody has to compare with the end again: whoever uses the match would
  };

  constexpr auto begin_cursor() { return cursor_over<Base>(base_, how_); }
  constexpr auto begin_cursor() const
    requires ranges::range<Base const>
  {
    return cursor_over<Base const>(base_, how_);
  }
  constexpr ranges::default_sentinel_t end_cursor() const noexcept { return {}; }

  Base base_{};
  how how_{};
};

namespace detail {

template <class View>
inline constexpr bool is_matching_view = false;
template <class Base, class Match, class Show>
inline constexpr bool is_matching_view<matching_view<Base, Match, Show>> = true;

}  // namespace detail

}  // namespace ab
