// The events that the benchmarks on disk share: 100 bytes each as the codec writes them, and a small one.
#pragma once

#include <anabranch/anabranch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// Of fixed size.
struct reading {
  std::int64_t at;
  std::uint32_t sensor;
  std::array<double, 11> values;
};
// The same length, as text that is borrowed from what was read, or owned.
template <class Text>
struct note {
  static constexpr ab::definition definition{"note", 1};
  std::int64_t at;
  std::uint32_t author;
  Text text;
};
// The smallest event that says something: 8 bytes, so that what is spent on each event shows most.
struct deposited {
  std::int64_t cents;
};
static_assert(ab::canonical_codec::least_size<reading> == 100);

inline constexpr std::string_view text =
    "What was noted in one sentence that takes eighty-four bytes, the full stop included.";
static_assert(8 + 4 + 4 + text.size() == 100);

template <class E>
E event(std::int64_t i) {
  if constexpr (std::is_same_v<E, reading>)
    return {i, static_cast<std::uint32_t>(i % 97), {static_cast<double>(i), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}};
  else if constexpr (std::is_same_v<E, deposited>)
    return {i & 0xff};
  else
    return {i, static_cast<std::uint32_t>(i % 97), decltype(E::text)(text)};
}
template <class E>
std::vector<E> events(std::size_t n) {
  std::vector<E> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(event<E>(static_cast<std::int64_t>(i)));
  return all;
}

// A second type in each family, so that every event is dispatched.
struct closed {
  std::int64_t at;
};

// Looks at some of each event.
struct summary {
  std::int64_t sum = 0;
  double first = 0;
  std::size_t length = 0;
  constexpr void apply(reading const& e) {
    sum += e.at + e.sensor;
    first += e.values[0];
  }
  constexpr void apply(note<std::string> const& e) { look(e); }
  constexpr void apply(note<std::string_view> const& e) { look(e); }
  constexpr void apply(deposited const& e) { sum += e.cents; }
  constexpr void apply(closed const& e) { sum -= e.at; }

 private:
  constexpr void look(auto const& e) {
    sum += e.at + e.author;
    length += e.text.size();
  }
};
// Looks at none.
struct count {
  std::int64_t n = 0;
  constexpr void apply(ab::others) { ++n; }
};

}  // namespace bench
