/// @file
/// `ab::registry`: projections that are kept beside a log, and can be folded anew from it.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/kv/kv.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/registry/detail/entry.hpp"
#include "anabranch/registry/detail/operation_list.hpp"
#include "anabranch/registry/status.hpp"
#include "anabranch/subscription/detail/feed.hpp"
#include "anabranch/subscription/detail/owner.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

/// Projections over a stream, or over a whole store under `ab::global_order`, whose states are kept in the store.
///
/// Each is known by the name and version of its definition. Of one name, one version *serves*; others catch up beside it
/// until `promote` lets one take its place. All that a registry ever writes or erases are these states and the numbers of
/// the versions that serve, in reserved tables of its own: the log, blobs and every other table are out of its reach.
///
/// Threads: one at a time uses a registry, others may write to the store meanwhile under `ab::locked`. Steps run without
/// the store's lock. Two registries over one source do each other no harm but the same work. The store outlives it.
template <class Source>
class registry {
  static_assert(detail::must_be_followed<Source>());
  using feed = detail::feed<Source>;
  using engine_type = typename feed::engine_type;
  using recorded_type = typename feed::recorded_type;
  using entry = detail::entry<feed>;
  using versions_type = ab::kv<typename engine_type::template table_type<std::uint32_t>, std::uint32_t>;
  static_assert(detail::must_own_events<engine_type>());

 public:
  using place = typename feed::place;
  using status_type = projection_status<place>;

  explicit registry(Source& of) : feed_(of), versions_(versions_of(feed_)) {}
  explicit registry(Source const& of)
    requires(detail::is_a_stream<Source>)
      : feed_(of), versions_(versions_of(feed_)) {}
  registry(registry const&) = delete;
  registry& operator=(registry const&) = delete;
  ~registry() = default;

  /// Adds the projection `P`. Of one name, each version once. Writes nothing; what was kept before goes on.
  /// @return `key_exists` where it was added before, `wrong_type` where its table holds another type's states
  template <projection P>
  result<void> add() {
    detail::projection_must_begin<P>();
    if (find(definition_of<P>)) {
      return error(errc::key_exists, "this version of the projection is in the registry already",
                   "add it once, or give another projection another name or version", definition_of<P>.name);
    }
    if (auto const n = name::parse(definition_of<P>.name); !n) return n.error();
    if (auto const v = versions_.contains(definition_of<P>.name); !v) return v.error();
    detail::owner<entry> e(new detail::projection_entry<P, feed>(feed_));
    if (auto const ok = e->load(); !ok && ok.error() != errc::out_of_range) return ok.error();
    all_.push_back(std::move(e));
    return {};
  }

  /// How far each version is that was added. O(states).
  result<std::vector<status_type>> status() {
    if (auto const ok = load(); !ok) return ok.error();
    std::vector<status_type> s;
    auto const last = end();
    for (auto const& e : all_) {
      auto const serves = serving(e->definition.name);
      if (!serves) return serves.error();
      s.push_back({e->definition.name, e->definition.version, *serves == e->definition.version, e->through(),
                   e->through().value - feed::none().value, last.value - feed::none().value});
    }
    return s;
  }
  /// Which version of a projection serves, also where this program doesn't have it; empty before the first `catch_up`.
  result<std::optional<std::uint32_t>> serving(std::string_view projection) const { return versions_.get(projection); }

  /// The state of `P`, if its version serves. @return `lagging` where another version serves, or none yet. O(state).
  template <projection P>
  result<folded<P, place>> get() const {
    auto const serves = serving(definition_of<P>.name);
    if (!serves) return serves.error();
    if (*serves != definition_of<P>.version) {
      return error(errc::lagging, "this version of the projection doesn't serve", "catch up, and promote it",
                   definition_of<P>.name)
          .with(definition_of<P>.version, serves->value_or(0));
    }
    auto kept = detail::registered_states<P>(feed_).get(detail::registered_key(feed_));
    if (!kept) return kept.error();
    if (!*kept) return folded<P, place>{P{}, feed::none()};
    return **std::move(kept);
  }

  /// Folds at most `most` events, in one pass for all projections, and keeps their states in one commit. The first
  /// version of a name that is caught up serves.
  /// @return how many events; 0 where all are through. `truncated` where an event is gone that one lacks. A step that
  ///         throws passes through; nothing was kept. O(events + states).
  result<std::size_t> catch_up(std::size_t most) {
    if (auto const ok = load(); !ok) return ok.error();
    auto const some = current();
    if (!some) return some.error();
    auto const done = fold(*some, most);
    if (!done) return done.error();
    if (auto const ok = keep(*some, changes::only); !ok) return ok.error();
    return *done;
  }

  /// Folds the projection of that name anew from the whole log, in each version that was added, and keeps that instead of
  /// what is there, in one commit. Until then what is there serves; an error leaves it.
  /// @return `out_of_range` where none of the name was added; the errors of `catch_up`. O(log).
  result<void> rebuild(std::string_view projection) {
    entries some;
    for (auto const& e : all_) {
      if (e->definition.name == projection) some.push_back(e);
    }
    if (some.empty()) return unknown(projection);
    return rebuild_all_of(some);
  }
  /// The same for all.
  result<void> rebuild() { return rebuild_all_of(all_); }

  /// Catches `P` up to the end of the log and lets it serve, in one commit, which also drops the earlier versions of its
  /// name that were added; they are caught up no more. Tries again where somebody writes meanwhile, up to 100 times.
  /// @return `out_of_range` where it was not added; the errors of `catch_up`; the last conflict
  template <projection P>
  result<void> promote() {
    auto const* const e = find(definition_of<P>);
    if (e == nullptr) return unknown(definition_of<P>.name);
    entries one{*e};
    for (int attempt = 1;; ++attempt) {
      if (auto const ok = (*e)->load(); !ok) return ok.error();
      if (auto const done = fold(one, SIZE_MAX); !done) return done.error();
      detail::operation_list<engine_type> list(feed_.engine());
      list.add((*e)->keep());
      list.add(detail::any_operation_of(versions_.write(definition_of<P>.name, definition_of<P>.version)));
      for (auto const& other : all_) {
        bool const earlier = other->definition.version < definition_of<P>.version;
        if (earlier && other->definition.name == definition_of<P>.name) list.add(other->drop());
      }
      auto const ok = commit(detail::expect_end_operation<feed>(feed_, (*e)->through()), std::move(list));
      if (ok) return {};
      if (ok.error() != errc::wrong_revision || attempt == 100) return ok.error();
    }
  }

  /// Erases what is kept of a projection, in each version that was added. The next `catch_up` begins anew. One commit.
  result<void> drop(std::string_view projection) {
    detail::operation_list<engine_type> list(feed_.engine());
    for (auto const& e : all_) {
      if (e->definition.name == projection) list.add(e->drop());
    }
    if (list.empty()) return unknown(projection);
    list.add(detail::any_operation_of(versions_.write_erasure(projection)));
    auto const ok = commit(std::move(list));
    if (!ok) return ok.error();
    return {};
  }

 private:
  using entries = std::vector<detail::owner<entry>>;
  static constexpr std::size_t portion = 256;

  static versions_type versions_of(feed const& f) {
    auto const table = f.where().empty() ? name::reserved("store-registry-versions")
                                         : name::reserved(text<600>("registry-versions/").append(f.where()));
    return versions_type(detail::places_in<engine_type, std::uint32_t>(f.engine(), table));
  }
  static error unknown(std::string_view projection) noexcept {
    return {errc::out_of_range, "this projection is not in the registry", "add it first", projection};
  }
  detail::owner<entry> const* find(definition const& d) const noexcept {
    for (auto const& e : all_) {
      if (e->definition == d) return &e;
    }
    return nullptr;
  }
  place end() const {
    auto const lock = feed_.engine().guard();
    return feed_.last();
  }
  result<void> load() {
    for (auto const& e : all_) {
      if (auto const ok = e->load(); !ok) return ok.error();
    }
    return {};
  }

  // Today's events of the next `n` places at the most. Gives the last place that was looked at.
  result<place> read(place seen, std::size_t n, std::vector<recorded_type>& events) const {
    auto const lock = feed_.engine().guard();
    detail::refusal err;
    if (!feed_.usable(err)) return err;
    auto const left = static_cast<std::uint64_t>(feed_.last().value - seen.value);
    if (left == 0) return seen;
    place const through{seen.value + static_cast<std::int64_t>(left < n ? left : n)};
    if (auto const ok = feed_.read(between(seen.next(), through), events); !ok) return ok.error();
    return through;
  }
  // From where the one begins that is furthest behind.
  result<std::size_t> fold(entries const& some, std::size_t most) {
    if (some.empty()) return std::size_t{0};
    auto seen = some.front()->through();
    for (auto const& e : some) {
      if (e->through() < seen) seen = e->through();
    }
    std::size_t done = 0;
    while (done < most) {
      auto const wanted = most - done < portion ? most - done : portion;
      std::vector<recorded_type> events;
      auto const through = read(seen, wanted, events);
      if (!through) return through.error();
      if (*through == seen) break;
      seen = *through;
      for (auto const& event : events) {
        auto const at = feed::place_of(event);
        for (auto const& e : some) {
          if (e->through() < at) e->step(event);
        }
      }
      for (auto const& e : some) e->pass(seen);
      done += events.size();
    }
    return done;
  }
  result<void> rebuild_all_of(entries const& some) {
    for (auto const& e : some) e->reset();
    if (auto const done = fold(some, SIZE_MAX); !done) return done.error();
    return keep(some, changes::or_not);
  }
  // Those that serve, and those that may yet: not what a later version has taken the place of.
  result<entries> current() const {
    entries some;
    for (auto const& e : all_) {
      auto const serves = serving(e->definition.name);
      if (!serves) return serves.error();
      if (!*serves || e->definition.version >= **serves) some.push_back(e);
    }
    return some;
  }
  enum class changes { only, or_not };
  result<void> keep(entries const& some, changes which) {
    detail::operation_list<engine_type> list(feed_.engine());
    std::vector<std::string_view> first;
    for (auto const& e : some) {
      if (which == changes::or_not || e->changed()) list.add(e->keep());
      auto const serves = serving(e->definition.name);
      if (!serves) return serves.error();
      bool named = serves->has_value();
      for (auto const n : first) named = named || n == e->definition.name;
      if (named) continue;
      first.push_back(e->definition.name);
      list.add(detail::any_operation_of(versions_.write(e->definition.name, e->definition.version)));
    }
    if (list.empty()) return {};
    auto const ok = commit(std::move(list));
    if (!ok) return ok.error();
    return {};
  }

  feed feed_;
  versions_type versions_;
  entries all_{};
};

template <class Stream>
registry(stream<Stream> const&) -> registry<stream<Stream>>;
template <class Families, class Policies>
registry(store<Families, Policies>&) -> registry<store<Families, Policies>>;

}  // namespace ab
