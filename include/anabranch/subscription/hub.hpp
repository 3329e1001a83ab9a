/// @file
/// `ab::hub`: commits, and then tells subscribers of the events.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/expectation.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/store.hpp"
#include "anabranch/subscription/detail/feed.hpp"
#include "anabranch/subscription/detail/hub_core.hpp"
#include "anabranch/subscription/detail/recording.hpp"
#include "anabranch/subscription/detail/tell.hpp"
#include "anabranch/subscription/published.hpp"
#include "anabranch/subscription/subscription.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab {

/// The name of an event type as its definition has it, without a version; for buses that know types only at run time.
struct type_named {
  std::string_view name;
  constexpr explicit type_named(std::string_view n) noexcept : name(n) {}
};

namespace detail {

template <class Any, class... Ts>
consteval bool must_be_events() {
  static_assert((Any::template has<Ts> && ...),
                "hub: no stream of this store has such an event; subscribe by the event's type, as in "
                "hub.subscribe<deposited>(f)");
  return (Any::template has<Ts> && ...);
}

// Told of the events of `List`.
template <class Core, class F, class List>
class told final : public Core::subscriber {
  using recorded_type = typename Core::recorded_type;
  using any_event = decltype(recorded_type::data);
  using info = typename std::remove_cvref_t<decltype(std::declval<Core&>().engine())>::info;

 public:
  explicit told(F f) : f_(std::move(f)) { this->is_reactor = detail::is_reactor<F, List, info>; }

  bool takes(std::size_t type) const noexcept override {
    return with_index<any_event::size>(type,
                                       [](auto i) { return List::template has<typename any_event::template type<i>>; });
  }
  result<void> tell(recorded_type const& e) override {
    return e.data.visit([&]<class T>(T const& data) -> result<void> {
      if constexpr (List::template has<T>) return detail::tell(f_, data, static_cast<info const&>(e));
      return {};
    });
  }

 private:
  F f_;
};

// Told of the events of one type, which it knows by its place only.
template <class Core, class F>
class told_by_name final : public Core::subscriber {
  using recorded_type = typename Core::recorded_type;

 public:
  told_by_name(F f, std::size_t type) : f_(std::move(f)), type_(type) {}

  bool takes(std::size_t type) const noexcept override { return type == type_; }
  result<void> tell(recorded_type const& e) override {
    static_assert(std::is_invocable_v<F&, recorded_type const&>,
                  "hub: a subscriber by name takes an `auto const&`, which has stream, revision, at, type() and data");
    using said = std::invoke_result_t<F&, recorded_type const&>;
    static_assert(std::is_void_v<said> || std::is_same_v<said, result<void>>,
                  "a subscriber returns nothing, or ab::result<void> to say that it failed");
    if constexpr (std::is_void_v<said>)
      f_(e);
    else
      return f_(e);
    return {};
  }

 private:
  F f_;
  std::size_t type_;
};

template <class... Ts>
constexpr std::size_t place_of_name(one_of<Ts...> const*, std::string_view n) noexcept {
  std::string_view const names[] = {definition_of<Ts>.name...};
  std::size_t i = 0;
  while (i < sizeof...(Ts) && names[i] != n) ++i;
  return i;
}

}  // namespace detail

/// Publishes what is committed through it: commits to the store, then tells every subscriber of each stored event.
///
/// Events come in the order of their commits, one at a time. Whoever commits waits until its own have been delivered, and
/// is given what failed: a subscriber that throws or returns an error harms neither the commit nor the other subscribers.
/// What is appended to the store without the hub, or through another hub, isn't published; nothing is ever told twice.
///
/// A subscriber may do anything: use the store, subscribe, unsubscribe itself or others, and commit through the hub; that
/// is then delivered after what is being delivered, and the inner commit returns at once (`delivery::deferred`). Who
/// subscribes is told of what is committed after that.
///
/// Threads: under `ab::locked`, any number at once, all members. A callback runs in a thread that commits, never two at
/// a time, without the store's lock; it mustn't wait for another thread that commits through the hub. Don't subscribe,
/// unsubscribe or destroy from inside a fold of the same store.
/// The store must outlive the hub; it may be moved.
template <class Store>
class hub {
  using engine_type = std::remove_reference_t<decltype(detail::store_access::engine(std::declval<Store&>()))>;
  using core = detail::hub_core<engine_type>;
  using recorded_type = typename core::recorded_type;
  using any_event = decltype(recorded_type::data);
  static_assert(detail::must_own_events<engine_type>());

 public:
  explicit hub(Store& s) : core_(new core(detail::store_access::engine(s))) {}
  hub(hub const&) = delete;
  hub& operator=(hub const&) = delete;
  ~hub() = default;

  // --- subscribing --------------------------------------------------------------------------------------------------

  /// Subscribes to the events `Ts` of every stream:
  /// `hub.subscribe<deposited>([](deposited const& e, auto const& info) {…})`.
  ///
  /// `fs` are one or more callables `f(T const&)` or `f(T const&, info)`, or a reactor; an event that none of them takes
  /// doesn't compile, unless one takes `ab::others`. They return nothing, or `ab::result<void>`. Without `Ts`: all events.
  /// @return the handle on whose life the subscription hangs. O(1).
  template <class... Ts, class F, class... Fs>
    requires(!detail::is_a_stream<F> && !std::is_same_v<F, type_named>)
  subscription subscribe(F f, Fs... fs) {
    if constexpr (detail::must_be_events<any_event, Ts...>())
      return add<list<any_event, Ts...>>(nullptr, detail::as_one(std::move(f), std::move(fs)...));
    else
      return {};
  }

  /// The same, to the events of one stream only.
  /// @return `wrong_family` or `different_stores` where the stream can never publish anything here
  template <class... Ts, class S, class F, class... Fs>
  result<subscription> subscribe(stream<S> const& of, F f, Fs... fs) {
    static_assert(std::is_same_v<typename S::engine_type, engine_type>, "hub: this stream is of another type of store");
    if constexpr (detail::must_be_events<typename S::event_family, Ts...>()) {
      if (auto const ok = publishes(of); !ok) return ok.error();
      return add<list<typename S::event_family, Ts...>>(&of.name(), detail::as_one(std::move(f), std::move(fs)...));
    } else {
      return subscription{};
    }
  }

  /// Subscribes `f(event)` to the events of the type of that name, in every stream; `event` has `data`, `type()`,
  /// `stream`, `revision`, `at` and, under `ab::global_order`, `position`.
  /// @return `unknown_type` where no event of the store is called so: a name has no version
  template <class F>
  result<subscription> subscribe(type_named type, F f) {
    auto const place = detail::place_of_name(static_cast<any_event const*>(nullptr), type.name);
    if (place == any_event::size) {
      return error(errc::unknown_type, "no event of this store has that name",
                   "name the event as its definition does, without a version", type.name);
    }
    return subscription(
        core_,
        core_->add(detail::owner<typename core::subscriber>(new detail::told_by_name<core, F>(std::move(f), place))));
  }

  // --- committing ---------------------------------------------------------------------------------------------------

  /// Commits as `ab::commit` does, then tells the subscribers.
  /// @return the error where nothing was written, and then nobody was told; otherwise the outcome, with what failed.
  /// Complexity: the commit, one copy of each event, and the subscribers; O(subscribers) to look who is to be told.
  template <class... Ops>
  auto commit(Ops... ops) -> result<published<detail::outcomes<Ops...>>> {
    static_assert((detail::must_be_operation<Ops>() && ...));
    auto fresh = detail::owner(new typename core::batch());
    typename core::ticket ticket;
    fresh->waiting = core_->is_delivering_here() ? nullptr : &ticket;
    bool const waits = fresh->waiting != nullptr;
    detail::recording<engine_type, Ops...> record(*core_, fresh, ops...);
    auto done = detail::commit_in_place(record, ops...);
    if (!done) return done.error();
    if (!fresh) settle(ticket, waits);
    if constexpr (std::is_void_v<detail::outcomes<Ops...>>)
      return published<void>{std::move(ticket.report)};
    else
      return published<detail::outcomes<Ops...>>{std::move(ticket.report), *std::move(done)};
  }

  /// Appends as `stream.append` does, then tells the subscribers.
  template <class S, class First, class... Rest>
  auto append(stream<S> const& to, First first, Rest... rest) {
    if constexpr (detail::is_expectation<First>)
      return commit(to.expect(first), to.write(std::move(rest)...));
    else
      return commit(to.write(std::move(first), std::move(rest)...));
  }
  /// Appends as `stream.append_all` does, then tells the subscribers.
  template <class S, class Range>
  auto append_all(stream<S> const& to, Range const& events) {
    return commit(to.write_all(events));
  }

  // --- telling again ------------------------------------------------------------------------------------------------

  /// Tells the subscribers, but no reactor, of the stored events of a stream once more. Nothing but this publishes a replay.
  /// @return the error of reading, and then nobody was told; or what failed. O(events) memory.
  template <class S>
  result<delivery> replay(stream<S> const& of, place_range<revision> range = {}) {
    if (auto const ok = publishes(of); !ok) return ok.error();
    return replay_with([&](auto& batch) { return detail::take_down(batch, of.node(), range); });
  }
  /// The same of the whole store, under `ab::global_order`, in the order of the commits.
  result<delivery> replay(place_range<position> range = {}) {
    detail::must_be_ordered<engine_type>();
    return replay_with([&](auto& batch) -> result<void> {
      auto const r = core_->engine().scan(range, [&](auto const& data, auto const& info) {
        batch.events.push_back(recorded_type(info, any_event(data)));
      });
      if (!r) return r.error();
      return {};
    });
  }

 private:
  template <class All, class... Ts>
  using list = std::conditional_t<sizeof...(Ts) == 0, All, one_of<Ts...>>;

  template <class List, class F>
  subscription add(name const* of, F f) {
    detail::owner<typename core::subscriber> s(new detail::told<core, F, List>(std::move(f)));
    s->stream = of;
    return {core_, core_->add(std::move(s))};
  }
  template <class S>
  result<void> publishes(stream<S> const& s) const {
    detail::refusal err;
    if (s.node().engine != &core_->engine()) return detail::different_stores().at(s.name().view());
    if (!s.node().usable(err)) return err;
    return {};
  }
  void settle(typename core::ticket& ticket, bool waits) {
    if (waits)
      core_->deliver(ticket);
    else
      ticket.report.deferred = true;
  }
  template <class Fill>
  result<delivery> replay_with(Fill fill) {
    auto fresh = detail::owner(new typename core::batch());
    typename core::ticket ticket;
    fresh->is_replay = true;
    fresh->waiting = core_->is_delivering_here() ? nullptr : &ticket;
    bool const waits = fresh->waiting != nullptr;
    {
      auto const lock = core_->engine().guard();
      if (lock.reentered()) return detail::commit_inside_callback();
      if (auto const ok = fill(*fresh); !ok) return ok.error();
      core_->push(std::move(fresh));
    }
    settle(ticket, waits);
    return std::move(ticket.report);
  }

  detail::owner<core> core_;
};

}  // namespace ab
