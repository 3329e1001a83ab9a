// The first fields of an aggregate, where those who wrote it knew more or fewer of them.
#pragma once

#include "anabranch/codec/detail/bind.hpp"
#include "anabranch/codec/detail/classes.hpp"
#include "anabranch/codec/detail/count.hpp"
#include "anabranch/codec/detail/structure.hpp"
#include "anabranch/codec/detail/type_name.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ab::detail::canonical {

template <class T>
consteval bool has_leading_fields() {
  if constexpr (std::is_aggregate_v<T> && std::is_default_constructible_v<T>)
    return count_fields<T>().how == counting::counted;
  else
    return false;
}

// The fingerprints of the first, the first two, ... all fields.
template <class T>
consteval auto leading_shapes() {
  return []<class... Parts>(list<Parts...>) {
    std::array<std::uint64_t, sizeof...(Parts)> all{};
    std::uint64_t h = 0;
    std::size_t i = 0;
    ((all[i++] = h = shape_of<Parts>(h)), ...);
    return all;
  }(typename format<T>::parts{});
}

// Reads `n` fields, leaves the others as they are by default, and ignores what follows.
template <class T>
constexpr result<T> decode_leading(bytes_view in, std::size_t n) {
  reader r(in);
  T value{};
  bool const taken = bind<count_fields<T>().fields>(value, [&]<class... Declared>(auto&... fields) {
    std::size_t i = 0;
    return ((i++ >= n || take_checked<std::remove_cvref_t<decltype(fields)>>(
                             r, existing<std::remove_cvref_t<decltype(fields)>>{fields})) &&
            ...);
  });
  if (taken) return value;
  return describe(r.failed, in.data(), type_name<T>);
}

}  // namespace ab::detail::canonical
