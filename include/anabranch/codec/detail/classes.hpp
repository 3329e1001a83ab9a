// Classes: plain aggregates, classes that list their `fields`, and types with `codec_traits`.
#pragma once

#include "anabranch/codec/detail/record.hpp"
#include "anabranch/core/result.hpp"

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab::detail::canonical {

template <class... Fields>
list<std::remove_const_t<Fields>...> without_const(list<Fields...>);
has_bit_field without_const(has_bit_field);

template <class T>
using aggregate_parts = decltype(without_const(bound_types<T, counted<T>.fields>{}));

// Function objects, since a compiler can't be told to inline a lambda without leaving the standard's grammar.
template <class T, class Parts>
struct aggregate_visits;
template <class T, class... Parts>
struct aggregate_visits<T, list<Parts...>> {
  struct measure {
    meter& m;
    template <class...>
    ANABRANCH_ALWAYS_INLINE constexpr std::size_t operator()(Parts const&... fields) const {
      return record<list<Parts...>>::size_of_fields(m, fields...);
    }
  };
  struct write {
    std::byte* out;
    template <class...>
    ANABRANCH_ALWAYS_INLINE constexpr std::byte* operator()(Parts const&... fields) const {
      return record<list<Parts...>>::put_fields(out, fields...);
    }
  };
  template <class Place>
  struct make {
    Place& place;
    ANABRANCH_ALWAYS_INLINE constexpr void operator()(Parts&&... fields) const {
      place(elided{[&] { return T{std::move(fields)...}; }});
    }
  };

  // No bytes between or after the fields, so that memory and encoding are the same.
  static constexpr bool same_as_memory =
      std::is_trivially_copyable_v<T> && (format<Parts>::bitwise && ...) && record<list<Parts...>>::least == sizeof(T);
};

template <class T, class Parts>
struct aggregate : record<Parts> {
  using visits = aggregate_visits<T, Parts>;
  static constexpr bool compound = true;
  static constexpr bool bitwise = visits::same_as_memory;
  static constexpr std::size_t count = counted<T>.fields;

  static constexpr std::size_t size(T const& value, meter& m) {
    return bind<count>(value, typename visits::measure{m});
  }
  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put(T const& value, std::byte* out) {
    return bind<count>(value, typename visits::write{out});
  }
  template <class Place>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take(reader& r, Place&& place) {
    using make = typename visits::template make<std::remove_reference_t<Place>>;
    if constexpr (aggregate::fixed)
      return aggregate::take_then(r, make{place});
    else
      return take_variable(r, make{place});
  }

 private:
  // For the compiler to inline or not, since it may be long.
  template <class Make>
  static constexpr bool take_variable(reader& r, Make make) {
    return aggregate::take_then(r, make);
  }
};
template <class T>
struct aggregate<T, has_bit_field> : refused<fault::bit_field> {};

template <class T>
struct format_as<T, category::aggregate> : aggregate<T, aggregate_parts<T>> {};

template <class T, class List>
struct class_with_fields : refused<fault::inherited_fields> {};

template <class T, class... Fields>
consteval fault why_no_fields() {
  if (sizeof...(Fields) == 0 && !std::is_empty_v<T>) return fault::no_fields;
  if (!std::default_initializable<T>) return fault::no_default_constructor;
  if (!(std::is_move_assignable_v<Fields> && ...)) return fault::unassignable_field;
  return fault::none;
}

template <class T, class... Fields>
struct class_with_fields<T, field_list<T, Fields...>> : record<list<Fields...>> {
  static constexpr bool compound = true;
  static constexpr fault why = why_no_fields<T, Fields...>();
  static constexpr auto pointers = field_access::of<T>().pointers;
  using numbers = std::index_sequence_for<Fields...>;

  static constexpr std::size_t size(T const& value, meter& m) { return size_in(numbers{}, value, m); }
  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put(T const& value, std::byte* out) {
    return put_in(numbers{}, value, out);
  }
  template <class Place>
  ANABRANCH_ALWAYS_INLINE static constexpr bool take(reader& r, Place&& place) {
    return take_in(numbers{}, r, place());
  }

 private:
  template <std::size_t... I>
  static constexpr std::size_t size_in(std::index_sequence<I...>, T const& value, meter& m) {
    return class_with_fields::size_of_fields(m, value.*std::get<I>(pointers)...);
  }
  template <std::size_t... I>
  ANABRANCH_ALWAYS_INLINE static constexpr std::byte* put_in(std::index_sequence<I...>, T const& value,
                                                             std::byte* out) {
    return class_with_fields::put_fields(out, value.*std::get<I>(pointers)...);
  }
  template <std::size_t... I>
  static constexpr bool take_in(std::index_sequence<I...>, reader& r, T& value) {
    return class_with_fields::take_fields(r, existing<Fields>{value.*std::get<I>(pointers)}...);
  }
};

template <class T>
struct format_as<T, category::fields> : class_with_fields<T, decltype(field_access::of<T>())> {};

template <class T>
concept good_traits = requires(T const& value, typename codec_traits<T>::stored stored) {
  requires std::is_object_v<typename codec_traits<T>::stored>;
  { codec_traits<T>::to(value) } -> std::convertible_to<typename codec_traits<T>::stored const&>;
  { codec_traits<T>::from(std::move(stored)) } -> std::convertible_to<result<T>>;
};

template <class T>
struct format_as<T, category::traits> : refused<fault::bad_traits> {};

template <class T>
  requires good_traits<T>
struct format_as<T, category::traits> : format_defaults {
  using traits = codec_traits<T>;
  using stored = typename traits::stored;
  using parts = list<stored>;
  static constexpr bool compound = true;
  static constexpr bool transparent = true;  // the fingerprint is that of what is stored
  static constexpr std::size_t least = format<stored>::least;
  static constexpr bool fixed = format<stored>::fixed;
  static constexpr bool owns = requires { requires !traits::borrows; };

  static constexpr std::size_t size(T const& value, meter& m) {
    stored const& inner = traits::to(value);
    return size_of(inner, m);
  }
  static constexpr std::byte* put(T const& value, std::byte* out) {
    stored const& inner = traits::to(value);
    return canonical::put(inner, out);
  }
  template <class Place>
  static constexpr bool take(reader& r, Place&& place) {
    slot<stored> inner;
    auto const start = r.at;
    if (!canonical::take<stored>(r, inner)) return false;
    auto made = traits::from(inner.take());
    if constexpr (is_result<decltype(made)>) {
      if (!made) {
        r.at = start;
        r.failed.said = made.error().what;
        r.failed.advised = made.error().advice;
        return r.fail(trouble::rejected);
      }
      place(*std::move(made));
    } else {
      place(T(std::move(made)));
    }
    return true;
  }
};

}  // namespace ab::detail::canonical
