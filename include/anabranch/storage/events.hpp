/// @file
/// Ranges of events, as reads give them.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/event.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>  // with it come the iterator tags; <iterator> would bring streams along
#include <string_view>
#include <utility>
#include <vector>

namespace ab {

/// A random-access iterator over events. Dereferences to an `ab::event` by value, whose `data` refers to the row.
template <class Event, class Row, int Step>
class event_iterator {
 public:
  using value_type = Event;
  using reference = Event;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::random_access_iterator_tag;
  using iterator_category = std::input_iterator_tag;

  constexpr event_iterator() = default;
  constexpr event_iterator(Row const* r, std::string_view stream, std::int64_t n) noexcept
      : row_(r), stream_(stream), revision_(n) {}

  constexpr Event operator*() const noexcept {
    Row const& r = row_[at];
    if constexpr (requires { r.part; })
      return {{stream_, r.revision, r.at, r.position, r.meta, r.part}, r.data};
    else
      return {{stream_, ab::revision{revision_ + at}, r.at, r.position, r.meta, {}}, r.data};
  }
  struct arrow {
    Event event;
    constexpr Event const* operator->() const noexcept { return &event; }
  };
  constexpr arrow operator->() const noexcept { return {**this}; }
  constexpr Event operator[](difference_type n) const noexcept { return *(*this + n); }

  constexpr event_iterator& operator+=(difference_type n) noexcept {
    row_ += n * Step;
    revision_ += n * Step;
    return *this;
  }
  constexpr event_iterator& operator-=(difference_type n) noexcept { return *this += -n; }
  constexpr event_iterator& operator++() noexcept { return *this += 1; }
  constexpr event_iterator& operator--() noexcept { return *this += -1; }
  constexpr event_iterator operator++(int) noexcept { return std::exchange(*this, *this + 1); }
  constexpr event_iterator operator--(int) noexcept { return std::exchange(*this, *this + -1); }

  friend constexpr event_iterator operator+(event_iterator i, difference_type n) noexcept { return i += n; }
  friend constexpr event_iterator operator+(difference_type n, event_iterator i) noexcept { return i += n; }
  friend constexpr event_iterator operator-(event_iterator i, difference_type n) noexcept { return i += -n; }
  friend constexpr difference_type operator-(event_iterator const& a, event_iterator const& b) noexcept {
    return (a.row_ - b.row_) * Step;
  }
  friend constexpr bool operator==(event_iterator const& a, event_iterator const& b) noexcept {
    return a.row_ == b.row_;
  }
  friend constexpr std::strong_ordering operator<=>(event_iterator const& a, event_iterator const& b) noexcept {
    return (a - b) <=> 0;
  }

 private:
  // Going backwards it stands behind its row, since nothing may stand before the first.
  static constexpr std::ptrdiff_t at = Step > 0 ? 0 : -1;

  Row const* row_ = nullptr;
  std::string_view stream_{};
  std::int64_t revision_ = 0;
};

/// A view of consecutive events of one stream, oldest first (`Step` 1) or newest first (`Step` -1).
///
/// Valid until the stream is written to or its store ends.
template <class Event, class Row, int Step>
class event_view {
 public:
  using lends = Event;
  using iterator = event_iterator<Event, Row, Step>;
  using value_type = Event;

  constexpr event_view() = default;
  /// @param rows oldest first
  /// @param first the revision of the oldest
  constexpr event_view(std::span<Row const> rows, std::string_view stream, revision first) noexcept
      : rows_(rows), stream_(stream), first_(first) {}

  constexpr iterator begin() const noexcept { return at(Step > 0 ? 0 : size()); }
  constexpr iterator end() const noexcept { return at(Step > 0 ? size() : 0); }
  constexpr std::size_t size() const noexcept { return rows_.size(); }
  constexpr bool empty() const noexcept { return rows_.empty(); }
  constexpr Event operator[](std::size_t i) const noexcept { return begin()[static_cast<std::ptrdiff_t>(i)]; }
  constexpr Event front() const noexcept { return *begin(); }
  constexpr Event back() const noexcept { return *(end() - 1); }

 private:
  constexpr iterator at(std::size_t i) const noexcept {
    return {rows_.data() + i, stream_, first_.value + static_cast<std::int64_t>(i)};
  }

  std::span<Row const> rows_{};
  std::string_view stream_{};
  revision first_{};
};

/// An event of a whole store, of any of its families.
template <class Any, class Info>
struct recorded : Info {
  Any data;

  constexpr recorded(Info const& info, Any d) : Info(info), data(std::move(d)) {}
  constexpr std::string_view type() const {
    return data.visit([]<class T>(T const& d) { return detail::stored_name(d); });
  }
};

/// The same, with rows of its own: what a read gives where the store's can't be lent. Valid by itself while the store lives.
template <class Event, class Row, int Step>
class event_list {
 public:
  using lends = Event;
  using iterator = event_iterator<Event, Row, Step>;
  using value_type = Event;

  constexpr event_list() = default;
  /// @param borrowed what the rows' views point into, if they do
  constexpr event_list(std::vector<Row> rows, std::string_view stream, revision first, std::vector<bytes> borrowed = {})
      : rows_(std::move(rows)), borrowed_(std::move(borrowed)), stream_(stream), first_(first) {}

  constexpr iterator begin() const noexcept { return view().begin(); }
  constexpr iterator end() const noexcept { return view().end(); }
  constexpr std::size_t size() const noexcept { return rows_.size(); }
  constexpr bool empty() const noexcept { return rows_.empty(); }
  constexpr Event operator[](std::size_t i) const noexcept { return view()[i]; }
  constexpr Event front() const noexcept { return view().front(); }
  constexpr Event back() const noexcept { return view().back(); }

 private:
  constexpr event_view<Event, Row, Step> view() const noexcept { return {rows_, stream_, first_}; }

  std::vector<Row> rows_{};
  std::vector<bytes> borrowed_{};
  std::string_view stream_{};
  revision first_{};
};

}  // namespace ab
