// Cases of laws: all small ones, random ones, and the simplest that still fails.
#pragma once

#include "anabranch/testing/law.hpp"
#include "anabranch/testing/values.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ab::testing::detail {

struct finding {
  bool failed = false;
  std::size_t cases = 0;
  choices how{};  // where it failed
};

// Notes whether a law of mutators is broken anywhere in a history.
template <law L>
struct law_watch : unwatched {
  bool& held;
  static constexpr bool wants_before = true;

  constexpr explicit law_watch(bool& h) : held(h) {}
  template <class T>
  constexpr void changed(std::size_t, T const& before, T const& after, T const* delta) const {
    if constexpr (L == law::mutators_inflate) {
      held = held && ab::leq(before, after);
    } else {
      if (delta != nullptr) held = held && ab::same(ab::joined(before, *delta), after);
    }
  }
};

// One case: whether the law holds of the values that `c` makes.
template <class T, law L>
constexpr bool case_holds(choices& c) {
  constexpr auto n = text_of(L).values;
  if constexpr (n == 0) {
    bool held = true;
    run<T, 3>(c, law_watch<L>(held));
    return held;
  } else {
    auto const v = values<T, n>(c);
    if constexpr (n == 1)
      return holds<L>(v[0]);
    else if constexpr (n == 2)
      return holds<L>(v[0], v[1]);
    else
      return holds<L>(v[0], v[1], v[2]);
  }
}

// All whose answers add up to `sum`, up to the first that fails. `tried` counts those of smaller sums too.
template <class T, law L>
constexpr finding cases_of(std::uint32_t sum, std::size_t& tried) {
  finding found;
  auto c = choices::all(sum);
  do {
    ++tried;
    bool const held = case_holds<T, L>(c);
    if (c.spent() != sum) continue;
    ++found.cases;
    if (L == law::values_differ ? held : !held) {
      found.failed = true;
      found.how = c;
      return found;
    }
  } while (c.next());
  return found;
}

// Sum by sum, so that what fails first is a simplest one, until the next would be more than `enough`.
template <class T, law L>
constexpr finding all_cases(std::size_t enough) {
  std::size_t tried = 0, before = 1, cases = 0;
  for (std::uint32_t sum = 0;; ++sum) {
    auto found = cases_of<T, L>(sum, tried);
    auto const now = found.cases;
    found.cases = cases += now;
    if constexpr (L == law::values_differ) {
      bool const differ = found.failed;
      if (differ) found.failed = false;
      if (differ) return found;
      found.failed = true;
    }
    if (L != law::values_differ && found.failed) return found;
    if (now == 0 || tried + now * (now / before + 1) > enough) return found;
    before = now;
  }
}

// Tries simpler answers as long as the law stays broken.
template <class T, law L>
constexpr choices shrink(choices c) {
  auto const try_it = [&c](choices candidate) {
    if (case_holds<T, L>(candidate)) return false;
    candidate.rewind();
    bool const fails = !case_holds<T, L>(candidate);
    if (!fails || !candidate.simpler_than(c)) return false;
    c = candidate;
    return true;
  };
  (void)case_holds<T, L>(c);  // so that it knows what was asked
  std::size_t left = 4000;
  for (bool better = true; better && left > 0;) {
    better = false;
    for (std::size_t n = c.size(); n > 0 && left > 0; n /= 2)
      for (std::size_t i = 0; i + n <= c.size() && left > 0; --left)
        if (try_it(c.without(i, n)))
          better = true;
        else
          ++i;
    for (std::size_t i = 0; i < c.size() && left > 0; ++i)
      for (std::uint32_t v : {std::uint32_t{0}, c[i] / 2, c[i] == 0 ? 0 : c[i] - 1}) {
        if (i >= c.size() || v >= c[i] || left == 0) continue;
        --left;
        if (try_it(c.with(i, v))) better = true;
      }
    for (std::size_t i = 0; i < c.size() && left > 0; ++i)
      for (std::size_t k = i + 1; k < c.size() && left > 0; ++k)
        if (c[i] > 0 && c[k] > 0 && left-- > 0)
          if (try_it(c.with(i, c[i] - 1).with(k, c[k] - 1))) better = true;
  }
  return c;
}

template <class T, law L>
constexpr finding some_cases(std::size_t cases, std::uint64_t seed) {
  finding found;
  for (; found.cases < cases; ++found.cases) {
    auto c = choices::random(seed + found.cases * 0x632BE59BD9B4E019U);
    bool const held = case_holds<T, L>(c);
    if constexpr (L == law::values_differ) {
      if (held) return found;
    } else if (!held) {
      found.failed = true;
      c.rewind();
      // What is small is found best by looking at all that is.
      auto const small = all_cases<T, L>(3000);
      found.how = small.failed ? small.how : shrink<T, L>(c);
      (void)case_holds<T, L>(found.how);
      return found;
    }
  }
  found.failed = L == law::values_differ;
  return found;
}

struct law_list {
  std::array<law, 32> all{};
  std::size_t size = 0;
};
// The laws that say something of a T, simplest first.
template <class T>
inline constexpr law_list laws_of = [] {
  law_list list;
  list.all[list.size++] = law::values_differ;
  for (std::uint8_t i = 0; i < static_cast<std::uint8_t>(law::values_differ); ++i) {
    auto const l = static_cast<law>(i);
    if (l == law::chain && !says_chain<T>) continue;
    if ((l == law::encoding_round_trips || l == law::encoding_is_canonical) && !canonical_codec::encodable<T>) continue;
    if (text_of(l).values == 0 && !has_mutators<T>) continue;
    list.all[list.size++] = l;
  }
  return list;
}();

}  // namespace ab::testing::detail
