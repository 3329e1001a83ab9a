/// @file
/// `ab::pmr_containers`: memory from a resource of yours.
#pragma once

#include "anabranch/container/detail/no_memory.hpp"
#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/hash_map.hpp"
#include "anabranch/container/sequence.hpp"
#include "anabranch/container/set_of.hpp"

#include <cstddef>
#include <type_traits>

namespace ab {

/// Takes memory from `*Resource`, or from `*Resource()` where it is a function: anything with the `allocate(bytes,
/// alignment)` and `deallocate(p, bytes, alignment)` of `std::pmr::memory_resource`. It outlives all that it gave.
///
/// Which resource is part of the type: no container carries a pointer, and copies and temporaries come from it as well.
template <class T, auto Resource>
struct resource_allocator {
  using value_type = T;
  template <class U>
  struct rebind {
    using other = resource_allocator<U, Resource>;
  };
  constexpr resource_allocator() noexcept = default;
  template <class U>
  constexpr resource_allocator(resource_allocator<U, Resource> const&) noexcept {}

  T* allocate(std::size_t n) {
    if (n > static_cast<std::size_t>(-1) / sizeof(T)) detail::no_memory();
    return static_cast<T*>(resource()->allocate(n * sizeof(T), alignof(T)));
  }
  void deallocate(T* p, std::size_t n) noexcept { resource()->deallocate(p, n * sizeof(T), alignof(T)); }

  friend constexpr bool operator==(resource_allocator, resource_allocator) = default;

 private:
  static auto* resource() {
    if constexpr (std::is_invocable_v<decltype(Resource)>)
      return Resource();
    else
      return Resource;
  }
};

/// Hash maps whose memory comes from a resource: `pmr_containers<&arena>`, where `arena` is a global
/// `std::pmr::monotonic_buffer_resource`, or `pmr_containers<&arena_of_this_thread>`, a function that gives a pointer to one.
template <auto Resource>
struct pmr_containers {
  template <class T>
  using allocator = resource_allocator<T, Resource>;

  static constexpr bool bounded = false;
  template <class T>
  using sequence = ab::sequence<T, allocator<T>>;
  template <class K, class V>
  using map = hash_map<K, V, allocator<K>>;
  template <class T>
  using set = set_of<map<T, no_value>>;
};

}  // namespace ab
