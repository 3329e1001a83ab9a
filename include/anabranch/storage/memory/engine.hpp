/// @file
/// A store in memory: its streams, tables, clock and order.
#pragma once

#include "anabranch/core/detail/name_table.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/policies/concurrency.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/memory/order.hpp"
#include "anabranch/storage/memory/stream.hpp"
#include "anabranch/storage/memory/table.hpp"
#include "anabranch/storage/schema.hpp"
#include "anabranch/storage/stream_nodes.hpp"
#include "anabranch/storage/transaction.hpp"
#include "anabranch/upcast/detail/lift.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

template <class Schema>
class memory_engine {
 public:
  using schema = Schema;
  using stream_base = memory_stream_base<memory_engine>;
  template <class E>
  using stream_type = memory_stream<memory_engine, E>;
  template <class T>
  using table_type = memory_table<memory_engine, T>;
  using hold = typename gate<typename schema::concurrency>::hold;
  using clock_type = typename schema::clock;
  using stamp = typename schema::stamp;
  using position_type = typename schema::position_type;
  using info = typename schema::info;
  using recorded_type = recorded<typename schema::any_event, info>;

  // Whether a scan from within an operation's check sees all that comes before the commit.
  static constexpr bool scans_in_checks = schema::global;

  constexpr memory_engine() = default;
  memory_engine(memory_engine const&) = delete;
  memory_engine& operator=(memory_engine const&) = delete;
  constexpr ~memory_engine() {
    tables_.each([](memory_table_base& t) { delete &t; });
  }

  // The stream of that name, made where there is none; never null. O(1) expected.
  template <class E>
  constexpr stream_type<E>* stream(name const& n) {
    hold const lock(gate_);
    if (auto* s = streams_.template find<E>(n, *this)) return s;
    return streams_.template make<E>(n, *this);
  }

  // The table of that name; null where it holds values of another type.
  template <class T>
  constexpr result<table_type<T>*> table(name const& n) {
    hold const lock(gate_);
    if (auto* t = tables_.find(n)) {
      if (t->type == &type_token<T>) return static_cast<table_type<T>*>(t);
      return wrong_table(n);
    }
    tables_.reserve(1);
    auto* t = new table_type<T>(n, *this);
    tables_.exchange(t);
    return t;
  }

  // A table of values of some shape, whose type is not known here: what a server keeps for its clients. Nobody else's.
  result<memory_bytes_table<memory_engine>> bytes_table(name const& n, std::uint64_t shape) {
    hold const lock(gate_);
    using table_of = opaque_table<memory_engine>;
    if (auto* t = tables_.find(n)) {
      if (t->type != &type_token<opaque_value> || static_cast<table_of*>(t)->shape != shape) return wrong_table(n);
      return memory_bytes_table<memory_engine>(*static_cast<table_of*>(t));
    }
    tables_.reserve(1);
    auto* t = new table_of(n, *this, shape);
    tables_.exchange(t);
    return memory_bytes_table<memory_engine>(*t);
  }

  template <class... Ops>
  ANABRANCH_ALWAYS_INLINE constexpr result<outcomes<Ops...>> commit(Ops&... ops) {
    hold const lock(gate_);
    if constexpr (schema::concurrency::shared) {
      if (lock.reentered()) return commit_inside_callback();
    }
    if (commits_ > 0 || scanning()) [[unlikely]]
      return commit_inside_callback();
    if constexpr ((quiet<Ops> && ...)) {
      refusal err;
      if (!run(*this, err, ops...)) return err;
      return outcome_of(ops...);
    } else {
      depth const here(commits_);
      refusal err;
      if (!run(*this, err, ops...)) return err;
      return outcome_of(ops...);
    }
  }
  constexpr bool finish(refusal&) noexcept { return true; }

  constexpr hold guard() const { return hold(gate_); }
  constexpr clock_type& clock() noexcept { return clock_; }
  constexpr stamp now() noexcept { return clock_.now(); }

  ANABRANCH_ALWAYS_INLINE constexpr void reserve_order([[maybe_unused]] std::size_t n) {
    if constexpr (schema::global) order_.reserve(n);
  }
  ANABRANCH_ALWAYS_INLINE constexpr position_type next_position() const noexcept {
    if constexpr (schema::global) return order_.last().next();
    return {};
  }
  // Room was reserved.
  ANABRANCH_ALWAYS_INLINE constexpr void number(stream_base& s, revision r) noexcept {
    if constexpr (schema::global) order_.number(s, r);
  }
  constexpr void unnumber(std::size_t n) noexcept {
    if constexpr (schema::global) order_.unnumber(n);
  }
  constexpr void note_gone(position p) noexcept { order_.note_gone(p); }
  constexpr position last_position() const noexcept { return order_.last(); }
  constexpr position gone() const noexcept { return order_.gone(); }
  constexpr bool scanning() const noexcept {
    if constexpr (schema::global) return order_.scanning();
    return false;
  }

  // Calls `f(stream)` for each stream that has a handle, whatever is in it.
  template <class F>
  constexpr void each_stream(F&& f) const {
    streams_.each(f);
  }
  // Calls `f(name, keys)` for each table that has a handle.
  template <class F>
  constexpr void each_table(F&& f) const {
    tables_.each([&](memory_table_base const& t) { f(t.key(), t.size()); });
  }

  // Calls `f(data, info)` for each event of `r`, in commit order; with `stored`, of those that are left. Gives the position of the last.
  template <class F>
  constexpr result<position> scan(place_range<position> r, F&& f, bool stored = false) {
    refusal err, broken;
    bool whole = true;
    position seen{};
    auto const ok = order_.scan(r, stored, err, [&](stream_base& s, revision at) {
      streams_type::visit(s, [&](auto const& stream) {
        if (at < stream.first()) return;
        auto const& row = stream.row(at);
        seen = row.position;
        info const here{s.key(), at, row.at, row.position, row.meta, {}};
        row.data.visit([&](auto const& data) {
          if constexpr (schema::lifts) {
            auto const peek = [&stream](revision other, auto&& g) { return stream.visit_at(other, g); };
            whole = whole && lift<typename schema::graph>::apply(data, here, peek, broken, f);
          } else {
            f(data, here);
          }
        });
      });
    });
    if (!ok) return err;
    if (!whole) return broken;
    return seen;
  }

 private:
  using streams_type = stream_nodes<schema, stream_base, stream_type>;
  struct no_order {};
  using order_type = std::conditional_t<schema::global, memory_order<stream_base>, no_order>;

  streams_type streams_{};
  name_table<memory_table_base> tables_{};
  int commits_ = 0;  // under way: at most one
  [[no_unique_address]] clock_type clock_{};
  [[no_unique_address]] order_type order_{};
  [[no_unique_address]] gate<typename schema::concurrency> gate_{};
};

}  // namespace ab::detail
