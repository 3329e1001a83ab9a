/// @file
/// The global order of a store in memory.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/storage/errors.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ab::detail {

// Which event has which position. A store without a global order holds none of this.
template <class Stream>
class memory_order {
 public:
  struct entry {
    Stream* stream;
    revision at;
  };

  constexpr void reserve(std::size_t n) {
    if (entries_.capacity() - entries_.size() < n)
      entries_.reserve(entries_.size() + (n > entries_.size() ? n : entries_.size()));
  }
  constexpr void number(Stream& s, revision r) noexcept { entries_.push_back({&s, r}); }
  constexpr void unnumber(std::size_t n) noexcept {
    for (; n > 0; --n) entries_.pop_back();
  }
  constexpr position last() const noexcept { return {static_cast<std::int64_t>(entries_.size())}; }
  // Inside a fold of the whole store.
  constexpr bool scanning() const noexcept { return folds_ > 0; }
  // Of the newest event that was truncated.
  constexpr position gone() const noexcept { return gone_; }
  constexpr void note_gone(position p) noexcept {
    if (p > gone_) gone_ = p;
  }

  // Calls `f(stream, revision)` for each that `r` names; the caller skips what is gone.
  template <class F>
  constexpr bool scan(place_range<position> r, bool stored, refusal& err, F&& f) {
    if (!stored && r.names_first() && r.first <= gone_ && gone_.value > 0) {
      err = truncated_position(r.first, gone_);
      return false;
    }
    fold_guard const guard(*this);
    auto const a = r.first.value < 1 ? 1 : r.first.value;
    auto const b = r.last < last() ? r.last : last();
    for (auto p = a; p <= b.value; ++p) {
      auto const& e = entries_[static_cast<std::size_t>(p - 1)];
      f(*e.stream, e.at);
    }
    return true;
  }

 private:
  struct fold_guard {
    memory_order& o;
    constexpr explicit fold_guard(memory_order& order) noexcept : o(order) { ++o.folds_; }
    fold_guard(fold_guard const&) = delete;
    fold_guard& operator=(fold_guard const&) = delete;
    constexpr ~fold_guard() { --o.folds_; }
  };

  std::vector<entry> entries_{};
  position gone_{};
  int folds_ = 0;
};

}  // namespace ab::detail
