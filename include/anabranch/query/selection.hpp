/// @file
/// `ab::selection`: the events of a query, as a range.
#pragma once

#include "anabranch/core/inline.hpp"
#include "anabranch/query/detail/sources.hpp"
#include "anabranch/query/typed_event.hpp"

#include <cstddef>
#include <span>  // with it come the iterator tags and sentinels; <iterator> would bring streams along
#include <type_traits>
#include <utility>

namespace ab {

/// The events that match a query, in order: a forward range that looks for the next one as it is asked for it. Made by
/// `query::read`.
///
/// Of events as they are read, `e.data` an `ab::one_of`; where the query names one type, of `ab::typed_event`.
/// Valid as long as what the source's `read` gives: in memory on one thread until the stream is written to, elsewhere by itself.
template <class Events, class Selected, class Condition>
class selection {
  using base = decltype(std::declval<Events const&>().begin());
  using traits = detail::event_traits<std::remove_cvref_t<decltype(*std::declval<base const&>())>>;
  using info = typename traits::info;

  static constexpr auto item_type() {
    if constexpr (Selected::narrow)
      return std::type_identity<typed_event<typename detail::only_of<Selected>::type, info, typename traits::place>>{};
    else
      return std::type_identity<std::remove_cvref_t<decltype(*std::declval<base const&>())>>{};
  }

 public:
  /// What the range is of.
  using value_type = typename decltype(item_type())::type;

  /// A forward iterator. Valid while the selection lives and stays where it is.
  class iterator {
   public:
    using value_type = selection::value_type;
    using reference = std::conditional_t<Selected::narrow, value_type, decltype(*std::declval<base const&>())>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;

    constexpr iterator() = default;
    constexpr iterator(selection const& s, base at, base end) : in_(&s), at_(at), end_(end) { settle(); }

    ANABRANCH_ALWAYS_INLINE constexpr reference operator*() const {
      if constexpr (Selected::narrow) {
        auto const& e = *at_;
        return {e, detail::data_as<typename detail::only_of<Selected>::type>(e.data)};
      } else {
        return *at_;
      }
    }
    ANABRANCH_ALWAYS_INLINE constexpr iterator& operator++() {
      ++at_;
      settle();
      return *this;
    }
    constexpr iterator operator++(int) {
      auto const before = *this;
      ++*this;
      return before;
    }
    ANABRANCH_ALWAYS_INLINE friend constexpr bool operator==(iterator const& a, iterator const& b) {
      return a.at_ == b.at_;
    }
    ANABRANCH_ALWAYS_INLINE friend constexpr bool operator==(iterator const& a, std::default_sentinel_t) noexcept {
      return a.done_;
    }

   private:
    ANABRANCH_ALWAYS_INLINE constexpr void settle() {
      for (; at_ != end_; ++at_) {
        if (in_->matches(*at_)) [[likely]]
          return;
      }
      done_ = true;
    }

    selection const* in_ = nullptr;
    base at_{}, end_{};
    bool done_ = false;  // so that nobody has to compare with the end again
  };

  constexpr selection(Events events, Condition c) : events_(std::move(events)), condition_(std::move(c)) {}

  constexpr iterator begin() const { return {*this, events_.begin(), events_.end()}; }
  constexpr std::default_sentinel_t end() const noexcept { return {}; }
  constexpr bool empty() const { return begin() == end(); }

 private:
  template <class Event>
  constexpr bool matches(Event const& e) const {
    return e.data.visit([&]<class T>(T const& data) {
      if constexpr (Selected::template has<T>)
        return condition_(typed_event<T, info, typename traits::place>(e, data));
      else
        return false;
    });
  }

  Events events_;
  Condition condition_;
};

}  // namespace ab
