#include <anabranch/causal.hpp>
#include <anabranch/container.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory_resource>
#include <string_view>

namespace {

void print(std::string_view what, std::uint64_t n) {
  std::printf("%.*s %llu\n", static_cast<int>(what.size()), what.data(), static_cast<unsigned long long>(n));
}

void contexts() {
  auto const anna = ab::replica(1).id();
  ab::causal_context<> seen;
  seen.insert(ab::dot{anna, 1});
  seen.insert(ab::dot{anna, 3});  // the second is late
  print("without a gap", seen.contiguous(anna));
  print("beyond it", seen.cloud().size());
  seen.insert(ab::dot{anna, 2});
  print("without a gap", seen.contiguous(anna));
  print("beyond it", seen.cloud().size());
}

// A store of dots by itself: what is alive, beside what was seen.
void stores() {
  auto const anna = ab::replica(1).id();
  ab::dot_map<int, ab::dot_set<>> here, there;
  ab::causal_context<> seen_here, seen_there;
  here.edit(7, [&](auto& dots) { dots.insert(seen_here.mint(anna)); });
  seen_there.insert(ab::dot{anna, 1});  // seen there, and not alive: it was removed
  here.join(there, seen_here, seen_there);
  print("alive", here.size());
}

// Memory from a resource of one's own: which one is part of the type.
std::byte buffer[4096];
std::pmr::monotonic_buffer_resource arena(buffer, sizeof buffer, std::pmr::null_memory_resource());

void containers() {
  ab::pmr_containers<&arena>::map<int, int> m;
  *m.get_or_insert(1).value = 2;
  ab::fixed_containers<2>::set<int> two;
  two.insert(1);
  two.insert(2);
  print("a third fits", two.insert(3));
  print("and it says so", two.overflowed());
}

}  // namespace

int main() {
  contexts();
  stores();
  containers();
}
