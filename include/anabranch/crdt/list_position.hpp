/// @file
/// `ab::list_position`: a place between any two others.
#pragma once

#include "anabranch/causal/dot.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/fixed_sequence.hpp"
#include "anabranch/container/hash.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab {

/// A place in an order that is dense: between any two there is room for more. A path of digits, each with the dot that
/// chose it, so that no place is ever chosen twice.
template <class Containers = hash_containers>
class list_position {
 public:
  struct level {
    std::uint32_t digit = 0;
    std::uint32_t nth = 0;  // so that who erases and inserts there again doesn't take the same place
    replica_id by{};
    friend constexpr auto operator<=>(level const&, level const&) = default;
  };

  constexpr std::size_t depth() const noexcept { return levels_.size(); }
  constexpr bool overflowed() const noexcept { return levels_.overflowed(); }

  /// A place after `before` and before `after`; null: there is no bound.
  static constexpr list_position between(list_position const* before, list_position const* after, dot by) {
    constexpr std::uint32_t most = UINT32_MAX, step = 1024;
    list_position made;
    bool bound = after != nullptr;
    for (std::size_t i = 0;; ++i) {
      bool const from = before != nullptr && i < before->depth();
      level const low = from ? before->levels_[i] : level{};
      level const high = bound && i < after->depth() ? after->levels_[i] : level{most, 0, {}};
      auto const room = high.digit - low.digit;
      if (room > 1) {
        // Near to the neighbour that is there, since lists grow at an end; in the middle where there is none.
        bool const to = bound && i < after->depth();
        auto const far = room / 2 < step || (!from && !to) ? room / 2 : step;
        made.levels_.push_back(
            {!from && to ? high.digit - far : low.digit + far, static_cast<std::uint32_t>(by.sequence), by.from});
        return made;
      }
      made.levels_.push_back(low);
      bound = bound && low == high;
      if (made.overflowed()) return made;
    }
  }

  friend constexpr bool operator==(list_position const& a, list_position const& b) { return a.levels_ == b.levels_; }
  friend constexpr bool operator<(list_position const& a, list_position const& b) {
    for (std::size_t i = 0; i < a.depth() && i < b.depth(); ++i) {
      if (a.levels_[i] < b.levels_[i]) return true;
      if (b.levels_[i] < a.levels_[i]) return false;
    }
    return a.depth() < b.depth();
  }
  static constexpr auto fields() { return ab::fields(&list_position::levels_); }

 private:
  template <class C, bool Bounded>
  struct path {
    using type = typename C::template sequence<level>;
  };
  template <class C>
  struct path<C, true> {
    using type = fixed_sequence<level, 8>;
  };
  typename path<Containers, Containers::bounded>::type levels_{};
};

}  // namespace ab
