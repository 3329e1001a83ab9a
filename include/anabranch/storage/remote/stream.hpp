/// @file
/// A stream of a store that another process keeps: where it stood when it was last heard of.
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
#include "anabranch/storage/remote/record.hpp"
#include "anabranch/storage/remote/requests.hpp"
#include "anabranch/upcast/lifted.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

// Outside of a commit it asks the server each time; inside of one it goes by what it knows, and notes that it did: the server
// then looks whether that still holds.
template <class Engine>
struct remote_stream_node {
  name key_;
  Engine* engine;
  std::size_t family;
  bool clash;
  int folds = 0;
  // What is known of it, by whoever looks.
  mutable remote::head head{};
  mutable std::int64_t staged = 0;  // events of the commit that is under way
  mutable bool relied_on = false;
  mutable std::uint32_t place = 0;  // among the streams of that commit
  mutable remote_stream_node const* next_relied_on = nullptr;

  name const& key() const noexcept { return key_; }
  remote::stream_id id() const { return {static_cast<std::uint32_t>(family), std::string(key_.view())}; }
  void know(remote::head const& h) const noexcept {
    if (!clash) head = h;
  }
};

template <class Engine, class E>
class remote_stream : public remote_stream_node<Engine> {
  using node = remote_stream_node<Engine>;
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
  using read_row = std::conditional_t<schema::lifts, lifted<E, stamp, position_type, meta>, row_type>;
  template <int Step>
  using read_type = event_list<event_type, read_row, Step>;

  remote_stream(name const& n, Engine& e, bool clashes) : node{n, &e, schema::template family_index<E>, clashes} {
    node::head.first = clashes ? INT64_MIN + 1 : schema::first_revision;  // neither no_stream nor exact(n) is ever met
    node::head.last = node::head.first - 1;
  }

  static constexpr revision none() noexcept { return {schema::first_revision - 1}; }
  revision first() const { return {asked().first}; }
  revision last() const { return {asked().last + this->staged}; }
  std::size_t size() const {
    auto const& h = asked();
    return static_cast<std::size_t>(h.last - h.first + 1 + this->staged);
  }
  std::uint64_t stored_bytes() const { return asked().bytes; }
  bool usable(refusal& err) const noexcept {
    if (this->clash) err = wrong_family(this->key());
    return !this->clash;
  }

  bool prepare(std::size_t, refusal& err) const noexcept { return writable(err); }
  template <class T>
  bool push(T const& value, stamp const& at, meta const& with, refusal& err) {
    if constexpr (std::is_same_v<T, E>) {
      return value.visit([&](auto const& alternative) { return push(alternative, at, with, err); });
    } else {
      if (auto const ok = check_value<typename schema::codec>(value, this->key()); !ok) return err = ok.error(), false;
      if constexpr (!std::is_empty_v<meta>) {
        if (auto const ok = check_value<typename schema::codec>(with, this->key()); !ok) return err = ok.error(), false;
      }
      this->engine->stage_event(*this, stored::template index_of<T>, value, at, with);
      return true;
    }
  }
  void undo(std::size_t n) noexcept { this->engine->unstage_events(*this, n); }
  position_type position_of_last() const noexcept { return this->engine->staged_position(); }

  bool check_truncation(refusal& err) const noexcept { return writable(err); }
  bool stage_truncation(revision last_gone, refusal& err) {
    if (auto const ok = check_boundary(last_gone); !ok) return err = ok.error(), false;
    if (last_gone >= first() && last() > none()) this->engine->stage_truncation(*this, last_gone);
    return true;
  }
  // The server has done it.
  void truncate(revision last_gone) noexcept {
    auto& h = this->head;
    auto const gone = last_gone.value < h.last ? last_gone.value : h.last;
    if (gone >= h.first) h.first = gone + 1;
  }

  template <int Step>
  result<read_type<Step>> read(place_range<revision> r) {
    std::vector<read_row> rows;
    std::vector<bytes> pages;
    revision oldest{node::head.first};
    auto const ok = pages_of(
        r,
        [&](bytes& page) {
          if constexpr (Engine::template borrows<E>) pages.push_back(std::move(page));
        },
        [&]<class T>(T&& value, info const& i) {
          using value_type = std::remove_cvref_t<T>;
          if (rows.empty()) oldest = i.revision;
          if constexpr (schema::lifts)
            rows.emplace_back(std::in_place_type<value_type>, value, i);
          else
            rows.emplace_back(std::in_place_type<value_type>, std::forward<T>(value), i.at, i.position, i.meta);
        });
    if (!ok) return ok.error();
    return read_type<Step>(std::move(rows), this->key(), oldest, std::move(pages));
  }

  template <class... Ps>
  result<revision> fold(place_range<revision> r, Ps&... ps) {
    fold_guard const guard(*this);
    return pages_of(
        r, [](bytes&) {}, [&](auto const& value, info const& i) { (step_one(ps, value, i), ...); });
  }

  // An error where a run of old events goes on behind the revision.
  result<void> check_boundary([[maybe_unused]] revision through) {
    if constexpr (schema::graph::has_runs) {
      auto const ok = this->engine->ask(remote::check_boundary{this->id(), through.value});
      if (!ok) return ok.error();
    }
    return {};
  }

 private:
  struct fold_guard {
    remote_stream& s;
    explicit fold_guard(remote_stream& stream) noexcept : s(stream) { ++s.folds; }
    fold_guard(fold_guard const&) = delete;
    fold_guard& operator=(fold_guard const&) = delete;
    ~fold_guard() { --s.folds; }
  };

  // Where the server can't be asked: what it said last.
  remote::head const& asked() const {
    this->engine->look_at(*this);
    return node::head;
  }
  bool writable(refusal& err) const noexcept {
    if (!usable(err)) return false;
    if (this->folds > 0) err = write_inside_fold(this->key());
    return this->folds == 0;
  }

  // Calls `use(data, info)` for each event of `r`, `keep(records)` for each page once it is through. Gives the last revision
  // that it has looked at.
  template <class Keep, class Use>
  result<revision> pages_of(place_range<revision> r, Keep&& keep, Use&& use) {
    refusal err;
    if (!usable(err)) return err;
    if (this->engine->has_staged()) return read_of_staged(this->key());
    auto const written = this->engine->template each_written<E>(*this, r, use);
    if (!written) return written.error();
    if (*written) return r.last;
    if (this->engine->in_commit()) this->engine->rely_on(*this);
    remote::read_stream request{this->id(), r.first.value, r.last.value, !r.names_first()};
    for (;;) {
      auto page = this->engine->ask(request);
      if (!page) return page.error();
      if (!goes_on(*page, request)) return malformed_message("a part of a stream that doesn't go on");
      auto const ok = this->engine->template each_record<E>(
          *page, [this](std::uint32_t) -> node const* { return this; }, use);
      if (!ok) return ok.error();
      keep(page->records);
      if (!page->more) return revision{page->through};
      request.first = page->next;
      request.last = page->through;
    }
  }
};

}  // namespace ab::detail
