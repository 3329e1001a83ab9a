/// @file
/// `ab::expect_none`: write only where no event matches a query.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/query/detail/sources.hpp"
#include "anabranch/query/query.hpp"
#include "anabranch/store.hpp"

#include <string_view>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

// `Engine::scans_in_checks`: a scan from within an operation's check sees every event that comes before the commit, also those
// that other commits have staged and not yet written.
template <class Engine>
concept conditional_engine = requires { requires Engine::scans_in_checks; };

template <class Engine>
consteval bool must_be_conditional() {
  static_assert(
      conditional_engine<Engine>,
      "ab::expect_none: this storage can't look for events as part of a commit; expect a revision of a stream, "
      "a.expect(ab::exact(n)), or a value of a table, or take ab::memory_storage or ab::file_storage");
  return conditional_engine<Engine>;
}

template <class Source>
inline constexpr bool is_whole_store = false;
template <class Engine>
inline constexpr bool is_whole_store<store_source<Engine>> = true;

template <class Source>
consteval bool must_be_whole_store() {
  static_assert(
      is_whole_store<Source>,
      "ab::expect_none: its query is over a whole store, ab::query(store), whose order says what came after what; of "
      "one stream expect a revision, a.expect(ab::exact(n))");
  return is_whole_store<Source>;
}

}  // namespace detail

/// A store whose commits can expect that no event matches a query (`ab::expect_none`): one with `ab::global_order`, on a storage
/// that can look for events and write as one step. `ab::memory_storage` and `ab::file_storage` can.
template <class Store>
concept conditional_store = detail::conditional_engine<
    std::remove_reference_t<decltype(detail::store_access::engine(std::declval<Store const&>()))>>;

/// Checks that no event matches a query. Writes nothing. Made by `ab::expect_none`.
template <class Query>
class [[nodiscard("an operation does nothing until ab::commit")]] expect_none_operation {
 public:
  using outcome_type = void;

  constexpr explicit expect_none_operation(Query q) : query_(std::move(q)) {}

  constexpr auto& engine() const noexcept { return query_.source().engine(); }
  constexpr bool check(detail::refusal& err) const {
    position found{};
    std::string_view stream;
    auto const ok = query_.matching([&](auto const& e) {
      if (found.value > 0) return;
      found = e.position;
      stream = e.stream;
    });
    if (!ok) return err = ok.error(), false;
    if (found.value > 0) {
      auto const first = query_.range().first;
      err = error(errc::event_exists, "an event exists that the commit expects none of",
                  "read what was appended since, decide again, and retry", stream)
                .with(first.value > 0 ? first.value - 1 : 0, found.value);
    }
    return found.value == 0;
  }

 private:
  Query query_;
};

/// The operation that checks that no event matches `q`, a query of a whole store: an append condition, as of a dynamic
/// consistency boundary.
///
/// `ab::commit(ab::expect_none(taken.after(seen)), a.write(seat_sold{12}))`: whoever decided on what `taken` gave through
/// position `seen` writes only if nothing that would have mattered came after. Check and write are one step, in the storage:
/// every event is seen that comes before the commit, also of commits that are written together with it, and none that the
/// commit itself writes. Needs `ab::global_order`; see `conditional_store`.
/// @param q without `after` or `since` over the whole history. Its predicate runs inside the commit
/// @return from `ab::commit`, where there is one: `errc::event_exists`, with the stream of the first, `expected` the position
///         after which there should be none, `actual` that of the first; `truncated` where a part of the range is gone, since
///         then nobody knows. Nothing was written; both may be tried again. O(events of the range).
template <class Source, class Selected, class Condition>
constexpr auto expect_none(query<Source, Selected, Condition> q) {
  if constexpr (detail::must_be_whole_store<Source>()) {
    if constexpr (detail::must_be_conditional<typename Source::engine_type>())
      return expect_none_operation<query<Source, Selected, Condition>>(std::move(q));
  }
}

}  // namespace ab
