/// @file
/// A stream in memory.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/events.hpp"
#include "anabranch/storage/memory/rows.hpp"
#include "anabranch/upcast/detail/lift.hpp"
#include "anabranch/upcast/lifted.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace ab::detail {

template <class Engine>
struct memory_stream_base {
  name key_;
  Engine* engine;
  std::size_t family;
  bool clash;  // stands in for a stream of another family: nothing but the error can be had from it

  constexpr name const& key() const noexcept { return key_; }
};

template <class Engine, class E>
class memory_stream : public memory_stream_base<Engine> {
  using base = memory_stream_base<Engine>;
  using schema = typename Engine::schema;

 public:
  using engine_type = Engine;
  using event_family = E;
  using stored = typename schema::template stored<E>;
  using row_type = typename schema::template row_type<E>;
  using event_type = typename schema::template event_type<E>;
  using stamp = typename schema::stamp;
  using position_type = typename schema::position_type;
  using meta = typename schema::meta;
  using info = typename schema::info;
  using receipt_type = typename schema::receipt_type;
  using lifted_type = lifted<E, stamp, position_type, meta>;
  // Under a lock, rows can't be lent to a reader that has let go of it; and upcast ones aren't there to be lent.
  template <int Step>
  using read_type =
      std::conditional_t<schema::lifts, event_list<event_type, lifted_type, Step>,
                         std::conditional_t<schema::concurrency::shared, event_list<event_type, row_type, Step>,
                                            event_view<event_type, row_type, Step>>>;

  constexpr memory_stream(name const& n, Engine& e, bool clashes)
      : base{n, &e, schema::template family_index<E>, clashes} {
    if (clashes) first_ = {INT64_MIN + 1};  // so that neither no_stream nor exact(n) is ever met
  }

  static constexpr revision none() noexcept { return {schema::first_revision - 1}; }
  // Of the oldest event that is stored.
  constexpr revision first() const noexcept { return first_; }
  ANABRANCH_ALWAYS_INLINE constexpr revision last() const noexcept {
    return {first_.value + static_cast<std::int64_t>(rows_.size()) - 1};
  }
  constexpr std::size_t size() const noexcept { return rows_.size(); }
  constexpr std::uint64_t stored_bytes() const noexcept { return rows_.size() * sizeof(row_type); }
  constexpr bool usable(refusal& err) const noexcept {
    if (this->clash) err = wrong_family(this->key());
    return !this->clash;
  }

  // Room for `n` more, or the reason why none may be written now.
  ANABRANCH_ALWAYS_INLINE constexpr bool prepare(std::size_t n, refusal& err) {
    if (n == 1 ? rows_.full() : rows_.lacks(n)) [[unlikely]] {
      if (!grow(n, err)) return false;
    }
    this->engine->reserve_order(n);
    return true;
  }
  template <class T>
  ANABRANCH_ALWAYS_INLINE constexpr bool push(T&& value, stamp at, meta const& with, refusal& err) {
    using value_type = std::remove_cvref_t<T>;
    auto const p = this->engine->next_position();
    if constexpr (std::is_same_v<value_type, stored>)
      rows_.push(std::forward<T>(value), at, p, with);
    else if constexpr (std::is_same_v<value_type, E>)
      return value.visit([&](auto const& alternative) { return push(alternative, at, with, err); });
    else
      rows_.push(std::in_place_type<value_type>, std::forward<T>(value), at, p, with);
    this->engine->number(*this, last());  // not before: copying the event may have thrown
    return true;
  }
  constexpr void undo(std::size_t n) noexcept {
    rows_.pop(n);
    this->engine->unnumber(n);
  }
  ANABRANCH_ALWAYS_INLINE constexpr position_type position_of_last() const noexcept {
    if constexpr (schema::global)
      return rows_.size() > 0 ? rows_.end()[-1].position : position_type{};
    else
      return {};
  }

  constexpr bool check_truncation(refusal& err) const noexcept {
    if (!usable(err)) return false;
    if (folds_ > 0) err = write_inside_fold(this->key());
    return folds_ == 0;
  }
  constexpr bool stage_truncation(revision through, refusal& err) {
    auto const ok = check_boundary(through);
    return ok ? true : (err = ok.error(), false);
  }
  constexpr void truncate(revision last_gone) noexcept {
    if (last_gone < first_) return;
    auto const n = static_cast<std::size_t>((last_gone < last() ? last_gone : last()).value - first_.value + 1);
    if (n == 0) return;
    if constexpr (schema::global) this->engine->note_gone(rows_.begin()[n - 1].position);
    rows_.drop_front(n);
    first_.value += static_cast<std::int64_t>(n);
  }

  // The part of `r` that is stored; an error where `r` asks for more.
  constexpr result<std::span<row_type const>> select(place_range<revision> r) const {
    refusal err;
    if (!usable(err)) return err;
    if (r.names_first() && r.first < first_ && first_.value > schema::first_revision) {
      return truncated_revision(this->key(), r.first, first_);
    }
    auto const a = r.first < first_ ? first_ : r.first;
    auto const b = r.last < last() ? r.last : last();
    if (a > b) return std::span<row_type const>{};
    return std::span<row_type const>(rows_.begin() + (a.value - first_.value),
                                     static_cast<std::size_t>(b.value - a.value + 1));
  }
  template <int Step>
  constexpr result<read_type<Step>> read(place_range<revision> r) const {
    auto const s = select(r);
    if (!s) return s.error();
    if constexpr (schema::lifts) {
      std::vector<lifted_type> all;
      auto const done = each_lifted(
          *s, [&]<class T>(T const& event, info const& i) { all.emplace_back(std::in_place_type<T>, event, i); });
      if (!done) return done.error();
      return read_type<Step>(std::move(all), this->key(), first_);
    } else {
      return lend<Step>(*s);
    }
  }
  template <class... Ps>
  ANABRANCH_ALWAYS_INLINE constexpr result<revision> fold(place_range<revision> r, Ps&... ps) {
    auto const s = select(r);
    if (!s) return s.error();
    if (s->empty()) return none();
    fold_guard const guard(*this);
    if constexpr (schema::lifts) {
      return each_lifted(*s, [&](auto const& event, info const& i) { (step_one(ps, event, i), ...); });
    } else {
      auto at = first_.value + (s->data() - rows_.begin());
      for (auto const *i = s->data(), *e = i + s->size(); i != e; ++i, ++at) {
        step(i->data, info{this->key(), revision{at}, i->at, i->position, i->meta, {}}, ps...);
      }
      return revision{at - 1};
    }
  }

  // Calls `g` with the stored event of revision `r`, and gives what it gives; false where there is none.
  template <class G>
  constexpr result<bool> visit_at(revision r, G&& g) const {
    if (r < first_ || r > last()) return false;
    return row(r).data.visit(g);
  }

  constexpr row_type const& row(revision r) const noexcept { return rows_.begin()[r.value - first_.value]; }
  constexpr void seal() noexcept {
    ++folds_;
    rows_.seal();
  }
  constexpr void unseal() noexcept {
    if (--folds_ == 0) rows_.unseal();
  }

  // An error where a run of old events goes on behind the revision.
  constexpr result<void> check_boundary([[maybe_unused]] revision through) const {
    if constexpr (schema::graph::has_runs) {
      auto const peek = [this](revision r, auto&& g) { return this->visit_at(r, g); };
      auto const inside = lift<typename schema::graph>::ends_inside(through, peek);
      if (!inside) return inside.error();
      if (*inside) return inside_run(this->key(), through);
    }
    return {};
  }

 private:
  template <class F>
  constexpr result<revision> each_lifted(std::span<row_type const> s, F&& f) const {
    refusal err;
    auto at = first_.value + (s.data() - rows_.begin());
    auto const peek = [this](revision r, auto&& g) { return this->visit_at(r, g); };
    for (auto const& r : s) {
      info const here{this->key(), revision{at++}, r.at, r.position, r.meta, {}};
      bool const ok = r.data.visit(
          [&](auto const& event) { return lift<typename schema::graph>::apply(event, here, peek, err, f); });
      if (!ok) return err;
    }
    return revision{at - 1};
  }

  template <int Step>
  constexpr read_type<Step> lend(std::span<row_type const> s) const {
    revision const a = s.empty() ? first_ : revision{first_.value + (s.data() - rows_.begin())};
    if constexpr (schema::concurrency::shared)
      return read_type<Step>(std::vector<row_type>(s.begin(), s.end()), this->key(), a);
    else
      return read_type<Step>(s, this->key(), a);
  }

  struct fold_guard {
    memory_stream& s;
    constexpr explicit fold_guard(memory_stream& stream) noexcept : s(stream) { s.seal(); }
    fold_guard(fold_guard const&) = delete;
    fold_guard& operator=(fold_guard const&) = delete;
    constexpr ~fold_guard() { s.unseal(); }
  };

  [[gnu::noinline]] constexpr bool grow(std::size_t n, refusal& err) {
    if (!usable(err)) return false;
    if (folds_ > 0) {
      err = write_inside_fold(this->key());
      return false;
    }
    rows_.reserve(n);
    return true;
  }

  rows<row_type> rows_{};
  revision first_{schema::first_revision};
  int folds_ = 0;
};

}  // namespace ab::detail
