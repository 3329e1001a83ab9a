/// @file
/// `ab::query`: which events of a stream or a store, and what to do with them.
#pragma once

#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/query/detail/conditions.hpp"
#include "anabranch/query/detail/sources.hpp"
#include "anabranch/query/selection.hpp"
#include "anabranch/query/typed_event.hpp"
#include "anabranch/store.hpp"

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

/// Which events of one stream, or under `ab::global_order` of a whole store: a range, types, times, a predicate.
///
/// `ab::query(a).since(3).of<deposited>().where([](auto const& e) { return e.data.cents > 100; }).count()`
///
/// A value: making and narrowing one reads nothing, and it can be asked any number of times. It is over the whole history: where
/// a part of what it names has been truncated, asking gives `errc::truncated`; `ab::query(a, ab::stored)` takes what is left.
/// Valid while the store lives. Threads: each `count`, `each`, `fold`, `project` and `read` is one step, as the store's
/// concurrency policy says; callbacks run inside it, and a commit from one is refused.
template <class Source, class Selected = typename detail::selected_all<typename Source::family>::type,
          class Condition = detail::always>
class query {
  template <class T>
  using typed = typed_event<T, typename Source::info, typename Source::place>;

 public:
  using place = typename Source::place;  ///< a revision for a stream, a position for a store
  using stamp = typename Source::stamp;  ///< of the store's clock

  /// All events of a stream, or of a store under `ab::global_order`.
  template <class From>
    requires std::is_constructible_v<Source, From const&>
  constexpr explicit query(From const& from_what) : query(from_what, {.first = Source::first()}) {}
  /// Those of a range; `ab::stored` for whatever is there.
  template <class From>
    requires std::is_constructible_v<Source, From const&>
  constexpr query(From const& from_what, place_range<place> r) : source_(from_what), range_(r) {}
  constexpr query(Source s, place_range<place> r, Condition c) : source_(s), range_(r), condition_(std::move(c)) {}

  // --- which events ------------------------------------------------------------------------------------------------

  /// From a place on, it included. A place is a revision for a stream, a position for a store.
  constexpr query since(place first) const {
    query narrower = *this;
    if (first > range_.first) narrower.range_.first = first;
    return narrower;
  }
  constexpr query since(std::int64_t first) const { return since(place{first}); }
  /// After a place, it not included: what somebody who has seen that much still lacks.
  constexpr query after(place seen) const { return since(seen.next()); }
  /// Up to a place, it included.
  constexpr query through(place last) const {
    query narrower = *this;
    if (last < range_.last) narrower.range_.last = last;
    return narrower;
  }
  constexpr query through(std::int64_t last) const { return through(place{last}); }
  /// Between two places, both included.
  constexpr query between(place first, place last) const { return since(first).through(last); }
  constexpr query between(std::int64_t first, std::int64_t last) const { return between(place{first}, place{last}); }

  /// Whose time lies between two stamps, both included. Stamps of one store's own clock rise, but callers may tell times of
  /// their own (`ab::at`), so every event of the range is looked at.
  constexpr auto during(stamp first, stamp last) const {
    if constexpr (detail::time_must_be_told<stamp>()) return also(detail::within<stamp>{first, last});
  }

  /// Of these types only. With a single one, `e.data` is a `T const&` everywhere.
  template <class... Ts>
  constexpr auto of() const {
    static_assert(sizeof...(Ts) > 0, "of<…>: name at least one event type, as in q.of<deposited>()");
    if constexpr ((must_be_selected<Ts>() && ...)) {
      using narrower = typename Selected::template of<Ts...>;
      return query<Source, narrower, Condition>(source_, range_, condition_);
    }
  }

  /// For which `f(e)` holds, `e` an `ab::typed_event`: after `of<deposited>()`, `e.data.cents` is a deposit's. Of several types,
  /// `f` is called with each as itself, so it takes `auto const& e`.
  /// @param f may throw, which passes through; changes nothing
  template <class F>
  constexpr auto where(F f) const {
    return also(detail::satisfying<F>{std::move(f)});
  }

  // --- what to do with them ----------------------------------------------------------------------------------------

  /// How many. Decodes what the storage keeps as bytes, holds on to nothing. O(events of the range).
  ANABRANCH_ALWAYS_INLINE constexpr result<std::size_t> count() const {
    std::size_t n = 0;
    auto const ok = matching([&](auto const&) { ++n; });
    if (!ok) return ok.error();
    return n;
  }

  /// Calls `f(e)` for each, oldest first, `e` an `ab::typed_event` that lives as long as the call. As `where` for several types.
  template <class F>
  ANABRANCH_ALWAYS_INLINE constexpr result<void> each(F&& f) const {
    return matching([&]<class Event>(Event const& e) {
      static_assert(
          std::is_invocable_v<F&, Event const&>,
          "each(f): f is called with an event of each type that the query selects; select the types that it is "
          "for with of<…>(), or take `auto const& e`");
      if constexpr (std::is_invocable_v<F&, Event const&>) (void)f(e);
    });
  }

  /// Folds them into projections, one pass for all; these need a step only for the types that the query selects.
  /// @return the state, or a tuple of them
  template <projection... Ps>
  ANABRANCH_ALWAYS_INLINE constexpr auto fold() const {
    static_assert(sizeof...(Ps) > 0, "fold: name at least one projection, as in q.fold<balance>()");
    (detail::projection_must_begin<Ps>(), ...);
    using states_type = detail::one_or_tuple<Ps...>;
    std::tuple<Ps...> states{};
    auto const ok = std::apply([&](Ps&... ps) { return into(ps...); }, states);
    if (!ok) return result<states_type>(ok.error());
    if constexpr (sizeof...(Ps) == 1)
      return result<states_type>(std::get<0>(std::move(states)));
    else
      return result<states_type>(std::move(states));
  }

  /// As `fold`, with how far the query has looked: the last place of its range that there was, whether or not it matched.
  /// `q.after(p.through)` is what comes later.
  template <projection P>
  constexpr result<folded<P, place>> project() const {
    detail::projection_must_begin<P>();
    folded<P, place> p{};
    auto const lock = source_.guard();
    if (auto const ok = into(p.state); !ok) return ok.error();
    auto const last = source_.last();
    p.through = last;
    if (range_.last < last) p.through = range_.last;
    return p;
  }

  /// They themselves, to iterate over: `for (auto e : *q.read())`. The range finds the next match as it is asked for it.
  /// @return an `ab::selection`. O(1) for a stream in memory, O(events of the range) elsewhere, where they are copied out.
  constexpr auto read() const {
    auto events = source_.template read<Selected>(range_, condition_);
    using events_type = typename decltype(events)::value_type;
    // A store's were chosen as they were copied.
    constexpr bool chosen = std::is_same_v<place, position>;
    using condition_type = std::conditional_t<chosen, detail::always, Condition>;
    using selection_type = selection<events_type, Selected, condition_type>;
    if (!events) return result<selection_type>(events.error());
    if constexpr (chosen)
      return result<selection_type>(selection_type(*std::move(events), {}));
    else
      return result<selection_type>(selection_type(*std::move(events), condition_));
  }

  // --- for those who build on it -----------------------------------------------------------------------------------

  constexpr Source const& source() const noexcept { return source_; }
  constexpr place_range<place> range() const noexcept { return range_; }

  /// `f(e)` for each match. The caller has looked after messages.
  template <class F>
  ANABRANCH_ALWAYS_INLINE constexpr result<void> matching(F&& f) const {
    return source_.template each<Selected>(range_, [&]<class T>(T const& data, typename Source::info const& i) {
      typed<T> const e(i, data);
      if (condition_(e)) f(e);
    });
  }

 private:
  template <class T>
  static consteval bool must_be_selected() {
    static_assert(
        Selected::template has<T>,
        "of<T>: this type is no event of what is queried; it is one of its family's, or of those that an of<…> "
        "before it has left");
    return Selected::template has<T>;
  }
  template <class C>
  constexpr auto also(C c) const {
    auto all = detail::and_also(condition_, std::move(c));
    return query<Source, Selected, decltype(all)>(source_, range_, std::move(all));
  }
  template <class... Ps>
  ANABRANCH_ALWAYS_INLINE constexpr result<void> into(Ps&... ps) const {
    return matching([&](auto const& e) { (detail::step_one(ps, e.data, info_of(e)), ...); });
  }
  static constexpr typename Source::info const& info_of(typename Source::info const& i) noexcept { return i; }

  Source source_;
  place_range<place> range_;
  Condition condition_;
};

template <class Stream>
query(stream<Stream> const&) -> query<detail::stream_source<Stream>>;
template <class Stream, class Range>
query(stream<Stream> const&, Range) -> query<detail::stream_source<Stream>>;
template <class Families, class Policies>
query(store<Families, Policies> const& s)
    -> query<detail::store_source<std::remove_reference_t<decltype(detail::store_access::engine(s))>>>;
template <class Families, class Policies, class Range>
query(store<Families, Policies> const& s, Range)
    -> query<detail::store_source<std::remove_reference_t<decltype(detail::store_access::engine(s))>>>;

}  // namespace ab
