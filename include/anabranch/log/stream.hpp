/// @file
/// `ab::stream`: a handle to one stream of a store.
#pragma once

#include "anabranch/core/expectation.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/log/operations.hpp"
#include "anabranch/policies/metadata.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/projection/folded.hpp"

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

struct unknown_event;

namespace detail {

template <class T>
inline constexpr bool is_at = false;
template <class Stamp>
inline constexpr bool is_at<at<Stamp>> = true;

template <class T>
inline constexpr bool is_with = false;
template <class M>
inline constexpr bool is_with<with<M>> = true;

// What stands before the events of a write: their time and their metadata, each at most once.
template <class When, class Meta>
struct heading {
  Meta meta;
  When when;
};

template <class... Ts>
struct one_or_tuple_of {
  using type = std::tuple<Ts...>;
};
template <class T>
struct one_or_tuple_of<T> {
  using type = T;
};
template <class... Ts>
using one_or_tuple = typename one_or_tuple_of<Ts...>::type;

// Stands for an operation that couldn't be made, and why has been said.
struct no_operation {};

template <class Stamp, class At>
consteval bool time_must_be_of_clock() {
  static_assert(std::is_same_v<At, at<Stamp>> && !std::is_empty_v<Stamp>,
                "ab::at takes a stamp of the store's clock; a store with ab::no_clock keeps no time: name a clock "
                "among its policies");
  return std::is_same_v<At, at<Stamp>> && !std::is_empty_v<Stamp>;
}
template <class Meta, class M>
consteval bool metadata_must_be_of_store() {
  static_assert(!std::is_empty_v<Meta>,
                "ab::with: this store keeps no metadata; name ab::metadata<M> among its policies");
  static_assert(std::is_empty_v<Meta> || std::is_convertible_v<M, Meta>,
                "ab::with: this store keeps metadata of another type, which its policy ab::metadata<M> names");
  return std::is_convertible_v<M, Meta>;
}

template <class E, class Stored, class T>
consteval void event_must_be_of_family() {
  static_assert(!std::is_same_v<T, unknown_event>,
                "ab::unknown_event is what an unknown type is read as; nothing can be appended as that");
  static_assert(!Stored::template has<T> || E::template has<T>,
                "this is an old version of an event, which is only read: append today's");
  static_assert(!std::is_arithmetic_v<T> || E::template has<T>,
                "a number is no event; an expected revision is written ab::exact(2), a time ab::at(stamp)");
  static_assert(
      !requires(T& t) { t.begin() == t.end(); } || E::template has<T>,
      "a range is no event; a.append_all(range) appends its elements, a.write_all(range) is the operation");
  static_assert(E::template has<T> || std::is_same_v<T, E> || Stored::template has<T>,
                "this type is no event of the stream's family; add it to the ab::one_of that the store is made of");
}

}  // namespace detail

/// A handle to a stream: append to it, read it, fold it. Cheap to copy; valid while the store lives, also when it is moved.
///
/// Looks nothing up: an append goes straight to the stream. Thread-safe where the store is `ab::locked`.
/// A handle to a name that holds another family's events gives `errc::wrong_family` on every use.
/// @tparam Stream the storage's stream; get a handle from `store::stream`
template <class Stream>
class stream {
  using E = typename Stream::event_family;
  template <class... Ts>
  static constexpr bool are_events =
      (... && (E::template has<std::remove_cvref_t<Ts>> || std::is_same_v<std::remove_cvref_t<Ts>, E>));

 public:
  using event_family = E;                         ///< the `ab::one_of` of what may be appended
  using event = typename Stream::event_type;      ///< what reads give
  using stamp = typename Stream::stamp;           ///< of the store's clock
  using meta = typename Stream::meta;             ///< what `ab::metadata` keeps with every event
  using receipt = typename Stream::receipt_type;  ///< what an append gives

  constexpr explicit stream(Stream& s) noexcept : s_(&s) {}

  constexpr ab::name const& name() const noexcept { return s_->key(); }

  /// The last revision given out, also when its event has been truncated; one below the first where there is none. O(1).
  constexpr revision last() const {
    auto const lock = s_->engine->guard();
    return s_->last();
  }
  /// The revision of the oldest event that is stored, or would be. O(1).
  constexpr revision first() const {
    auto const lock = s_->engine->guard();
    return s_->first();
  }
  /// How many events are stored, without those truncated. O(1).
  constexpr std::size_t size() const {
    auto const lock = s_->engine->guard();
    return s_->size();
  }

  /// How many bytes the stored events take: in files, there, about so after a truncation that left some; in memory, their
  /// own, without what they own elsewhere. O(1).
  constexpr std::uint64_t stored_bytes() const {
    auto const lock = s_->engine->guard();
    return s_->stored_bytes();
  }
  /// Draws a stamp from the store's clock, as an append does.
  constexpr stamp now() const {
    auto const lock = s_->engine->guard();
    return s_->engine->now();
  }

  // --- writing at once ---------------------------------------------------------------------------------------------

  /// Appends events, after a check if the first argument is an expectation, with the caller's time and metadata if
  /// `ab::at` and `ab::with` come next.
  ///
  /// All or nothing; contiguous revisions in the order of the arguments.
  /// @return what it gave out; `wrong_revision`, `stream_exists` or `no_such_stream` where the expectation isn't met, and
  ///         the storage's errors. Whatever the error, nothing was written. O(1) amortised an event.
  template <class First, class... Rest>
  ANABRANCH_ALWAYS_INLINE constexpr result<receipt> append(First&& first, Rest&&... rest) {
    if constexpr (detail::is_expectation<std::remove_cvref_t<First>>) {
      static_assert(sizeof...(Rest) > 0,
                    "append: an expectation is followed by the events; without any, use ab::commit(a.expect(…))");
      if constexpr (std::is_same_v<std::remove_cvref_t<First>, any_t>) {
        return append(std::forward<Rest>(rest)...);
      } else {
        auto check = expect(first);
        auto op = write(std::forward<Rest>(rest)...);
        if constexpr (!std::is_same_v<decltype(op), detail::no_operation>) return s_->engine->commit(check, op);
      }
    } else {
      auto op = write(std::forward<First>(first), std::forward<Rest>(rest)...);
      if constexpr (!std::is_same_v<decltype(op), detail::no_operation>) return s_->engine->commit(op);
    }
  }

  /// Appends a range of events, the last argument, of the family or of one of its types. As `append`; an empty range is no
  /// write.
  template <class First, class... Rest>
  constexpr result<receipt> append_all(First const& first, Rest const&... rest) {
    if constexpr (detail::is_expectation<First>) {
      static_assert(sizeof...(Rest) > 0, "append_all: an expectation is followed by the range of events");
      auto check = expect(first);
      auto op = write_all(rest...);
      return s_->engine->commit(check, op);
    } else {
      auto op = write_all(first, rest...);
      return s_->engine->commit(op);
    }
  }

  /// Removes the events through `last_gone`. The last revision stays; nothing is renumbered; a second time is no change.
  /// @return the revision of the oldest event left, or of the next one; `inside_run` where a run of old events that are now
  ///         one would be torn. O(events removed).
  constexpr result<revision> truncate(revision last_gone) {
    auto op = write_truncation(last_gone);
    return s_->engine->commit(op);
  }

  // --- operations, for ab::commit ----------------------------------------------------------------------------------

  /// The operation that checks `expected`, one of `any`, `no_stream`, `stream_exists`, `exact(n)`.
  template <class Expectation>
    requires(detail::is_expectation<Expectation>)
  constexpr expect_operation<Stream, Expectation> expect(Expectation expected) const noexcept {
    return {*s_, expected};
  }

  /// The operation that appends `events`, with the caller's time and metadata if `ab::at(stamp)` and `ab::with(meta)` stand
  /// before them.
  template <class First, class... Rest>
  ANABRANCH_ALWAYS_INLINE constexpr auto write(First&& first, Rest&&... rest) const {
    return write_under(detail::heading<detail::by_clock, meta>{}, std::forward<First>(first),
                       std::forward<Rest>(rest)...);
  }

  /// The operation that appends a range of events, the last argument. The range must outlive the commit.
  template <class First, class... Rest>
  constexpr auto write_all(First const& first, Rest const&... rest) const {
    return write_all_under(detail::heading<detail::by_clock, meta>{}, first, rest...);
  }

  /// The operation that truncates through `last_gone`.
  constexpr truncate_operation<Stream> write_truncation(revision last_gone) const noexcept { return {*s_, last_gone}; }

  /// The last revision as it will be when an operation of the same commit is staged, with what stands left of it.
  constexpr revision_reference<Stream> revision_here() const noexcept { return {s_}; }

  // --- reading -----------------------------------------------------------------------------------------------------

  /// The events of `range` (`ab::from(3)`, `ab::through(9)`, `ab::between(3, 9)`), oldest first.
  /// @return a random-access range of events; `truncated` where `range` begins at an event that has been removed; what an
  ///         upcaster refuses with, `broken_run`. In memory a view, O(1), valid until the stream is written to, unless the
  ///         store is `ab::locked` or upcasts: then, and in files, a copy, O(bytes).
  constexpr auto read(place_range<revision> range = {}) const {
    auto const lock = s_->engine->guard();
    return s_->template read<1>(range);
  }
  /// The same, newest first.
  constexpr auto read_backwards(place_range<revision> range = {}) const {
    auto const lock = s_->engine->guard();
    return s_->template read<-1>(range);
  }

  /// Folds all events into the projections `Ps`, each from its initial state: one pass for all.
  /// @return the state, or a tuple of them; `truncated` where events are gone (fold a range, or from a snapshot).
  ///         A projection that throws passes through; nothing was changed. O(events).
  template <projection... Ps>
  ANABRANCH_ALWAYS_INLINE constexpr auto fold() const {
    return fold<Ps...>(whole());
  }
  /// Folds the events of `range`; `ab::stored` takes whatever is there.
  template <projection... Ps>
  ANABRANCH_ALWAYS_INLINE constexpr auto fold(place_range<revision> range) const {
    static_assert(sizeof...(Ps) > 0, "fold: name at least one projection, as in a.fold<balance>()");
    using states_type = detail::one_or_tuple<Ps...>;
    auto const lock = s_->engine->guard();
    (detail::projection_must_begin<Ps>(), ...);
    std::tuple<Ps...> states{};
    auto const r = std::apply([&](Ps&... ps) { return s_->fold(range, ps...); }, states);
    if (!r) return result<states_type>(r.error());
    if constexpr (sizeof...(Ps) == 1)
      return result<states_type>(std::get<0>(std::move(states)));
    else
      return result<states_type>(std::move(states));
  }

  /// As `fold`, with the revision that it goes through, to resume from.
  template <projection P>
  constexpr result<folded<P>> project() const {
    detail::projection_must_begin<P>();
    return resume(folded<P>{P{}, Stream::none()});
  }
  /// Folds what came after `before.through` into it.
  /// @return `truncated` where a part of that is gone, `out_of_range` where it claims more than there is, `inside_run`
  ///         where it ends inside a run of old events that are now one; `before` then remains with the caller if it was
  ///         passed as a copy.
  template <projection P>
  constexpr result<folded<P>> resume(folded<P> before) const {
    auto const lock = s_->engine->guard();
    detail::refusal err;
    if (!s_->usable(err)) return err;
    if (before.through > s_->last()) {
      return error(errc::out_of_range, "a state claims more events than the stream has", "fold it anew", name().view())
          .with(before.through.value, s_->last().value);
    }
    if (auto const ok = s_->check_boundary(before.through); !ok) return ok.error();
    auto const r = s_->fold(after(before.through), before.state);
    if (!r) return r.error();
    if (*r > before.through) before.through = *r;
    return before;
  }

  constexpr Stream& node() const noexcept { return *s_; }

 private:
  // Takes `ab::at` and `ab::with` off the arguments, into `h`, and calls `make(h, the rest...)`.
  template <class When, class Make, class First, class... Rest>
  ANABRANCH_ALWAYS_INLINE static constexpr auto under(detail::heading<When, meta> h, Make const& make, First&& first,
                                                      Rest&&... rest) {
    using type = std::remove_cvref_t<First>;
    if constexpr (detail::is_at<type>) {
      static_assert(sizeof...(Rest) > 0, "write: ab::at is followed by the events");
      if constexpr (detail::time_must_be_of_clock<stamp, type>()) {
        return under(detail::heading<detail::by_caller<stamp>, meta>{std::move(h.meta), {first.stamp}}, make,
                     std::forward<Rest>(rest)...);
      } else {
        return detail::no_operation{};
      }
    } else if constexpr (detail::is_with<type>) {
      static_assert(sizeof...(Rest) > 0, "write: ab::with is followed by the events");
      if constexpr (detail::metadata_must_be_of_store<meta, decltype(first.meta)>()) {
        h.meta = std::forward<First>(first).meta;
        return under(std::move(h), make, std::forward<Rest>(rest)...);
      } else {
        return detail::no_operation{};
      }
    } else {
      return make(std::move(h), std::forward<First>(first), std::forward<Rest>(rest)...);
    }
  }
  template <class Heading, class... Args>
  ANABRANCH_ALWAYS_INLINE constexpr auto write_under(Heading h, Args&&... args) const {
    auto const make = [s = s_]<class When, class... Ts>(detail::heading<When, meta>&& now, Ts&&... events) {
      (detail::event_must_be_of_family<E, typename Stream::stored, std::remove_cvref_t<Ts>>(), ...);
      if constexpr (are_events<Ts...>)
        return write_operation<Stream, When, std::remove_cvref_t<Ts>...>(*s, now.when, std::move(now.meta),
                                                                         std::forward<Ts>(events)...);
      else
        return detail::no_operation{};
    };
    return under(std::move(h), make, std::forward<Args>(args)...);
  }
  template <class Heading, class... Args>
  constexpr auto write_all_under(Heading h, Args const&... args) const {
    auto const make = [s = s_]<class When, class Range>(detail::heading<When, meta>&& now, Range const& events) {
      detail::event_must_be_of_family<E, typename Stream::stored, std::remove_cvref_t<decltype(*events.begin())>>();
      return write_all_operation<Stream, When, Range>(*s, now.when, std::move(now.meta), events);
    };
    return under(std::move(h), make, args...);
  }
  static constexpr place_range<revision> whole() noexcept { return from(Stream::none().next()); }

  Stream* s_;
};

}  // namespace ab
