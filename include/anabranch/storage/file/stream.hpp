/// @file
/// A stream of a store in files: where its events lie.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/events.hpp"
#include "anabranch/storage/file/detail/check_value.hpp"
#include "anabranch/storage/file/frame.hpp"
#include "anabranch/storage/file/location.hpp"
#include "anabranch/storage/file/records.hpp"
#include "anabranch/upcast/detail/lift.hpp"
#include "anabranch/upcast/lifted.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

// Staged events lie behind the log's, though their locations, told from the batch's start, are smaller than any of the log.
struct in_order {
  file::location where;
  static constexpr std::uint64_t log = file::location::in(1, 0).value;
  friend constexpr bool operator<(file::location a, in_order b) noexcept { return a.value - log < b.where.value - log; }
};

template <class Engine>
struct file_stream_node {
  static constexpr std::uint32_t no_id = 0xFFFF'FFFF;

  name key_;
  Engine* engine;
  std::size_t family;
  bool clash;
  std::uint32_t id = no_id;              // none until it is in the log
  std::vector<file::location> events{};  // of those not truncated, oldest first; of staged ones, relative to the batch
  revision first{Engine::schema::first_revision};
  int folds = 0;
  std::uint64_t frames = 0;  // the bytes of all of them in the log

  name const& key() const noexcept { return key_; }
  revision last() const noexcept { return {first.value + static_cast<std::int64_t>(events.size()) - 1}; }
  std::size_t index_of(file::location where) const noexcept {
    return static_cast<std::size_t>(std::lower_bound(events.begin(), events.end(), in_order{where}) - events.begin());
  }

  // Which of them were large isn't kept.
  void forget(std::size_t n) noexcept {
    auto const gone = static_cast<double>(frames) / static_cast<double>(events.size()) * static_cast<double>(n);
    frames = n == events.size() ? 0 : frames - static_cast<std::uint64_t>(gone);
  }
  // What can't be done again is only forgotten: the bytes stay in the log.
  void truncate(revision last_gone) noexcept {
    if (last_gone < first) return;
    auto const n = static_cast<std::size_t>((last_gone < last() ? last_gone : last()).value - first.value + 1);
    if (n == 0) return;
    engine->note_gone(events[n - 1]);
    forget(n);
    events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(n));
    first.value += static_cast<std::int64_t>(n);
  }
};

template <class Engine, class E>
class file_stream : public file_stream_node<Engine> {
  using node = file_stream_node<Engine>;
  using schema = typename Engine::schema;
  using codec = typename schema::codec;

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
  using read_row = std::conditional_t<schema::lifts, lifted<E, stamp, position_type, meta>, row_type>;
  template <int Step>
  using read_type = event_list<event_type, read_row, Step>;

  file_stream(name const& n, Engine& e, bool clashes) : node{n, &e, schema::template family_index<E>, clashes} {
    if (clashes) node::first = {INT64_MIN + 1};  // so that neither no_stream nor exact(n) is ever met
  }

  static constexpr revision none() noexcept { return {schema::first_revision - 1}; }
  revision first() const noexcept { return node::first; }
  std::size_t size() const noexcept { return this->events.size(); }
  std::uint64_t stored_bytes() const noexcept { return this->frames; }
  bool usable(refusal& err) const noexcept {
    if (this->clash) err = wrong_family(this->key());
    return !this->clash;
  }

  bool prepare(std::size_t n, refusal& err) {
    if (!writable(err)) return false;
    auto const had = this->events.capacity(), used = this->events.size();
    if (had - used < n) this->events.reserve(used + (n > used ? n : used));
    this->engine->reserve(n);
    return true;
  }
  template <class T>
  bool push(T const& value, stamp const& at, meta const& with, refusal& err) {
    if constexpr (std::is_same_v<T, E>) {
      return value.visit([&](auto const& alternative) { return push(alternative, at, with, err); });
    } else {
      if (auto const ok = check_value<codec>(value, this->key()); !ok) return err = ok.error(), false;
      if constexpr (!std::is_empty_v<meta>) {
        if (auto const ok = check_value<codec>(with, this->key()); !ok) return err = ok.error(), false;
      }
      this->events.push_back(this->engine->template stage_event<T>(*this, value, at, with));
      return true;
    }
  }
  void undo(std::size_t n) noexcept {
    this->forget(n);
    this->events.resize(this->events.size() - n);
    this->engine->unstage_events(n);
  }
  position_type position_of_last() const noexcept { return this->engine->staged_position(); }

  bool check_truncation(refusal& err) const noexcept { return writable(err); }
  bool stage_truncation(revision last_gone, refusal& err) {
    if (auto const ok = check_boundary(last_gone); !ok) return err = ok.error(), false;
    if (last_gone >= node::first && this->last() > none()) this->engine->stage_truncation(*this, last_gone);
    return true;
  }

  template <int Step>
  result<read_type<Step>> read(place_range<revision> r) {
    auto const s = select(r);
    if (!s) return s.error();
    std::vector<read_row> rows;
    rows.reserve(s->size);
    std::vector<bytes> borrowed;
    result<void> ok{};
    if constexpr (Engine::template borrows<stored>) ok = copy_payloads(*s, borrowed.emplace_back());
    if (!ok) return ok.error();
    std::size_t at = 0;
    ok = each(*s, [&](file::frame const& f, revision rev) -> result<void> {
      auto payload = f.payload;
      if constexpr (Engine::template borrows<stored>) {
        payload = bytes_view(borrowed.front()).subspan(at, payload.size());
        at += payload.size();
      }
      return take(f, payload, rev, [&]<class T>(T&& value, info const& i) {
        using value_type = std::remove_cvref_t<T>;
        if constexpr (schema::lifts)
          rows.emplace_back(std::in_place_type<value_type>, value, i);
        else
          rows.emplace_back(std::in_place_type<value_type>, std::forward<T>(value), i.at, i.position, i.meta);
      });
    });
    if (!ok) return ok.error();
    return read_type<Step>(std::move(rows), this->key(), s->first, std::move(borrowed));
  }

  template <class... Ps>
  result<revision> fold(place_range<revision> r, Ps&... ps) {
    auto const s = select(r);
    if (!s) return s.error();
    if (s->size == 0) return none();
    fold_guard const guard(*this);
    auto const ok = each(*s, [&](file::frame const& f, revision rev) {
      return take(f, f.payload, rev, [&](auto const& value, info const& i) { (step_one(ps, value, i), ...); });
    });
    if (!ok) return ok.error();
    return revision{s->first.value + static_cast<std::int64_t>(s->size) - 1};
  }

  // Calls `g` with the stored event of revision `r`, and gives what it gives; false where there is none.
  template <class G>
  result<bool> visit_at(revision r, G&& g) {
    return this->engine->visit_at(*this, r, g);
  }

  // An error where a run of old events goes on behind the revision.
  result<void> check_boundary([[maybe_unused]] revision through) {
    if constexpr (schema::graph::has_runs) {
      auto const peek = [this](revision r, auto&& g) { return this->visit_at(r, g); };
      auto const inside = lift<typename schema::graph>::ends_inside(through, peek);
      if (!inside) return inside.error();
      if (*inside) return inside_run(this->key(), through);
    }
    return {};
  }

 private:
  struct part {
    revision first;
    std::size_t size;
  };
  struct fold_guard {
    file_stream& s;
    explicit fold_guard(file_stream& stream) noexcept : s(stream) { ++s.folds; }
    fold_guard(fold_guard const&) = delete;
    fold_guard& operator=(fold_guard const&) = delete;
    ~fold_guard() { --s.folds; }
  };

  // Decodes an event and calls `use` with each of today's that it becomes.
  template <class F>
  result<void> take(file::frame const& f, bytes_view payload, revision at, F&& use) {
    if constexpr (schema::lifts) {
      refusal err;
      bool ok = true;
      auto const peek = [this](revision r, auto&& g) { return this->visit_at(r, g); };
      auto const done =
          this->engine->template decode<stored>(f, payload, *this, at, [&](auto const& event, info const& i) {
            ok = lift<typename schema::graph>::apply(event, i, peek, err, use);
          });
      if (!done) return done;
      if (!ok) return err;
      return {};
    } else {
      return this->engine->template decode<E>(f, payload, *this, at, use);
    }
  }

  bool writable(refusal& err) const noexcept {
    if (!usable(err)) return false;
    if (this->folds > 0) err = write_inside_fold(this->key());
    return this->folds == 0;
  }
  result<part> select(place_range<revision> r) const {
    refusal err;
    if (!usable(err)) return err;
    if (this->engine->has_staged()) return read_of_staged(this->key());
    if (r.names_first() && r.first < node::first && node::first.value > schema::first_revision) {
      return truncated_revision(this->key(), r.first, node::first);
    }
    auto const a = r.first < node::first ? node::first : r.first;
    auto const b = r.last < this->last() ? r.last : this->last();
    if (a > b) return part{node::first, 0};
    return part{a, static_cast<std::size_t>(b.value - a.value + 1)};
  }
  template <class F>
  result<void> each(part p, F&& f) {
    if (p.size == 0) return {};
    auto lent = this->engine->lend_reader();
    auto const* at = this->events.data() + (p.first.value - node::first.value);
    auto const* const last = at + p.size;
    if (this->engine->is_most_of_the_log(*this)) {
      auto const end = last == this->events.data() + this->events.size() ? this->engine->end() : *last;
      return lent.reader.scan(*at, end, [&f, p, from = at, at, last](file::frame const& frame) mutable -> result<void> {
        if (at == last || frame.at != *at) return {};
        return f(frame, revision{p.first.value + (at++ - from)});
      });
    }
    for (; at != last; ++at, ++p.first.value) {
      auto const frame = lent.reader.at(*at, this->engine->end());
      if (!frame) return frame.error();
      if (auto ok = f(*frame, p.first); !ok) return ok;
    }
    return {};
  }
  result<void> copy_payloads(part p, bytes& to) {
    return each(p, [&](file::frame const& f, revision) -> result<void> {
      to.insert(to.end(), f.payload.begin(), f.payload.end());
      return {};
    });
  }
};

}  // namespace ab::detail
