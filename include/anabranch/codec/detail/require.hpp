// What a refused type is told. One sentence each: what is wrong, and what to do.
#pragma once

#include "anabranch/codec/detail/structure.hpp"

namespace ab::detail::canonical {

template <fault F>
consteval void say_container() {
  static_assert(F != fault::map_header,
                "ab::canonical_codec: for std::map include anabranch/codec/types/map.hpp; for another map specialise "
                "ab::codec_traits");
  static_assert(F != fault::set_header,
                "ab::canonical_codec: for std::set include anabranch/codec/types/set.hpp; for another set specialise "
                "ab::codec_traits");
  static_assert(
      F != fault::unordered_map_header,
      "ab::canonical_codec: for std::unordered_map include anabranch/codec/types/unordered_map.hpp; for another "
      "hash map specialise ab::codec_traits");
  static_assert(
      F != fault::unordered_set_header,
      "ab::canonical_codec: for std::unordered_set include anabranch/codec/types/unordered_set.hpp; for another "
      "hash set specialise ab::codec_traits");
  static_assert(F != fault::variant_header,
                "ab::canonical_codec: for std::variant include anabranch/codec/types/variant.hpp, or use ab::one_of");
  static_assert(F != fault::other_container,
                "ab::canonical_codec: this container is not known; for std::deque include "
                "anabranch/codec/types/deque.hpp, otherwise use std::vector or specialise ab::codec_traits");
  static_assert(
      F != fault::other_span,
      "ab::canonical_codec: only std::span<std::byte const> of dynamic size can be stored, since the bytes of "
      "other elements may lie at no address for them; use std::vector");
  static_assert(
      F != fault::comparator,
      "ab::canonical_codec: the comparator, hash or equality of this container has a state, which is not stored; "
      "use one without");
}

template <fault F>
consteval void say_class() {
  static_assert(
      F != fault::base_class,
      "ab::canonical_codec: an aggregate with a base class can't be taken apart; make the base a field, or list "
      "all fields with ab::fields");
  static_assert(F != fault::array_field, "ab::canonical_codec: a field is a C array; make it a std::array");
  static_assert(F != fault::union_field,
                "ab::canonical_codec: a field is a union, which doesn't know what it holds; make it an ab::one_of");
  static_assert(F != fault::bit_field,
                "ab::canonical_codec: a field is a bit-field, which would be cut when it is read; make it an integer");
  static_assert(
      F != fault::too_many_fields,
      "ab::canonical_codec: an aggregate has more than 32 fields (a C array counts as its elements); group them "
      "in structs, or list them with ab::fields");
  static_assert(F != fault::uncounted,
                "ab::canonical_codec: the fields of this aggregate can't be counted, so nothing of it is stored; a "
                "reference is the usual reason: store a value instead, or list the fields with ab::fields");
  static_assert(F != fault::other_class,
                "ab::canonical_codec: this class is no plain aggregate; make its members public, list them with "
                "ab::fields, or specialise ab::codec_traits");
  static_assert(
      F != fault::bad_traits,
      "ab::canonical_codec: ab::codec_traits of this type needs `using stored`, `static stored to(T const&)` and "
      "`static ab::result<T> from(stored)`");
  static_assert(
      F != fault::inherited_fields,
      "ab::canonical_codec: `fields` is inherited, so what the derived class adds would be lost; give it its own, "
      "with ab::fields<derived>(...)");
  static_assert(F != fault::no_fields,
                "ab::canonical_codec: `fields` lists nothing, so nothing of the class would be stored");
  static_assert(F != fault::no_default_constructor,
                "ab::canonical_codec: a class with `fields` needs a public default constructor to be read; otherwise "
                "specialise ab::codec_traits");
  static_assert(F != fault::unassignable_field,
                "ab::canonical_codec: `fields` lists a member that can't be assigned, such as a const one; specialise "
                "ab::codec_traits");
  static_assert(F != fault::immovable,
                "ab::canonical_codec: a type that can't be moved can't be returned when it is read");
  static_assert(F != fault::large_recursive,
                "ab::canonical_codec: a type that contains itself, or a type in it, takes more than 1024 bytes, so "
                "that reading a "
                "deep one could overflow the stack; move its large fields into a std::vector");
}

template <fault F>
consteval void say_type() {
  static_assert(F != fault::no_object,
                "ab::canonical_codec: a reference, a function or void can't be stored; store a value");
  static_assert(F != fault::qualified,
                "ab::canonical_codec: a const or volatile element can't be read into; leave the qualifier out");
  static_assert(F != fault::incomplete, "ab::canonical_codec: the type is only declared here; define it before");
  static_assert(
      F != fault::pointer,
      "ab::canonical_codec: a pointer means nothing to whoever reads it; store what it points to, an id, or a "
      "std::optional");
  static_assert(F != fault::c_array, "ab::canonical_codec: a C array; use std::array");
  static_assert(F != fault::union_type, "ab::canonical_codec: a union doesn't know what it holds; use ab::one_of");
  static_assert(F != fault::long_double,
                "ab::canonical_codec: this floating-point type differs between systems; use double");
  static_assert(F != fault::odd_integer,
                "ab::canonical_codec: the width of this integer differs between systems or is beyond 64 bits; use "
                "std::int64_t, char32_t or the like");
  static_assert(
      F != fault::open_enum,
      "ab::canonical_codec: an enum without an underlying type can't hold every number that may be read; write "
      "`enum class e : std::uint8_t`");
}

template <class T, class... Above>
consteval void require() {
  if constexpr (!among<T, Above...> && !encodable<T>) {
    constexpr fault found = own_fault<T>();
    say_type<found>();
    say_class<found>();
    say_container<found>();
    []<class... Parts>(list<Parts...>) { (require<Parts, Above..., T>(), ...); }(typename format<T>::parts{});
  }
}

}  // namespace ab::detail::canonical
