// A catalog of a store that others write to, and one that is made while compiling.
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace spine {
namespace {

TEMPLATE_LIST_TEST_CASE("a catalog shows whole commits", "[catalog][R28][R26]", shared_storages) {
  TestType fixture;
  auto bank = fixture.template open<account_event, ab::locked<std::mutex>>();
  std::atomic<bool> done = false;
  std::atomic<int> odd = 0;
  std::thread lister([&] {
    while (!done) {
      // Every commit writes one event to each of two streams.
      auto const all = ab::catalog(bank).streams();
      if (all.size() % 2 != 0) ++odd;
      for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
        if (all[i].last != all[i + 1].last || all[i].stored != all[i + 1].stored) ++odd;
      }
      if (ab::catalog(bank).total_events() % 2 != 0) ++odd;
    }
  });
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t) {
    writers.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        auto const base = std::to_string(t) + '/' + std::to_string(i / 20);
        auto a = bank.stream(*ab::name::parse(base + 'a')), b = bank.stream(*ab::name::parse(base + 'b'));
        if (!ab::commit(a.write(deposited{1}), b.write(deposited{1}))) ++odd;
      }
    });
  }
  for (auto& w : writers) w.join();
  done = true;
  lister.join();
  CHECK(odd == 0);
  CHECK(ab::catalog(bank).streams().size() == 40);
  CHECK(ab::catalog(bank).total_events() == 800);
}

struct counted_up {
  int by;
};
constexpr bool lists_while_compiling() {
  ab::store<ab::one_of<counted_up>> s;
  auto b = s.stream("b"), a = s.stream("a");
  s.stream("never");
  if (!a.append(counted_up{1}) || !b.append(counted_up{1}, counted_up{2}) || !a.truncate(ab::revision{1})) return false;
  auto const all = ab::catalog(s).streams();
  return all.size() == 2 && all[0].name == ab::name("a") && all[0].last == ab::revision{1} && all[0].stored == 0 &&
         all[1].stored == 2 && ab::catalog(s).total_events() == 3;
}
static_assert(lists_while_compiling());

}  // namespace
}  // namespace spine
