/// @file
/// `ab::check_morphism`: whether a function between lattices preserves joins.
#pragma once

#include "anabranch/codec/detail/type_name.hpp"
#include "anabranch/lattice/morphism.hpp"
#include "anabranch/testing/code.hpp"
#include "anabranch/testing/laws.hpp"
#include "anabranch/testing/values.hpp"
#include "anabranch/testing/verdict.hpp"

#include <cstddef>
#include <cstdint>

namespace ab {

namespace testing::detail {

template <class F, class From>
constexpr verdict morphism_at(choices& c, F const& f) {
  auto const v = values<From, 2>(c);
  verdict::account_type account;
  bool const starts = ab::is_bottom(f(From{}));
  bool const joins = ab::same(f(ab::joined(v[0], v[1])), ab::joined(f(v[0]), f(v[1])));
  if (!starts) {
    account.append("the image of the least value is not the least");
  } else if (!joins) {
    account.append("the image of a joined with b is not f(a) joined with f(b):\nusing T = ");
    account.append(ab::detail::canonical::type_name<From>).append(";\n");
    if constexpr (has_code<From>) {
      write_code(v[0], account.append("T const a = "));
      write_code(v[1], account.append(";\nT const b = "));
      account.append(";\n");
    } else {
      account.append("auto const [a, b] = ab::testing::replay<T, 2>({");
      for (std::size_t i = 0; i < c.size(); ++i)
        account.append(i == 0 ? "" : ", ").append(static_cast<std::int64_t>(c[i]));
      account.append("});\n");
    }
  }
  return verdict(starts && joins, account);
}

}  // namespace testing::detail

/// Over all small values, simplest first. `From` is a lattice whose values can be generated: see `ab::testing::arbitrary`.
/// Works in a constant expression, where fewer cases are in order.
template <class F, class From>
constexpr testing::verdict check_morphism(F const& f = {}, testing::exhaustive scope = {}) {
  static_assert(lattice::morphism<F, From>,
                "ab::check_morphism: the function takes a `From const&` and gives a lattice");
  std::size_t cases = 0;
  for (std::uint32_t sum = 0;; ++sum) {
    auto c = testing::choices::all(sum);
    std::size_t new_ones = 0;
    do {
      auto at = testing::detail::morphism_at<F, From>(c, f);
      ++cases;
      if (!at) return at;
      new_ones += c.spent() == sum ? 1U : 0U;
    } while (cases < scope.cases && c.next());
    if (cases >= scope.cases || new_ones == 0) break;
  }
  testing::verdict::account_type account;
  account.append("joins are preserved in ").append(static_cast<std::int64_t>(cases)).append(" cases");
  return testing::verdict(true, account);
}

}  // namespace ab
