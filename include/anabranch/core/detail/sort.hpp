// Sorting without <algorithm>, which alone is half of a header's budget.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace ab::detail {

// Heap sort: in place, O(n log n) at worst, constexpr.
template <class T>
constexpr void sort(std::vector<T>& v) {
  auto const sift_down = [&](std::size_t i, std::size_t end) {
    for (auto child = 2 * i + 1; child < end; child = 2 * i + 1) {
      if (child + 1 < end && v[child] < v[child + 1]) ++child;
      if (!(v[i] < v[child])) return;
      std::swap(v[i], v[child]);
      i = child;
    }
  };
  for (auto i = v.size() / 2; i-- > 0;) sift_down(i, v.size());
  for (auto end = v.size(); end-- > 1;) {
    std::swap(v[0], v[end]);
    sift_down(0, end);
  }
}

}  // namespace ab::detail
