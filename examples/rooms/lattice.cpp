#include <anabranch/lattice.hpp>
#include <anabranch/testing/laws.hpp>
#include <anabranch/testing/morphism.hpp>

#include <cstdint>
#include <cstdio>

namespace lattice = ab::lattice;

// Merges field by field, without a line of its own.
struct settings {
  lattice::max<int> volume;
  lattice::set<int> plugins;
};
static_assert(ab::check_laws<settings>());

bool merges() {
  settings phone{lattice::max(3), {1, 2}}, laptop{lattice::max(5), {2}};
  settings const news = ab::difference(phone, laptop);  // what the laptop lacks, and no more
  std::printf("%zu plugin is news\n", news.plugins.size());
  ab::join(laptop, news);
  ab::join(phone, laptop);
  std::printf("volume %d, %zu plugins\n", phone.volume.value(), phone.plugins.size());
  return ab::same(phone, laptop);
}

bool projects() {
  lattice::view<lattice::largest, lattice::set<int>> top;
  top.join({3, 9});  // deltas, in any order, also twice
  top.join({4});
  std::printf("the largest is %d\n", top.value().value());
  return bool(ab::check_morphism<lattice::largest, lattice::set<int>>());
}

// The mistake of everybody's first register: on equal terms, keep one's own.
struct mine_first : lattice::max<int> {
  using lattice::max<int>::max;
  bool join(mine_first const& o) { return is_bottom() && lattice::max<int>::join(o); }
  mine_first difference(mine_first const& o) const { return leq(o) ? mine_first() : *this; }
  template <class F>
  void decompose(F f) const {
    if (!is_bottom()) f(*this);
  }
};
template <>
struct ab::testing::arbitrary<mine_first> {
  static mine_first make(choices& c) { return mine_first(static_cast<int>(c.below(c.spread()))); }
  template <class Out>
  static void write(mine_first const& m, Out& out) {
    out.append("T(").append(std::int64_t{m.value()}).append(")");
  }
};

bool finds() {
  auto const verdict = ab::check_laws<mine_first>(ab::testing::random_cases{1000});
  auto const account = verdict.account();
  std::printf("%.*s", static_cast<int>(account.size()), account.data());
  return !verdict;
}

int main() { return merges() && projects() && finds() ? 0 : 1; }
