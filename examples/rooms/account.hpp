// What the examples of the rooms' pages are about.
#pragma once

#include <anabranch/anabranch.hpp>

#include <cstdint>
#include <cstdio>
#include <string_view>

struct deposited {
  std::int64_t cents = 0;
};
struct withdrawn {
  std::int64_t cents = 0;
};
using account_event = ab::one_of<deposited, withdrawn>;

struct balance {
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(withdrawn const& e) { cents -= e.cents; }
};

inline void print(std::string_view text) { std::printf("%.*s\n", static_cast<int>(text.size()), text.data()); }
inline void print(std::string_view what, std::int64_t n) {
  std::printf("%.*s %lld\n", static_cast<int>(what.size()), what.data(), static_cast<long long>(n));
}

// An example is a function that gives an error where it goes wrong.
inline int status_of(ab::result<void> const& r) {
  if (!r) std::fprintf(stderr, "%s\n", r.error().message().c_str());
  return r ? 0 : 1;
}
