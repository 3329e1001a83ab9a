// How many fields an aggregate has: by asking which braced lists initialise it. C++20 has no reflection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ab::detail::canonical {

inline constexpr std::size_t max_fields = 32;

// Clauses of a braced list. Never called: they only stand in questions about `T{...}`. Defined, since Clang counts a
// question as a use where a constructor's noexcept asks one in turn.
template <class T>
struct any_value {
  template <class F>
    requires(!std::is_same_v<F, T>)
  operator F() const {
    __builtin_unreachable();
  }
};
template <class T>
struct any_base {
  template <class F>
    requires(!std::is_same_v<F, T> && std::is_base_of_v<F, T>)
  operator F() const {
    __builtin_unreachable();
  }
};
struct any_union {
  template <class F>
    requires std::is_union_v<F>
  operator F() const {
    __builtin_unreachable();
  }
};
struct any_lvalue {
  template <class F>
  operator F&() const {
    __builtin_unreachable();
  }
};
struct unrelated {};  // what only a constructor template that takes anything accepts

template <class T, std::size_t>
using any_at = any_value<T>;
template <std::size_t N>
using first = std::make_index_sequence<N>;

template <class T, class... Clauses>
concept takes = requires { T{std::declval<Clauses>()...}; };

template <class T, std::size_t... I>
consteval bool takes_values(std::index_sequence<I...>) {
  return takes<T, any_at<T, I>...>;
}
template <class T, class Clause, std::size_t... Before, std::size_t... After>
consteval bool takes_between(std::index_sequence<Before...>, std::index_sequence<After...>) {
  return takes<T, any_at<T, Before>..., Clause, any_at<T, After>...>;
}
template <class T, std::size_t... Before, std::size_t... After>
consteval bool takes_empty_braces(std::index_sequence<Before...>, std::index_sequence<After...>) {
  return requires { T{std::declval<any_at<T, Before>>()..., {}, std::declval<any_at<T, After>>()...}; };
}
template <class T, std::size_t... Before, std::size_t... Inner, std::size_t... After>
consteval bool takes_braces(std::index_sequence<Before...>, std::index_sequence<Inner...>,
                            std::index_sequence<After...>) {
  return requires {
    T{std::declval<any_at<T, Before>>()..., {std::declval<any_at<T, Inner>>()...}, std::declval<any_at<T, After>>()...};
  };
}

// Only here a clause of `Clause`'s kind, and not because the field takes anything at all.
template <class T, class Clause, std::size_t Count, std::size_t At>
consteval bool takes_only() {
  return takes_between<T, Clause>(first<At>{}, first<Count - At - 1>{}) &&
         !takes_between<T, unrelated>(first<At>{}, first<Count - At - 1>{});
}

// The longest list of values that T takes, max_fields + 1 where that many or more, 0 where none. Short lists are
// refused where a later field needs a value, hence the search for the first accepted one.
template <class T, std::size_t N = 1, bool Found = false>
consteval std::size_t longest_list() {
  constexpr bool accepted = takes_values<T>(first<N>{});
  if constexpr (Found && !accepted)
    return N - 1;
  else if constexpr (N > max_fields)
    return accepted ? N : 0;
  else
    return longest_list<T, N + 1, accepted>();
}

// Whether a C array of at least two elements starts at clause `At`: braces around exactly `Inner` of the clauses are
// accepted, and leave no room for one more clause. Braces around a class leave room for the fields that follow it.
template <class T, std::size_t Count, std::size_t At, std::size_t Inner = 2>
consteval bool array_at() {
  if constexpr (At + Inner > Count) {
    return false;
  } else {
    constexpr auto rest = Count - At - Inner;
    if constexpr (takes_braces<T>(first<At>{}, first<Inner>{}, first<rest>{}) &&
                  !takes_braces<T>(first<At>{}, first<Inner>{}, first<rest + 1>{}))
      return true;
    else
      return array_at<T, Count, At, Inner + 1>();
  }
}

// Empty braces stand for exactly one field, so where the other clauses still fit it is no array.
template <class T, std::size_t Count, std::size_t At>
consteval bool suspected_array_at() {
  if constexpr (takes_empty_braces<T>(first<At>{}, first<Count - At - 1>{}))
    return false;
  else
    return array_at<T, Count, At>();
}

enum class counting : std::uint8_t { counted, too_many, has_base, has_array, has_union, failed };

struct field_count {
  counting how = counting::failed;
  std::size_t fields = 0;
};

template <class T>
consteval field_count count_fields() {
  constexpr auto count = longest_list<T>();
  if constexpr (count > max_fields) {
    return {counting::too_many, count};
  } else if constexpr (count == 0) {
    return {std::is_empty_v<T> && takes<T> ? counting::counted : counting::failed, 0};
  } else if constexpr (takes_only<T, any_base<T>, count, 0>()) {
    return {counting::has_base, count};
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) -> field_count {
      if (takes_between<T, any_lvalue>(first<count>{}, first<0>{}) || takes_empty_braces<T>(first<count>{}, first<0>{}))
        return {counting::failed, count};  // one more field, which takes no value
      if ((suspected_array_at<T, count, I>() || ...)) return {counting::has_array, count};
      if ((takes_only<T, any_union, count, I>() || ...)) return {counting::has_union, count};
      return {counting::counted, count};
    }(first<count>{});
  }
}

}  // namespace ab::detail::canonical
