// How a type is encoded: `format<T>`. The primary template sorts types into kinds; containers specialise it.
#pragma once

#include "anabranch/codec/detail/bind.hpp"
#include "anabranch/codec/detail/count.hpp"
#include "anabranch/codec/detail/cursor.hpp"
#include "anabranch/codec/detail/list.hpp"
#include "anabranch/codec/detail/scalar.hpp"
#include "anabranch/codec/detail/slot.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/codec/traits.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ab::detail::canonical {

// Why a type is refused. `require` has the sentence for each.
enum class fault : std::uint8_t {
  none,
  no_object,
  qualified,
  incomplete,
  pointer,
  c_array,
  union_type,
  long_double,
  odd_integer,
  open_enum,
  base_class,
  array_field,
  union_field,
  bit_field,
  too_many_fields,
  uncounted,
  bad_traits,
  inherited_fields,
  no_fields,
  no_default_constructor,
  unassignable_field,
  immovable,
  large_recursive,
  comparator,
  map_header,
  set_header,
  unordered_map_header,
  unordered_set_header,
  variant_header,
  other_container,
  other_span,
  other_class,
};

// What a fingerprint says of a type. The numbers are part of fingerprints that users have written down.
enum class tag : std::uint8_t {
  boolean = 1,
  unsigned_integer = 2,
  signed_integer = 3,
  floating = 4,
  character = 5,
  text = 6,
  sequence = 7,
  array = 8,
  optional = 9,
  record = 10,
  choice = 11,
  set = 12,
  map = 13,
  hashed_set = 14,
  hashed_map = 15,
  again = 16,
};

// A format has, besides `why`:
//   parts     the types that it is made of, as a list
//   kind      a tag, and `number` where there is more to say
//   least     how many bytes a value takes at least, and where `fixed` exactly
//   bitwise   whether those bytes are the ones in memory
//   borrows   whether a value points into the bytes that it is read from; `owns` where no part can make it so
//   size(value, meter), where not `fixed`
//   put(value, out)       writes, and returns the end
//   take(reader, place)   reads, and calls place with what makes the value; where `fixed`, reader.has was asked before
template <class T>
struct format;

struct format_defaults {
  static constexpr fault why = fault::none;
  using parts = list<>;
  static constexpr std::uint64_t number = 0;
  static constexpr bool compound = false;  // a class with parts of its own, as every circle of types has one
  static constexpr bool transparent = false;
  static constexpr bool bitwise = false;
  static constexpr bool borrows = false;
  static constexpr bool owns = false;
};

template <fault Why>
struct refused : format_defaults {
  static constexpr fault why = Why;
};

enum class category : std::uint8_t { scalar, enumeration, traits, fields, aggregate, refused };

template <class T>
concept complete = requires { sizeof(T); };
template <class T>
concept has_traits = requires { typename codec_traits<T>::stored; };
template <class T>
inline constexpr bool is_field_list = false;
template <class C, class... Fs>
inline constexpr bool is_field_list<field_list<C, Fs...>> = true;
template <class T>
concept has_fields = requires { requires is_field_list<decltype(field_access::of<T>())>; };

template <class T>
inline constexpr bool is_character =
    among<T, char, char8_t, char16_t, char32_t>;  // not wchar_t, whose width is the system's affair
template <class T>
concept stored_integer = std::is_integral_v<T> && !std::is_same_v<T, wchar_t> && sizeof(T) <= 8;

// A value outside the enumerators is fine where the underlying type is given, and undefined behaviour where it is not.
template <class T>
concept closed_enum = std::is_enum_v<T> && requires { T{std::underlying_type_t<T>{}}; };

template <class T>
inline constexpr auto counted = count_fields<T>();

template <class T>
consteval category category_of() {
  if constexpr (!std::is_object_v<T> || !std::is_same_v<T, std::remove_cv_t<T>> || std::is_array_v<T>) {
    return category::refused;
  } else if constexpr (!complete<T>) {
    return category::refused;
  } else if constexpr (has_traits<T>) {
    return category::traits;
  } else if constexpr (stored_integer<T> || std::is_same_v<T, float> || std::is_same_v<T, double>) {
    return category::scalar;
  } else if constexpr (closed_enum<T>) {
    return category::enumeration;
  } else if constexpr (!std::is_class_v<T>) {
    return category::refused;
  } else if constexpr (has_fields<T>) {
    return category::fields;
  } else if constexpr (std::is_aggregate_v<T>) {
    return counted<T>.how == counting::counted ? category::aggregate : category::refused;
  } else {
    return category::refused;
  }
}

// What is told from a container without including its header.
template <class T>
consteval fault why_no_class() {
  if constexpr (std::is_aggregate_v<T>) {
    switch (counted<T>.how) {
      case counting::too_many: return fault::too_many_fields;
      case counting::has_base: return fault::base_class;
      case counting::has_array: return fault::array_field;
      case counting::has_union: return fault::union_field;
      default: return fault::uncounted;
    }
  } else if constexpr (requires { typename T::mapped_type; }) {
    return requires { typename T::hasher; } ? fault::unordered_map_header : fault::map_header;
  } else if constexpr (requires { typename T::key_type; }) {
    return requires { typename T::hasher; } ? fault::unordered_set_header : fault::set_header;
  } else if constexpr (requires(T const& t) { t.valueless_by_exception(); }) {
    return fault::variant_header;
  } else if constexpr (requires(T const& t) { t.size_bytes(); }) {
    return fault::other_span;
  } else if constexpr (requires(T const& t) {
                         t.get();
                         t.operator->();
                       }) {
    return fault::pointer;
  } else if constexpr (requires(T const& t) {
                         typename T::value_type;
                         t.begin();
                         t.end();
                       }) {
    return fault::other_container;
  } else {
    return fault::other_class;
  }
}

template <class T>
consteval fault why_refused() {
  if constexpr (std::is_array_v<T>) {
    return fault::c_array;
  } else if constexpr (!std::is_object_v<T>) {
    return fault::no_object;
  } else if constexpr (!std::is_same_v<T, std::remove_cv_t<T>>) {
    return fault::qualified;
  } else if constexpr (!complete<T>) {
    return fault::incomplete;
  } else if constexpr (std::is_pointer_v<T> || std::is_member_pointer_v<T> || std::is_null_pointer_v<T>) {
    return fault::pointer;
  } else if constexpr (std::is_enum_v<T>) {
    return fault::open_enum;
  } else if constexpr (std::is_floating_point_v<T>) {
    return fault::long_double;
  } else if constexpr (std::is_union_v<T>) {
    return fault::union_type;
  } else if constexpr (std::is_class_v<T>) {
    return why_no_class<T>();
  } else {
    return fault::odd_integer;
  }
}

template <class T, category Category>
struct format_as : refused<why_refused<T>()> {};

template <class T>
struct format : format_as<T, category_of<T>()> {};

template <class T>
struct format_as<T, category::scalar> : format_defaults {
  static constexpr bool boolean = std::is_same_v<T, bool>;
  static constexpr tag kind = boolean                       ? tag::boolean
                              : is_character<T>             ? tag::character
                              : std::is_floating_point_v<T> ? tag::floating
                              : std::is_signed_v<T>         ? tag::signed_integer
                                                            : tag::unsigned_integer;
  static constexpr std::uint64_t number = sizeof(T);
  static constexpr std::size_t least = sizeof(T);
  static constexpr bool fixed = true;
  static constexpr bool bitwise = !boolean && little_endian;
  static_assert(!boolean || sizeof(bool) == 1);

  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put(T value, std::byte* out) noexcept {
    return store(to_bits(value), out);
  }
  template <class Place>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take(reader& r, Place&& place) {
    auto const bits = load<unsigned_of<sizeof(T)>>(r.at);
    if constexpr (boolean) {
      if (bits > 1) return r.fail(trouble::flag);
    }
    r.at += sizeof(T);
    place(from_bits<T>(bits));
    return true;
  }
};

template <class T>
struct format_as<T, category::enumeration> : format<std::underlying_type_t<T>> {
  using stored = format<std::underlying_type_t<T>>;

  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put(T value, std::byte* out) noexcept {
    return stored::put(static_cast<std::underlying_type_t<T>>(value), out);
  }
  template <class Place>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take(reader& r, Place&& place) {
    return stored::take(r, [&](auto value) { place(static_cast<T>(value)); });
  }
};

}  // namespace ab::detail::canonical
