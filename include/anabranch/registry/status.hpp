/// @file
/// `ab::projection_status`: how far a registered projection is.
#pragma once

#include <cstdint>
#include <string_view>

namespace ab {

/// How far one version of a registered projection is.
/// @tparam Place `ab::revision` for a registry over a stream, `ab::position` over a store
template <class Place>
struct projection_status {
  std::string_view name{};    ///< of its definition
  std::uint32_t version = 0;  ///< of its definition
  bool serves = false;        ///< whether it is this version that `get` gives
  Place through{};            ///< of the last event that is folded in
  std::int64_t folded = 0;    ///< how many events are folded in
  std::int64_t events = 0;    ///< how many the log has had, truncated ones included

  bool complete() const noexcept { return folded == events; }
};

}  // namespace ab
