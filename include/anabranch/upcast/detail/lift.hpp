// From a stored event to today's.
#pragma once

#include "anabranch/core/detail/parts.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/upcast/detail/upcast_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ab::detail {

constexpr error broken_run(std::string_view stream, revision at) noexcept {
  return error(errc::broken_run, "a run of old events that become one is not whole",
               "write an upcaster for such an event alone", stream)
      .with(at.value, at.value);
}
constexpr error inside_run(std::string_view stream, revision at) noexcept {
  return error(errc::inside_run, "the revision lies inside a run of old events that are now one",
               "take the revision of the run's last event, or fold anew", stream)
      .with(at.value, at.value);
}

template <class R>
inline constexpr bool is_fallible = false;
template <class T>
inline constexpr bool is_fallible<result<T>> = true;

// `Peek` is called with a revision and calls back with the event that is stored there; it says whether there is one.
template <class Graph>
class lift {
  struct leaf {
    template <class T>
    static constexpr bool is = Graph::any_stored::template has<T>;
    template <class T>
    static consteval void refuse() {
      (void)version_must_have_a_step<T, false>();
    }
  };

  template <class T>
  static constexpr bool in_run = !std::is_same_v<typename Graph::template run<T>, no_upcaster>;
  template <class T>
  static constexpr bool has_step = !std::is_same_v<typename Graph::template step<T>, no_upcaster>;

  // Calls `done` with all events of the run if they are there, `mine` being the K-th, at revision `at`.
  template <class List, std::size_t K, class T, class Peek, class Done, class... Got>
  static constexpr result<bool> gather(revision first, T const& mine, Peek const& peek, Done const& done,
                                       Got const&... got) {
    constexpr auto j = sizeof...(Got);
    if constexpr (j == List::size) {
      done(got...);
      return true;
    } else if constexpr (j == K) {
      return gather<List, K>(first, mine, peek, done, got..., mine);
    } else {
      return peek(revision{first.value + static_cast<std::int64_t>(j)}, [&]<class A>(A const& other) -> result<bool> {
        if constexpr (place_in<A>(List{}) == j)
          return gather<List, K>(first, mine, peek, done, got..., other);
        else
          return false;
      });
    }
  }
  template <class U, class T, class Peek, class Done>
  static constexpr result<bool> whole_run(T const& mine, revision at, Peek const& peek, Done const& done) {
    using members = from_of<U>;
    constexpr auto k = place_in<T>(members{});
    return gather<members, k>(revision{at.value - static_cast<std::int64_t>(k)}, mine, peek, done);
  }

  template <class U, class Info, class F, class... As>
  static constexpr bool take_step(Info& info, refusal& err, F& f, As const&... old) {
    using R = decltype(U::up(old...));
    if constexpr (std::is_void_v<R>) {
      U::up(old...);
      return true;
    } else {
      auto made = U::up(old...);
      if constexpr (is_fallible<R>) {
        if (!made) return err = made.error().where.empty() ? made.error().at(info.stream) : made.error(), false;
        if constexpr (std::is_same_v<R, result<void>>)
          return true;
        else
          return spread(*made, info, err, f);
      } else {
        return spread(made, info, err, f);
      }
    }
  }
  template <class R, class Info, class F>
  static constexpr bool spread(R const& made, Info& info, refusal& err, F& f) {
    bool ok = true;
    for_each_part<leaf>(made, [&](auto const& part) { ok = ok && go_on(part, info, err, f); });
    return ok;
  }
  template <class T, class Info, class F>
  static constexpr bool go_on(T const& event, Info& info, refusal& err, F& f) {
    if constexpr (Graph::any_event::template has<T>) {
      f(event, std::as_const(info));
      ++info.part;
      return true;
    } else {
      return take_step<typename Graph::template step<T>>(info, err, f, event);
    }
  }

 public:
  // Calls `f(event, info)` for each of today's events that the stored one becomes. False where `err` says why it can't.
  template <class T, class Info, class Peek, class F>
  static constexpr bool apply(T const& stored, Info info, Peek const& peek, refusal& err, F&& f) {
    if constexpr (Graph::any_event::template has<T>) {
      f(stored, std::as_const(info));
      return true;
    } else if constexpr (in_run<T>) {
      using U = typename Graph::template run<T>;
      bool ok = true;
      auto const whole = whole_run<U>(stored, info.revision, peek, [&](auto const&... all) {
        if constexpr (place_in<T>(from_of<U>{}) + 1 == from_of<U>::size) ok = take_step<U>(info, err, f, all...);
      });
      if (!whole) return err = whole.error(), false;
      if (*whole) return ok;
      if constexpr (has_step<T>) {
        return take_step<typename Graph::template step<T>>(info, err, f, stored);
      } else {
        err = broken_run(info.stream, info.revision);
        return false;
      }
    } else {
      return take_step<typename Graph::template step<T>>(info, err, f, stored);
    }
  }

  // Whether a run goes on behind the revision: what is known through it has seen only a part.
  template <class Peek>
  static constexpr result<bool> ends_inside(revision through, Peek const& peek) {
    return peek(through, [&]<class T>(T const& stored) -> result<bool> {
      if constexpr (in_run<T>) {
        using U = typename Graph::template run<T>;
        if constexpr (place_in<T>(from_of<U>{}) + 1 < from_of<U>::size)
          return whole_run<U>(stored, through, peek, [](auto const&...) {});
      }
      return false;
    });
  }
};

}  // namespace ab::detail
