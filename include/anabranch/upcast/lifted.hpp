/// @file
/// `ab::lifted`: an event as a read gives it where events are upcast.
#pragma once

#include "anabranch/core/event.hpp"
#include "anabranch/core/identifiers.hpp"

#include <cstdint>
#include <utility>

namespace ab {

/// A row that tells its revision and part itself, since one stored event may have become none or several.
template <class E, class Stamp, class Position, class Meta>
struct lifted : row<E, Stamp, Position, Meta> {
  ab::revision revision{};
  std::uint32_t part = 0;

  template <class T, class Info>
  constexpr lifted(std::in_place_type_t<T> t, T const& value, Info const& info)
      : row<E, Stamp, Position, Meta>(t, value, info.at, info.position, info.meta),
        revision(info.revision),
        part(info.part) {}
};

}  // namespace ab
