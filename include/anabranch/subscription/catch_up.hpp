/// @file
/// `ab::catch_up`: a subscription that begins at a checkpoint and misses nothing.
#pragma once

#include "anabranch/core/error.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/subscription/detail/checkpoint_operation.hpp"
#include "anabranch/subscription/detail/feed.hpp"
#include "anabranch/subscription/detail/tell.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

/// Takes the events of a stream or a store in their order, from a checkpoint on, each exactly once. Made by `ab::catch_up`.
///
/// A *checkpoint* is the place of the last event that was dealt with: an `ab::revision` of a stream, an `ab::position` of a
/// store. Pulls, so nothing is missed however events are written: with a hub or without, before or meanwhile.
/// Threads: one at a time uses a subscription; others may write meanwhile under `ab::locked`. The store outlives it.
template <class Source>
class catch_up_subscription {
  using feed = detail::feed<Source>;
  using engine_type = typename feed::engine_type;
  using recorded_type = typename feed::recorded_type;
  using info = typename engine_type::info;
  static_assert(detail::must_own_events<engine_type>());

 public:
  using place = typename feed::place;
  using table_type = typename engine_type::template table_type<place>;

  catch_up_subscription(feed const& f, place seen) noexcept : feed_(f), seen_(seen) {}
  catch_up_subscription(feed const& f, name const& n, result<table_type*> const& table, std::optional<place> kept)
      : feed_(f), name_(n), table_(table), kept_(kept), seen_(kept.value_or(feed::none())) {}
  catch_up_subscription(catch_up_subscription&&) noexcept = default;
  catch_up_subscription& operator=(catch_up_subscription&&) noexcept = default;
  catch_up_subscription(catch_up_subscription const&) = delete;
  catch_up_subscription& operator=(catch_up_subscription const&) = delete;
  ~catch_up_subscription() = default;

  /// The place of the last event that was dealt with; inside a callback of `poll`, of the event that it is about.
  place checkpoint() const noexcept { return seen_; }

  /// Tells `fs` (callables `f(T const&)` or `f(T const&, info)`, or a reactor) of the events after the checkpoint, at most
  /// `most`. Runs without the store's lock: the callbacks may use the store, and commit `write_checkpoint()` with effects.
  ///
  /// An event on which a callback returns an error, or throws, is not dealt with: the checkpoint stays before it, those
  /// before it are done, and the next poll begins with it.
  ///
  /// Old events that an upcaster makes several of are one step: all of its events come in one poll, be it more than `most`, and
  /// the checkpoint moves with the last. What is dropped is passed over.
  /// @return how many were dealt with; 0 where there is nothing new. `truncated` where the next event has been removed: it
  ///         is never passed over in silence, see `seek`. `out_of_range` where the store ends before the checkpoint (an older
  ///         copy of it was put back). The callback's error.
  /// O(events), in portions of 256 that are held in memory.
  template <class F, class... Fs>
  result<std::size_t> poll(std::size_t most, F&& f, Fs&&... fs) {
    if constexpr (sizeof...(Fs) == 0) {
      return poll_with(most, f);
    } else {
      auto all = detail::as_one(std::forward<F>(f), std::forward<Fs>(fs)...);
      return poll_with(most, all);
    }
  }

  /// The operation that keeps the checkpoint as it is now under the subscription's name. In one commit with the effects of
  /// the events, these happen exactly once, whatever crashes when.
  ///
  /// Refused with `value_mismatch` where another subscription of the name has moved the kept checkpoint, and so had the
  /// effects. The subscription must stay where it is until the commit is through. Only for a subscription with a name.
  auto write_checkpoint() {
    return detail::checkpoint_operation<table_type, place>(table_, name_ ? result<name>(*name_) : unnamed(), seen_,
                                                           kept_);
  }

  /// Goes on after `seen` instead, forwards or backwards: what lies between is left out, or told again.
  void seek(place seen) noexcept {
    seen_ = seen;
    begun_ = {};
  }

 private:
  static constexpr std::size_t portion = 256;

  static error unnamed() noexcept {
    return {errc::invalid_name, "this subscription has no name to keep its checkpoint under",
            "give it one: ab::catch_up(\"mailer\", stream)"};
  }

  // Some of what comes after the checkpoint: today's events of the places through which it was read.
  struct portion_read {
    std::vector<recorded_type> events;
    place through;
    bool more;
  };
  // Of the place after the checkpoint, how many events were dealt with already.
  struct begun {
    place at{};
    std::uint32_t parts = 0;
  };
  static std::uint32_t part_of([[maybe_unused]] recorded_type const& e) noexcept {
    if constexpr (engine_type::schema::lifts) return e.part;
    return 0;
  }
  bool was_dealt_with(recorded_type const& e) const noexcept {
    return begun_.parts > part_of(e) && begun_.at == feed::place_of(e);
  }

  template <class F>
  result<std::size_t> poll_with(std::size_t most, F& f) {
    std::size_t done = 0;
    for (auto wanted = most; done < most;) {
      auto const read = next(wanted < portion ? wanted : portion);
      if (!read) return read.error();
      auto at = seen_;
      for (auto e = read->events.begin(); e != read->events.end(); ++e) {
        auto const here = feed::place_of(*e);
        if (done >= most && here != at) return done;
        at = here;
        if (was_dealt_with(*e)) continue;
        bool const last = e + 1 == read->events.end() || feed::place_of(e[1]) != here;
        if (auto const ok = deal_with(*e, last, f); !ok) return ok.error();
        ++done;
      }
      if (seen_ == at) seen_ = read->through;  // what lies behind has no events of today
      if (!read->more) break;
      wanted = read->events.empty() ? portion : most - done;
    }
    return done;
  }
  result<portion_read> next(std::size_t n) const {
    auto const lock = feed_.engine().guard();
    detail::refusal err;
    if (!feed_.usable(err)) return err;
    auto const last = feed_.last();
    if (seen_ > last) {
      return error(errc::out_of_range, "the checkpoint lies behind the end of the log",
                   "the log is an older copy: seek to where its effects are known to be done", feed_.where())
          .with(seen_.value, last.value);
    }
    portion_read read{{}, last, false};
    if (seen_ == last) return read;
    if (last.value - seen_.value > static_cast<std::int64_t>(n)) {
      read.through = {seen_.value + static_cast<std::int64_t>(n)};
      read.more = true;
    }
    if (auto const ok = feed_.read(between(seen_.next(), read.through), read.events); !ok) return ok.error();
    return read;
  }
  // The checkpoint goes on with the last event of a place.
  template <class F>
  result<void> deal_with(recorded_type const& e, bool last, F& f) {
    struct back {
      catch_up_subscription& s;
      place before;
      bool keep = false;
      explicit back(catch_up_subscription& sub) noexcept : s(sub), before(sub.seen_) {}
      back(back const&) = delete;
      back& operator=(back const&) = delete;
      ~back() {
        if (!keep) s.seen_ = before;
      }
    } moved(*this);
    if (last) seen_ = feed::place_of(e);
    auto ok = e.data.visit([&]<class T>(T const& data) -> result<void> {
      if constexpr (feed::event_family::template has<T>) return detail::tell(f, data, static_cast<info const&>(e));
      return {};
    });
    moved.keep = ok.has_value();
    if (ok) begun_ = last ? begun{} : begun{feed::place_of(e), part_of(e) + 1};
    return ok;
  }

  feed feed_;
  std::optional<name> name_{};
  result<table_type*> table_ = unnamed();
  std::optional<place> kept_{};  // as this one has read or written it
  place seen_{};
  begun begun_{};
};

/// A subscription to what comes after `seen` in a stream or, under `ab::global_order`, a store. `ab::revision{0}` or
/// `ab::position{0}` begins with the first event, `stream.last()` or `store.last()` with the next one.
template <class Stream>
catch_up_subscription<stream<Stream>> catch_up(stream<Stream> const& of, revision seen) {
  return {detail::feed<stream<Stream>>(of), seen};
}
template <class Families, class Policies>
auto catch_up(store<Families, Policies>& of, position seen) {
  if constexpr (detail::must_be_followed<store<Families, Policies>>())
    return catch_up_subscription<store<Families, Policies>>(detail::feed<store<Families, Policies>>(of), seen);
}

/// The same from the checkpoint that is kept in the store under `name`; from the beginning where none is. Names belong to
/// the stream, or to the store as a whole.
template <class Source>
auto catch_up(name const& name, Source&& of) {
  using source = std::remove_cvref_t<Source>;
  if constexpr (detail::must_be_followed<source>()) {
    using subscription_type = catch_up_subscription<source>;
    using place = typename subscription_type::place;
    detail::feed<source> f(of);
    auto const table = detail::places_in<typename detail::feed<source>::engine_type, place>(f.engine(), f.table());
    using table_type = typename subscription_type::table_type;
    auto const kept = kv<table_type, place>(table).get(name);
    if (!kept) return result<subscription_type>(kept.error());
    return result<subscription_type>(subscription_type(f, name, table, *kept));
  }
}

template <detail::run_time_text Text, class Source>
void catch_up(Text const&, Source&&) {
  detail::name_must_be_checked<Text>();
}
template <std::same_as<result<name>> Name, class Source>
void catch_up(Name const&, Source&&) {
  detail::name_must_be_taken_out<Name>();
}

}  // namespace ab
