/// @file
/// What both sides of a remote store have to agree on, as a number.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/upcast/unknown_event.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab::detail {

class schema_hash {
 public:
  constexpr void add(std::uint64_t n) noexcept {
    for (int i = 0; i < 8; ++i, n >>= 8U) value_ = (value_ ^ (n & 0xFFU)) * 0x100000001B3U;
  }
  constexpr void add(std::string_view s) noexcept {
    add(s.size());
    for (char c : s) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  constexpr void add(definition const& d) noexcept {
    add(d.name);
    add(std::uint64_t{d.version});
  }
  constexpr std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

template <class Codec, class T>
constexpr void add_type(schema_hash& h) {
  h.add(definition_of<T>);
  if constexpr (!std::is_same_v<T, unknown_event>) {
    Codec::template require<T>();
    constexpr std::uint64_t shape = Codec::template shape<T>();
    h.add(shape);
  }
}
template <class Codec, class... Ts>
constexpr void add_types(schema_hash& h, one_of<Ts...> const*) {
  h.add(sizeof...(Ts));
  (add_type<Codec, Ts>(h), ...);
}

// The families with their types in order, old versions included, and what the policies put beside an event.
template <class Schema>
consteval std::uint64_t schema_id() {
  using codec = typename Schema::codec;
  schema_hash h;
  h.add(definition_of<codec>);
  h.add(static_cast<std::uint64_t>(Schema::first_revision));
  h.add(Schema::global ? 1U : 0U);
  h.add(Schema::lifts ? 1U : 0U);
  if constexpr (!std::is_empty_v<typename Schema::stamp>)
    h.add(canonical_codec::template shape<typename Schema::stamp>());
  if constexpr (!std::is_empty_v<typename Schema::meta>) h.add(codec::template shape<typename Schema::meta>());
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((add_types<codec>(h, static_cast<typename Schema::template family<I> const*>(nullptr)),
      add_types<codec>(
          h, static_cast<typename Schema::template stored<typename Schema::template family<I>> const*>(nullptr))),
     ...);
  }(std::make_index_sequence<Schema::family_count>());
  return h.value();
}

}  // namespace ab::detail
