/// @file
/// Calling what a user passes for each frame.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/format.hpp"
#include "anabranch/storage/file/frame.hpp"
#include "anabranch/storage/file/location.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::file::detail {

template <class F>
inline constexpr bool visits_void = std::is_void_v<decltype(std::declval<F&>()(std::declval<frame const&>()))>;

ANABRANCH_ALWAYS_INLINE frame decode(std::byte const* p, location at) noexcept {
  auto const h = format::get_frame_header(p);
  return {h.kind, h.tag, h.number, {p + format::frame_header_size, h.length}, at};
}

// Visits whole frames that were checked, markers left out. `b` lies at `at`.
template <class F>
result<void> visit_frames(bytes_view b, location at, F& f) {
  for (std::size_t i = 0; i < b.size();) {
    frame const one = decode(b.data() + i, at + i);
    if (one.kind <= format::kind_last) {
      if constexpr (visits_void<F>) {
        f(one);
      } else {
        if (auto r = f(one); !r) return r;
      }
    }
    i += static_cast<std::size_t>(format::frame_size(one.payload.size()));
  }
  return {};
}

}  // namespace ab::file::detail
