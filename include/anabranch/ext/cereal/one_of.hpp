/// @file
/// cereal's functions for `ab::one_of`: what is held, under the name of its type.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/one_of.hpp"

#include <cereal/cereal.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class... Ts>
consteval bool names_must_differ() {
  constexpr std::string_view names[] = {definition_of<Ts>.name...};
  bool differ = true;
  for (std::size_t i = 0; i < sizeof...(Ts); ++i) {
    for (std::size_t j = 0; j < i; ++j) differ = differ && names[i] != names[j];
  }
  return differ;
}

}  // namespace detail

/// Writes what is held in an `ab::one_of`, with any archive of cereal: as JSON `{"type":"said","data":{…}}`. The name is that of
/// the type's definition, without its version, so that alternatives may be added and put in another order.
template <class Archive, class... Ts>
void CEREAL_SAVE_FUNCTION_NAME(Archive& out, one_of<Ts...> const& value) {
  static_assert(detail::names_must_differ<Ts...>(),
                "cereal: two types of this ab::one_of have one name; give them definitions of different names");
  value.visit([&]<class T>(T const& held) {
    out(cereal::make_nvp("type", std::string(definition_of<T>.name)), cereal::make_nvp("data", held));
  });
}

/// Reads it. Throws `cereal::Exception` where no alternative has the name that is there; the value then is what it was.
/// @tparam Ts types with a default constructor
template <class Archive, class... Ts>
void CEREAL_LOAD_FUNCTION_NAME(Archive& in, one_of<Ts...>& value) {
  static_assert((std::is_default_constructible_v<Ts> && ...),
                "cereal: to read an ab::one_of, each of its types needs a default constructor");
  std::string type;
  in(cereal::make_nvp("type", type));
  auto const take = [&]<class T>(std::in_place_type_t<T>) {
    T held{};
    in(cereal::make_nvp("data", held));
    value = std::move(held);
    return true;
  };
  if (!((type == definition_of<Ts>.name && take(std::in_place_type<Ts>)) || ...))
    throw cereal::Exception("no type is called " + type);
}

}  // namespace ab
