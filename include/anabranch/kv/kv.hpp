/// @file
/// `ab::kv`: a handle to a table of key-values.
#pragma once

#include "anabranch/core/detail/sort.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/kv/key.hpp"
#include "anabranch/kv/operations.hpp"

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

/// A handle to a table of values of type `T` by key. Cheap to copy; valid while the store lives, also when it is moved.
///
/// Keys follow the rules of `ab::name`; a bad one is an error value. A table never touches the streams. Each call is one
/// commit and as durable as the store's; `write`, `write_new`, `write_erasure` and `expect` give the same as operations
/// for `ab::commit`. Thread-safe where the store is `ab::locked`. A handle to a table of another type gives
/// `errc::wrong_type` on every use. Calls are O(1) expected plus the size of the value.
/// @tparam Table the storage's table; get a handle from `store::kv`
template <class Table, class T>
class kv {
  static_assert(std::copy_constructible<T>,
                "ab::kv: values are copied out of the store, so T needs a copy constructor");
  static_assert(
      std::is_nothrow_move_constructible_v<T>,
      "ab::kv: T needs a move constructor that is noexcept, so that nothing can fail once a commit is through");

 public:
  using value_type = T;

  constexpr explicit kv(result<Table*> const& t) noexcept : table_(t) {}

  /// The value under `key`; empty where there is none.
  constexpr result<std::optional<T>> get(ab::key key) const {
    return lookup(key, [](Table const& t, auto const* e) -> result<std::optional<T>> {
      if (e == nullptr) return std::optional<T>{};
      return t.value_of(*e).transform([](T v) { return std::optional<T>(std::move(v)); });
    });
  }
  /// The value under `key`, or `otherwise`.
  constexpr result<T> get_or(ab::key key, T otherwise) const {
    auto v = get(key);
    if (!v) return v.error();
    if (v->has_value()) return std::move(**v);
    return otherwise;
  }
  constexpr result<bool> contains(ab::key key) const {
    return lookup(key, [](Table const&, auto const* e) -> result<bool> { return e != nullptr; });
  }
  /// All keys, sorted bytewise. O(n log n).
  constexpr result<std::vector<name>> keys() const {
    if (!table_) return table_.error();
    auto const lock = (*table_)->engine().guard();
    if constexpr (requires(detail::refusal& err) { (*table_)->ask_keys(err); }) {
      if (detail::refusal err; !(*table_)->ask_keys(err)) return err.said();
    }
    std::vector<name> all;
    all.reserve((*table_)->size());
    (*table_)->each_key([&](name const& k) { all.push_back(k); });
    detail::sort(all);
    return all;
  }

  /// Puts `value` under `key`, whatever is there. @return the value
  constexpr result<T> put(ab::key key, T value) { return commit(write(key, std::move(value))); }
  /// Puts `value` under `key` where there is none; otherwise `errc::key_exists`.
  constexpr result<T> put_new(ab::key key, T value) { return commit(write_new(key, std::move(value))); }
  /// Removes `key`. @return whether it was there
  constexpr result<bool> erase(ab::key key) { return commit(write_erasure(key)); }
  /// Puts `f(current)`, or `f(otherwise)` where there is none, in one step. `f` mustn't use the store. @return the new value
  template <class F>
  constexpr result<T> update(ab::key key, T otherwise, F f) {
    static_assert(
        std::is_invocable_r_v<T, F&, T const&>,
        "ab::kv: update(key, otherwise, f) calls f with the value, or with `otherwise` where there is none, and puts "
        "what f returns: f takes a T const& and returns a T");
    return commit(update_operation<Table, T, F>(table_, key.checked(), std::move(otherwise), std::move(f)));
  }
  /// Puts `desired` where the value is `expected`, or where there is none and `expected` is empty; otherwise `errc::value_mismatch`.
  constexpr result<T> compare_and_swap(ab::key key, std::optional<T> expected, T desired) {
    return commit(expect(key, std::move(expected)), write(key, std::move(desired)));
  }

  /// The operation that puts `value`: a `T`, or a callable that gives one when it is staged (`a.revision_here()`).
  template <class Value = T>
  constexpr auto write(ab::key key, Value value) const {
    static_assert(std::is_constructible_v<T, Value> || std::is_invocable_v<Value&>,
                  "ab::kv: the value is not of the table's type");
    return put_operation<Table, T, Value, put_mode::always>(table_, key.checked(), std::move(value));
  }
  template <class Value = T>
  constexpr auto write_new(ab::key key, Value value) const {
    static_assert(std::is_constructible_v<T, Value> || std::is_invocable_v<Value&>,
                  "ab::kv: the value is not of the table's type");
    return put_operation<Table, T, Value, put_mode::only_new>(table_, key.checked(), std::move(value));
  }
  constexpr auto write_erasure(ab::key key) const { return erase_operation<Table>(table_, key.checked()); }
  constexpr auto expect(ab::key key, std::optional<T> expected) const {
    static_assert(std::equality_comparable<T>, "ab::kv: to compare values, T needs operator==");
    return expect_value_operation<Table, T>(table_, key.checked(), std::move(expected));
  }

 private:
  template <class F>
  constexpr auto lookup(ab::key key, F f) const
      -> decltype(f(std::declval<Table const&>(), std::declval<typename Table::entry const*>())) {
    if (!table_) return table_.error();
    if (auto const k = key.checked(); !k) return k.error();
    auto const lock = (*table_)->engine().guard();
    if constexpr (requires(detail::refusal& err) { (*table_)->ask(key.view(), err); }) {
      if (detail::refusal err; !(*table_)->ask(key.view(), err)) return err.said();
    }
    return f(**table_, static_cast<typename Table::entry const*>((*table_)->find(key.view())));
  }
  template <class... Ops>
  constexpr auto commit(Ops... ops) -> decltype(std::declval<Table&>().engine().commit(ops...)) {
    if (!table_) return table_.error();
    return (*table_)->engine().commit(ops...);
  }

  result<Table*> table_;
};

}  // namespace ab
