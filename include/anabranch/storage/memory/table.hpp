/// @file
/// Key-values in memory.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/detail/name_table.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/detail/type_token.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ab::detail {

struct memory_table_base {
  name key_;
  void const* type;

  constexpr memory_table_base(name const& n, void const* t) : key_(n), type(t) {}
  memory_table_base(memory_table_base const&) = delete;
  memory_table_base& operator=(memory_table_base const&) = delete;
  constexpr virtual ~memory_table_base() = default;
  constexpr name const& key() const noexcept { return key_; }
  constexpr virtual std::size_t size() const noexcept = 0;
};

// The values of one table, typed. An entry is replaced whole, so that undoing is putting the old one back.
template <class Engine, class T>
class memory_table : public memory_table_base {
 public:
  struct entry {
    name key_;
    T value;
    constexpr name const& key() const noexcept { return key_; }
  };

  constexpr memory_table(name const& n, Engine& e) : memory_table_base(n, &type_token<T>), engine_(&e) {}
  constexpr ~memory_table() override {
    entries_.each([](entry& e) { delete &e; });
  }

  constexpr Engine& engine() const noexcept { return *engine_; }
  constexpr entry* find(std::string_view key) const noexcept { return entries_.find(key); }
  constexpr result<T> value_of(entry const& e) const { return e.value; }
  constexpr entry* make(name const& key, T value) { return new entry{key, std::move(value)}; }

  // Nothing to log: what is put is all there is.
  constexpr bool stage_put(entry const&, refusal&) {
    entries_.reserve(1);
    return true;
  }
  constexpr bool stage_erase(name const&, refusal&) { return true; }
  constexpr entry* exchange(entry* e) noexcept { return entries_.exchange(e); }
  constexpr entry* extract(std::string_view key) noexcept { return entries_.extract(key); }

  constexpr std::size_t size() const noexcept override { return entries_.size(); }
  template <class F>
  constexpr void each_key(F&& f) const {
    entries_.each([&](entry const& e) { f(e.key()); });
  }

 private:
  Engine* engine_;
  name_table<entry> entries_{};
};

// A value that only others know the type of: what a server keeps for its clients.
struct opaque_value {
  bytes value;
};

template <class Engine>
struct opaque_table final : memory_table<Engine, opaque_value> {
  std::uint64_t shape;
  opaque_table(name const& n, Engine& e, std::uint64_t s) : memory_table<Engine, opaque_value>(n, e), shape(s) {}
};

template <class Engine>
class memory_bytes_table {
 public:
  using entry = typename memory_table<Engine, opaque_value>::entry;

  explicit memory_bytes_table(opaque_table<Engine>& t) noexcept : table_(&t) {}

  entry* find(std::string_view key) const noexcept { return table_->find(key); }
  static bytes_view bytes_of(entry const& e) noexcept { return e.value.value; }
  static entry* make_of(name const& key, bytes value) { return new entry{key, {std::move(value)}}; }
  bool stage_put(entry const& e, refusal& err) { return table_->stage_put(e, err); }
  bool stage_erase(name const& key, refusal& err) { return table_->stage_erase(key, err); }
  entry* exchange(entry* e) noexcept { return table_->exchange(e); }
  entry* extract(std::string_view key) noexcept { return table_->extract(key); }
  std::size_t size() const noexcept { return table_->size(); }
  template <class F>
  void each_key(F&& f) const {
    table_->each_key(f);
  }

 private:
  opaque_table<Engine>* table_;
};

}  // namespace ab::detail
