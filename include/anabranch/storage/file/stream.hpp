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

  name const& key() const noexcept { return key_; }
  revision last() const noexcept { return {first.value + static_cast<std::int64_t>(events.size()) - 1}; }
  std::size_t index_of(file::location where) const noexcept {
    return static_cast<std::size_t>(std::lower_bound(events.begin(), events.end(), in_order{where}) - events.begin());
  }

  // What can't be done again is only forgotten: the bytes stay in the log.
  void truncate(revision last_gone) noexcept {
    if (last_gone < first) return;
    auto const n = static_cast<std::size_t>((last_gone < last() ? last_gone : last()).value - first.value + 1);
    if (n == 0) return;
    engine->note_gone(events[n - 1]);
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
  using row_type = typename schema::template row_type<E>;
  using event_type = typename schema::template event_type<E>;
  using stamp = typename schema::stamp;
  using position_type = typename schema::position_type;
  using info = typename schema::info;
  using receipt_type = typename schema::receipt_type;
  template <int Step>
  using read_type = event_list<event_type, row_type, Step>;

  file_stream(name const& n, Engine& e, bool clashes) : node{n, &e, schema::template family_index<E>, clashes} {
    if (clashes) node::first = {INT64_MIN + 1};  // so that neither no_stream nor exact(n) is ever met
  }

  static constexpr revision none() noexcept { return {schema::first_revision - 1}; }
  revision first() const noexcept { return node::first; }
  std::size_t size() const noexcept { return this->events.size(); }
  bool usable(refusal& err) const noexcept {
    if (this->clash) err = wrong_family(this->key());
    return !this->clash;
  }

  bool prepare(std::size_t n, refusal& err) {
    if (!writable(err)) return false;
    auto const had = this->events.capacity(), used = this->events.size();
    if (had - used < n) this->events.reserve(used + (n > used ? n : used));
    return this->engine->prepare(n, err);
  }
  template <class T>
  bool push(T const& value, stamp const& at, refusal& err) {
    if constexpr (std::is_same_v<T, E>) {
      return value.visit([&](auto const& alternative) { return push(alternative, at, err); });
    } else {
      if (auto const ok = check_value<codec>(value, this->key()); !ok) return err = ok.error(), false;
      this->events.push_back(this->engine->template stage_event<T>(*this, value, at));
      return true;
    }
  }
  void undo(std::size_t n) noexcept {
    this->events.resize(this->events.size() - n);
    this->engine->unstage_events(n);
  }
  position_type position_of_last() const noexcept { return this->engine->staged_position(); }

  bool check_truncation(refusal& err) const noexcept {
    if (!writable(err)) return false;
    if (this->engine->scanning()) return err = commit_inside_callback(), false;
    return true;
  }
  bool stage_truncation(revision last_gone, refusal&) {
    if (last_gone >= node::first && this->last() > none()) this->engine->stage_truncation(*this, last_gone);
    return true;
  }

  template <int Step>
  result<read_type<Step>> read(place_range<revision> r) {
    auto const s = select(r);
    if (!s) return s.error();
    std::vector<row_type> rows;
    rows.reserve(s->size);
    bytes borrowed;
    result<void> ok{};
    if constexpr (Engine::template borrows<E>) ok = copy_payloads(*s, borrowed);
    if (!ok) return ok.error();
    std::size_t at = 0;
    ok = each(*s, [&](file::frame const& f, revision rev) -> result<void> {
      auto payload = f.payload;
      if constexpr (Engine::template borrows<E>) {
        payload = bytes_view(borrowed).subspan(at, payload.size());
        at += payload.size();
      }
      return this->engine->template decode<E>(f, payload, *this, rev, [&]<class T>(T&& value, info const& i) {
        rows.emplace_back(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(value), i.at, i.position);
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
      return this->engine->template decode<E>(f, f.payload, *this, rev,
                                              [&](auto const& value, info const& i) { (step_one(ps, value, i), ...); });
    });
    if (!ok) return ok.error();
    return revision{s->first.value + static_cast<std::int64_t>(s->size) - 1};
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

  bool writable(refusal& err) const noexcept {
    if (!usable(err)) return false;
    if (this->folds > 0) err = write_inside_fold(this->key());
    return this->folds == 0;
  }
  result<part> select(place_range<revision> r) const {
    refusal err;
    if (!usable(err)) return err;
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
