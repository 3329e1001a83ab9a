/// @file
/// Stores `std::optional`: a byte 0, or a byte 1 and the value.
#pragma once

#include "anabranch/codec/detail/structure.hpp"

#include <optional>

namespace ab::detail::canonical {

template <class T>
struct format<std::optional<T>> : format_defaults {
  using parts = list<T>;
  static constexpr tag kind = tag::optional;
  static constexpr std::size_t least = 1;
  static constexpr bool fixed = false;

  static constexpr std::size_t size(std::optional<T> const& o, meter& m) { return 1 + (o ? size_of(*o, m) : 0); }
  static constexpr std::byte* put(std::optional<T> const& o, std::byte* out) {
    out = store(static_cast<std::uint8_t>(o.has_value()), out);
    return o ? canonical::put(*o, out) : out;
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    if (!r.has(1)) return false;
    auto const flag = load<std::uint8_t>(r.at);
    if (flag > 1) return r.fail(trouble::flag);
    ++r.at;
    std::optional<T>& o = place();
    auto const fill = [&](auto&&... args) -> T& { return o.emplace(std::forward<decltype(args)>(args)...); };
    return flag == 0 || take_checked<T>(r, fill);
  }
};

}  // namespace ab::detail::canonical
