// The container policies that tests are instantiated with.
#pragma once

#include <anabranch/container.hpp>

#include <cstddef>
#include <memory_resource>
#include <tuple>

namespace container {

// Counts what it gives and takes back.
struct counting : std::pmr::memory_resource {
  std::size_t given = 0, taken = 0;

 private:
  void* do_allocate(std::size_t n, std::size_t alignment) override {
    given += n;
    return std::pmr::new_delete_resource()->allocate(n, alignment);
  }
  void do_deallocate(void* p, std::size_t n, std::size_t alignment) override {
    taken += n;
    std::pmr::new_delete_resource()->deallocate(p, n, alignment);
  }
  bool do_is_equal(std::pmr::memory_resource const& o) const noexcept override { return this == &o; }
};
inline counting arena;
using in_arena = ab::pmr_containers<&arena>;

using growing = std::tuple<ab::flat_containers, ab::node_containers, ab::hash_containers, in_arena>;
using policies =
    std::tuple<ab::flat_containers, ab::node_containers, ab::hash_containers, in_arena, ab::fixed_containers<300>>;

}  // namespace container
