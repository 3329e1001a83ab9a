/// @file
/// `ab::key_hash`: the number that a hashed container finds a key by.
#pragma once

#include "anabranch/codec/detail/bind.hpp"
#include "anabranch/codec/detail/count.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace ab {

namespace detail {

constexpr std::uint64_t mix_key(std::uint64_t h) noexcept {
  h ^= h >> 32U;
  h *= 0xD6E8FEB86659FD93U;
  h ^= h >> 32U;
  h *= 0xD6E8FEB86659FD93U;
  return h ^ (h >> 32U);
}

constexpr std::uint64_t hash_chars(std::string_view s) noexcept {
  std::uint64_t h = 0x9E3779B97F4A7C15U ^ s.size();
  auto const word = [&s](std::size_t at, std::size_t n) {
    std::uint64_t w = 0;
    for (std::size_t i = 0; i < n; ++i) w |= std::uint64_t{static_cast<unsigned char>(s[at + i])} << (8 * i);
    return w;
  };
  std::size_t at = 0;
  for (; s.size() - at >= 8; at += 8) {
    h = (h ^ word(at, 8)) * 0xBF58476D1CE4E5B9U;
    h ^= h >> 29U;
  }
  return mix_key(h ^ word(at, s.size() - at));
}

template <class T>
concept text_key = std::is_convertible_v<T const&, std::string_view>;
template <class T>
concept text_view_key = !text_key<T> && requires(T const& t) {
  { t.view() } -> std::convertible_to<std::string_view>;
};
template <class T>
concept range_key = requires(T const& t) {
  t.begin() != t.end();
  *t.begin();
};
template <class T>
concept hashes_itself = requires(T const& t) {
  { t.hash() } -> std::convertible_to<std::uint64_t>;
};
template <class T>
consteval bool counts_fields() {
  if constexpr (std::is_aggregate_v<T>)
    return canonical::count_fields<T>().how == canonical::counting::counted;
  else
    return false;
}

}  // namespace detail

/// Hashes integers, enums, text, ranges, plain aggregates of those, and classes with a member `hash()`. Equal keys have
/// equal hashes; the numbers are for this program's memory only. Not seeded: where strangers choose the keys, take
/// `ab::node_containers`. Specialise it for other types.
template <class T>
struct key_hash {
  constexpr std::uint64_t operator()(T const& key) const noexcept {
    if constexpr (std::is_integral_v<T>) {
      return detail::mix_key(static_cast<std::uint64_t>(key));
    } else if constexpr (std::is_enum_v<T>) {
      return detail::mix_key(static_cast<std::uint64_t>(static_cast<std::underlying_type_t<T>>(key)));
    } else if constexpr (detail::hashes_itself<T>) {
      return key.hash();
    } else if constexpr (detail::text_key<T>) {
      return detail::hash_chars(key);
    } else if constexpr (detail::text_view_key<T>) {
      return detail::hash_chars(key.view());
    } else if constexpr (detail::range_key<T>) {
      std::uint64_t h = 0;
      for (auto const& part : key) h = combine(h, part);
      return h;
    } else if constexpr (detail::counts_fields<T>()) {
      return detail::canonical::bind<detail::canonical::count_fields<T>().fields>(key,
                                                                                  []<class...>(auto const&... fields) {
                                                                                    std::uint64_t h = 0;
                                                                                    ((h = combine(h, fields)), ...);
                                                                                    return h;
                                                                                  });
    } else {
      static_assert(!sizeof(T),
                    "a hashed container can't hash this key: specialise ab::key_hash for it, give it a member "
                    "`std::uint64_t hash() const`, or take ab::node_containers, which only ask for `<`");
      return 0;
    }
  }

 private:
  template <class Part>
  static constexpr std::uint64_t combine(std::uint64_t h, Part const& part) noexcept {
    return detail::mix_key((h + 0x9E3779B97F4A7C15U) ^ key_hash<Part>{}(part));
  }
};

}  // namespace ab
