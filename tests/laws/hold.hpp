// How the laws are asked of each type: over all small cases and random ones, and while compiling.
#pragma once

#include <anabranch/testing/laws.hpp>

#include <cstddef>
#include <tuple>

#include "catch.hpp"

// Cases while compiling, as many as both compilers take within their default limits; larger by -DLAW_SCOPE=150 (and with
// Clang -fconstexpr-steps=10000000).
#ifndef LAW_SCOPE
#define LAW_SCOPE 50
#endif

namespace laws {

template <class T>
void hold(std::size_t cases = LAW_CASES) {
  STATIC_REQUIRE(ab::join_semilattice<T>);
  auto const small = ab::check_laws<T>(ab::testing::exhaustive{2000});
  INFO(small);
  CHECK(small);
  auto const random = ab::check_laws<T>(ab::testing::random_cases{cases, 7});
  INFO(random);
  CHECK(random);
}

template <class Types>
inline constexpr bool hold_while_compiling = false;
template <class... Ts>
inline constexpr bool hold_while_compiling<std::tuple<Ts...>> = (ab::check_laws<Ts, LAW_SCOPE>() && ...);

}  // namespace laws
