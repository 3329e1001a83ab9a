// What is asked of a type and all types that it is made of. A type may contain itself, through a container.
#pragma once

#include "anabranch/codec/detail/format.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab::detail::canonical {

// Whether `Target` is found among the parts of `T`, or theirs. `Above` are the types that led here.
template <class Target, class T, class... Above>
consteval bool contains() {
  if constexpr (among<T, Above...>) {
    return false;
  } else {
    return []<class... Parts>(list<Parts...>) {
      return ((std::is_same_v<Target, Parts> || contains<Target, Parts, Above..., T>()) || ...);
    }(typename format<T>::parts{});
  }
}

template <class T>
consteval bool contains_itself() {
  if constexpr (format<T>::compound)
    return contains<T, T>();
  else
    return false;
}
template <class T>
inline constexpr bool recursive = contains_itself<T>();

// Whether T, or a type that it is made of, contains itself.
template <class T, class... Above>
consteval bool leads_to_circle() {
  if constexpr (among<T, Above...>) {
    return true;
  } else {
    return []<class... Parts>(list<Parts...>) {
      return (leads_to_circle<Parts, Above..., T>() || ...);
    }(typename format<T>::parts{});
  }
}

// The most memory that T, or a type that it is made of, takes without what it allocates. Reading a T inside a T inside a T
// has all of these on the stack at once, where a compiler inlines as much as it can.
template <class T, class... Above>
consteval std::size_t largest_part() {
  if constexpr (among<T, Above...> || !complete<T>) {
    return 0;
  } else {
    return []<class... Parts>(list<Parts...>) {
      std::size_t most = sizeof(T);
      ((most = largest_part<Parts, Above..., T>() > most ? largest_part<Parts, Above..., T>() : most), ...);
      return most;
    }(typename format<T>::parts{});
  }
}

template <class T>
consteval bool is_large_recursive() {
  if constexpr (recursive<T>)
    return largest_part<T>() > max_recursive;
  else
    return false;
}

// What is wrong with T itself, apart from its parts.
template <class T>
consteval fault own_fault() {
  if constexpr (format<T>::why != fault::none) {
    return format<T>::why;
  } else if constexpr (!std::is_move_constructible_v<T>) {
    return fault::immovable;
  } else if constexpr (is_large_recursive<T>()) {
    return fault::large_recursive;
  } else {
    return fault::none;
  }
}

template <class T, class... Above>
consteval bool all_encodable() {
  if constexpr (among<T, Above...>) {
    return true;
  } else if constexpr (own_fault<T>() != fault::none) {
    return false;
  } else {
    return []<class... Parts>(list<Parts...>) {
      return (all_encodable<Parts, Above..., T>() && ...);
    }(typename format<T>::parts{});
  }
}
template <class T>
inline constexpr bool encodable = all_encodable<T>();

template <class T, class... Above>
consteval bool any_borrows() {
  if constexpr (among<T, Above...> || format<T>::owns) {
    return false;
  } else if constexpr (format<T>::borrows) {
    return true;
  } else {
    return []<class... Parts>(list<Parts...>) {
      return (any_borrows<Parts, Above..., T>() || ...);
    }(typename format<T>::parts{});
  }
}

constexpr std::uint64_t mix(std::uint64_t h, std::uint64_t word) noexcept {
  h = (h ^ word) * 0x9E3779B97F4A7C15U;
  h ^= h >> 29U;
  h *= 0xBF58476D1CE4E5B9U;
  return h ^ (h >> 32U);
}

template <class T, class... Above>
constexpr std::uint64_t shape_of(std::uint64_t h) {
  if constexpr (among<T, Above...>) {
    std::size_t at = 0, found = 0;
    ((++at, found = std::is_same_v<T, Above> ? at : found), ...);
    return mix(mix(h, static_cast<std::uint64_t>(tag::again)), sizeof...(Above) - found);
  } else {
    return [h]<class... Parts>(list<Parts...>) {
      std::uint64_t all = h;
      if constexpr (!format<T>::transparent) {
        all = mix(mix(all, static_cast<std::uint64_t>(format<T>::kind)), format<T>::number);
        all = mix(all, sizeof...(Parts));
      }
      ((all = shape_of<Parts, Above..., T>(all)), ...);
      return all;
    }(typename format<T>::parts{});
  }
}

// The four below stand before a format's own functions: they know sizes, bounds and depth.

template <class T>
ANABRANCH_ALWAYS_INLINE constexpr std::size_t size_of(T const& value, meter& m) {
  if constexpr (format<T>::fixed) {
    return format<T>::least;
  } else if constexpr (recursive<T>) {
    if (m.depth == max_depth) {
      m.refuse();
      return 0;
    }
    ++m.depth;
    auto const n = format<T>::size(value, m);
    --m.depth;
    return n;
  } else {
    return format<T>::size(value, m);
  }
}

template <class T>
ANABRANCH_ALWAYS_INLINE constexpr std::byte* put(T const& value, std::byte* out) {
  return format<T>::put(value, out);
}

// For a `fixed` T, `r.has(format<T>::least)` has been asked.
template <class T, class Place>
ANABRANCH_ALWAYS_INLINE constexpr bool take(reader& r, Place&& place) {
  if constexpr (recursive<T>) {
    if (r.depth == max_depth) return r.fail(trouble::depth);
    ++r.depth;
    bool const taken = format<T>::take(r, place);
    --r.depth;
    return taken;
  } else {
    return format<T>::take(r, place);
  }
}

template <class T, class Place>
ANABRANCH_ALWAYS_INLINE constexpr bool take_checked(reader& r, Place&& place) {
  if constexpr (format<T>::fixed) {
    if (!r.has(format<T>::least)) return false;
  }
  return take<T>(r, place);
}

}  // namespace ab::detail::canonical
