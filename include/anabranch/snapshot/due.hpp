/// @file
/// When to compact a stream: `ab::every_events`, `ab::larger_than`, `ab::older_than`.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/log/stream.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab {

/// Due where at least `count` events are stored. O(1).
class every_events {
 public:
  constexpr explicit every_events(std::size_t count) noexcept : count_(count) {}
  template <class Stream>
  constexpr bool operator()(stream<Stream> const& s) const {
    return s.size() >= count_;
  }

 private:
  std::size_t count_;
};

/// Due where the stored events take at least `least` bytes: in files, what they take there, about so after a truncation that
/// left some; in memory, their own without what they own elsewhere. O(1).
class larger_than {
 public:
  constexpr explicit larger_than(std::uint64_t least) noexcept : least_(least) {}
  template <class Stream>
  constexpr bool operator()(stream<Stream> const& s) const {
    return s.size() > 0 && s.stored_bytes() >= least_;
  }

 private:
  std::uint64_t least_;
};

/// Due where the oldest stored event is at least `nanoseconds` older than the store's clock. Reads that event.
class older_than {
 public:
  constexpr explicit older_than(std::int64_t nanoseconds) noexcept : age_(nanoseconds) {}
  template <class Stream>
  constexpr result<bool> operator()(stream<Stream> const& s) const {
    using stamp = typename stream<Stream>::stamp;
    static_assert(
        requires(stamp t) { t.nanoseconds; },
        "ab::older_than needs a clock that tells the time; name ab::system_clock among the store's policies");
    if (s.size() == 0) return false;
    auto const oldest = s.read(between(s.first(), s.first()));
    if (!oldest) return oldest.error();
    return !oldest->empty() && s.now().nanoseconds - oldest->front().at.nanoseconds >= age_;
  }

 private:
  std::int64_t age_;
};

}  // namespace ab
