/// @file
/// The operations of a commit on key-values. Made by handles (`settings.write`, …), run by `ab::commit`.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

// What every operation on a key has: the table and the checked key, or the error that says why there is none.
template <class Table>
class key_operation {
 public:
  constexpr key_operation(result<Table*> const& table, result<name> key) : table_(table), key_(std::move(key)) {}

  constexpr auto& engine() const noexcept { return (*table_)->engine(); }
  constexpr bool names_engine() const noexcept { return table_.has_value(); }

 protected:
  using entry = typename Table::entry;

  constexpr bool usable(detail::refusal& err) const noexcept {
    if (!table_) return err = table_.error(), false;
    if (!key_) return err = key_.error(), false;
    return true;
  }
  constexpr Table& table() const noexcept { return **table_; }
  constexpr name const& key() const noexcept { return *key_; }
  constexpr entry* find() const noexcept(noexcept(table().find(key()))) { return table().find(key()); }
  constexpr error of_key(errc c, std::string_view what, std::string_view advice) const noexcept {
    return {c, what, advice, text<120>(table().key().view()).append(" / ").append(key().view())};
  }

 private:
  result<Table*> table_;
  result<name> key_;
};

// Replaces what is under a key, and keeps the old entry until the commit is through.
template <class Table>
class replacing : public key_operation<Table> {
 public:
  using key_operation<Table>::key_operation;
  constexpr replacing(replacing&& o) noexcept
      : key_operation<Table>(std::move(o)),
        fresh_(std::exchange(o.fresh_, nullptr)),
        old_(std::exchange(o.old_, nullptr)) {}
  constexpr ~replacing() {
    delete fresh_;
    delete old_;
  }

  constexpr void undo() noexcept {
    if (!placed_) return;
    if (old_ != nullptr)
      fresh_ = this->table().exchange(std::exchange(old_, nullptr));
    else
      fresh_ = this->table().extract(this->key());
    placed_ = false;
  }

 protected:
  using typename key_operation<Table>::entry;

  template <class T>
  constexpr bool place(T value, detail::refusal& err) {
    if constexpr (requires { this->table().admits(value, err); }) {
      if (!this->table().admits(value, err)) return false;
    }
    delete std::exchange(fresh_, nullptr);  // of a staging that was undone
    fresh_ = this->table().make(this->key(), std::move(value));
    if (!this->table().stage_put(*fresh_, err)) return false;
    old_ = this->table().exchange(std::exchange(fresh_, nullptr));
    placed_ = true;
    return true;
  }

 private:
  entry* fresh_ = nullptr;
  entry* old_ = nullptr;
  bool placed_ = false;
};

template <class T, class Value>
constexpr T value_here(Value& v) {
  if constexpr (std::is_invocable_v<Value&>)
    return static_cast<T>(v());
  else
    return static_cast<T>(std::move(v));
}

}  // namespace detail

/// When a put goes through.
enum class put_mode { always, only_new };

/// Puts a value under a key; with `put_mode::only_new`, only where there is none.
template <class Table, class T, class Value, put_mode Mode>
class [[nodiscard("an operation does nothing until ab::commit")]] put_operation : public detail::replacing<Table> {
 public:
  using outcome_type = T;

  constexpr put_operation(result<Table*> const& t, result<name> key, Value v)
      : detail::replacing<Table>(t, std::move(key)), value_(std::move(v)) {}

  constexpr bool check(detail::refusal& err) const { return this->usable(err) && is_new(err); }
  constexpr bool stage(detail::refusal& err) {
    if (!is_new(err)) return false;  // the same commit may have put it
    if (std::is_invocable_v<Value&> || !outcome_) outcome_.emplace(detail::value_here<T>(value_));
    return this->place(*outcome_, err);
  }
  constexpr outcome_type outcome() { return std::move(*outcome_); }

 private:
  constexpr bool is_new(detail::refusal& err) const {
    if (Mode == put_mode::always || this->find() == nullptr) return true;
    err = this->of_key(errc::key_exists, "the key exists already", "use put to replace its value, or another key");
    return false;
  }

  Value value_;
  std::optional<T> outcome_{};
};

/// Puts `f(current value, or the default)` under a key.
template <class Table, class T, class F>
class [[nodiscard("an operation does nothing until ab::commit")]] update_operation : public detail::replacing<Table> {
 public:
  using outcome_type = T;

  constexpr update_operation(result<Table*> const& t, result<name> key, T otherwise, F f)
      : detail::replacing<Table>(t, std::move(key)), otherwise_(std::move(otherwise)), f_(std::move(f)) {}

  constexpr bool check(detail::refusal& err) const { return this->usable(err); }
  constexpr bool stage(detail::refusal& err) {
    if (auto const* e = this->find()) {
      auto const current = this->table().value_of(*e);
      if (!current) return err = current.error(), false;
      value_.emplace(f_(*current));
    } else {
      value_.emplace(f_(std::as_const(otherwise_)));
    }
    return this->place(*value_, err);
  }
  constexpr outcome_type outcome() { return *std::move(value_); }

 private:
  T otherwise_;
  std::optional<T> value_{};
  F f_;
};

/// Removes a key. The outcome says whether there was one.
template <class Table>
class [[nodiscard("an operation does nothing until ab::commit")]] erase_operation
    : public detail::key_operation<Table> {
 public:
  using outcome_type = bool;

  using detail::key_operation<Table>::key_operation;
  constexpr erase_operation(erase_operation&& o) noexcept
      : detail::key_operation<Table>(std::move(o)), old_(std::exchange(o.old_, nullptr)) {}
  constexpr ~erase_operation() { delete old_; }

  constexpr bool check(detail::refusal& err) const { return this->usable(err); }
  constexpr bool stage(detail::refusal& err) {
    was_there_ = false;
    if (this->find() == nullptr) return true;
    if (!this->table().stage_erase(this->key(), err)) return false;
    old_ = this->table().extract(this->key());
    was_there_ = true;
    return true;
  }
  constexpr void undo() noexcept {
    if (old_ != nullptr) (void)this->table().exchange(std::exchange(old_, nullptr));
  }
  constexpr outcome_type outcome() const noexcept { return was_there_; }

 private:
  typename Table::entry* old_ = nullptr;
  bool was_there_ = false;
};

/// Checks what is under a key; an empty expectation matches an absent key. Writes nothing.
template <class Table, class T>
class [[nodiscard("an operation does nothing until ab::commit")]] expect_value_operation
    : public detail::key_operation<Table> {
 public:
  using outcome_type = void;

  constexpr expect_value_operation(result<Table*> const& t, result<name> key, std::optional<T> expected)
      : detail::key_operation<Table>(t, std::move(key)), expected_(std::move(expected)) {}

  constexpr bool check(detail::refusal& err) const {
    if (!this->usable(err)) return false;
    auto const* e = this->find();
    bool met = (e != nullptr) == expected_.has_value();
    if (met && e != nullptr) {
      auto const current = this->table().value_of(*e);
      if (!current) return err = current.error(), false;
      met = *current == *expected_;
    }
    if (!met)
      err = this->of_key(errc::value_mismatch, "the key holds another value", "read it, decide again, and retry");
    return met;
  }

 private:
  std::optional<T> expected_;
};

}  // namespace ab
