// What a query is over: one stream, or a whole store.
#pragma once

#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/concepts.hpp"
#include "anabranch/query/typed_event.hpp"
#include "anabranch/store.hpp"

#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

// The types that a query selects. `Narrow`: it names a single one, so that its events are typed.
template <bool Narrow, class... Ts>
struct selected {
  static constexpr bool narrow = Narrow;
  template <class T>
  static constexpr bool has = (std::is_same_v<T, Ts> || ...);
  template <class... Us>
  using of = selected<sizeof...(Us) == 1, Us...>;
};
template <class T>
struct only_of;
template <class T>
struct only_of<selected<true, T>> {
  using type = T;
};
template <class Family>
struct selected_all;
template <class... Ts>
struct selected_all<one_of<Ts...>> {
  using type = selected<false, Ts...>;
};

// Hands every selected event to `f(data, info)`, in the form of a projection, which is what storages fold into. Each step is a
// function of its own, since a projection's steps are told from mere conversions.
template <class Self, class T>
struct handed {
  template <class Info>
  ANABRANCH_ALWAYS_INLINE constexpr void apply(T const& data, Info const& info) {
    static_cast<Self&>(*this).f(data, info);
  }
};
template <class F, class Selected>
struct handing;
template <class F, bool Narrow, class... Ts>
struct handing<F, selected<Narrow, Ts...>> : handed<handing<F, selected<Narrow, Ts...>>, Ts>... {
  F& f;
  constexpr explicit handing(F& g) noexcept : f(g) {}
  using handed<handing, Ts>::apply...;
  constexpr void apply(others) noexcept {}
};

template <class Stream>
class stream_source {
 public:
  using place = revision;
  using family = typename Stream::event_family;
  using event = typename Stream::event_type;
  using info = typename Stream::info;
  using stamp = typename Stream::stamp;

  constexpr stream_source(stream<Stream> const& s) noexcept : stream_(&s.node()) {}

  static constexpr revision first() noexcept { return Stream::none().next(); }
  constexpr revision last() const noexcept { return stream_->last(); }
  constexpr auto guard() const { return stream_->engine->guard(); }

  template <class Selected, class F>
  ANABRANCH_ALWAYS_INLINE constexpr result<void> each(place_range<revision> r, F&& f) const {
    handing<F, Selected> hand(f);
    auto const lock = guard();
    auto const ok = stream_->fold(r, hand);
    if (!ok) return ok.error();
    return {};
  }
  // The events themselves, of which the caller takes those that match.
  template <class Selected, class Condition>
  constexpr auto read(place_range<revision> r, Condition const&) const {
    auto const lock = guard();
    return stream_->template read<1>(r);
  }

 private:
  Stream* stream_;
};

template <class Engine>
class store_source {
 public:
  using engine_type = Engine;
  using place = position;
  using family = typename Engine::schema::any_event;
  using event = typename Engine::recorded_type;
  using info = typename Engine::info;
  using stamp = typename Engine::stamp;

  template <class Families, class Policies>
  constexpr store_source(store<Families, Policies> const& s) noexcept : engine_(&store_access::engine(s)) {
    must_be_ordered<Engine>();
  }

  static constexpr position first() noexcept { return {1}; }
  constexpr position last() const noexcept { return engine_->last_position(); }
  constexpr auto guard() const { return engine_->guard(); }
  constexpr Engine& engine() const noexcept { return *engine_; }

  template <class Selected, class F>
  ANABRANCH_ALWAYS_INLINE constexpr result<void> each(place_range<position> r, F&& f) const {
    auto const lock = guard();
    auto const ok = engine_->scan(r, [&]<class T>(T const& data, info const& i) {
      if constexpr (Selected::template has<T>) f(data, i);
    });
    if (!ok) return ok.error();
    return {};
  }
  // Copies of those that match, since a store has its events in many places.
  template <class Selected, class Condition>
  constexpr result<std::vector<event>> read(place_range<position> r, Condition const& matches) const {
    std::vector<event> all;
    auto const ok = each<Selected>(r, [&]<class T>(T const& data, info const& i) {
      if (matches(typed_event<T, info, position>(i, data))) all.push_back({i, data});
    });
    if (!ok) return ok.error();
    return all;
  }

 private:
  Engine* engine_;
};

}  // namespace ab::detail
