/// @file
/// `ab::store`: events in streams, values in tables, under one set of policies.
#pragma once

#include "anabranch/commit.hpp"
#include "anabranch/core/families.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/kv/kv.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/policies.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/storage/schema.hpp"

#include <concepts>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

namespace detail {

struct store_access {
  template <class Store>
  static constexpr auto& engine(Store& s) noexcept {
    return s.in_use();
  }
};

[[noreturn]] inline void store_was_moved_from() noexcept {
  std::fputs("anabranch: a store that was moved from was used\n", stderr);
  std::abort();
}

// A std::filesystem::path as its text; anything else as it is.
template <class Arg>
constexpr decltype(auto) plain_path(Arg&& arg) noexcept {
  if constexpr (requires { arg.native().data(); })
    return std::string_view(arg.native());
  else
    return std::forward<Arg>(arg);
}

template <class P>
concept policy_set = requires {
  typename P::storage;
  typename P::clock;
  typename P::codec;
  typename P::order;
  typename P::concurrency;
  typename P::revision_base;
  typename P::upcasting;
  typename P::meta;
};

template <class P>
consteval bool must_be_policies() {
  static_assert(policy_set<P>,
                "ab::store: its second argument is a set of policies, ab::policies<…>, or a struct derived "
                "from one; wrap a single policy, as in ab::policies<ab::global_order>");
  return policy_set<P>;
}

template <class Engine>
consteval void must_be_ordered() {
  static_assert(Engine::schema::global,
                "this store keeps no order among its streams; name ab::global_order among its policies "
                "to read, fold and resume it as a whole");
}

}  // namespace detail

/// A store of events and values.
///
/// @tparam Families an event family, `ab::one_of<deposited, withdrawn>`, or several, `ab::families<account_event, order_event>`
/// @tparam Policies an `ab::policies<…>` or a struct derived from one
/// Movable; handles stay valid. One that was moved from can be assigned to and destroyed; anything else aborts with a message.
/// Threads: as the concurrency policy says, moving and destroying excepted.
template <class Families, class Policies = policies<>>
class store {
  static_assert(detail::must_be_policies<Policies>());
  using family_list = typename detail::family_list<Families>::type;
  using schema = detail::schema<family_list, Policies>;
  using engine = typename Policies::storage::template engine<schema>;

 public:
  using policies_type = Policies;
  using lends = engine;
  using clock_type = typename schema::clock;
  using any_event = typename schema::any_event;
  /// A handle to a stream of family `E`.
  template <class E = typename schema::template family<0>>
  using stream_type = ab::stream<typename engine::template stream_type<E>>;
  /// A handle to a table of `T`.
  template <class T>
  using kv_type = ab::kv<typename engine::template table_type<T>, T>;

  /// A new store in memory, where opening can't fail.
  constexpr store()
    requires(!Policies::storage::durable)
      : engine_(new engine()) {}

  /// Opens a store. The arguments are the storage's: a path for `ab::file_storage`, none for `ab::memory_storage`.
  template <class... Args>
  static constexpr result<store> open(Args&&... args) {
    if constexpr (Policies::storage::durable) {
      static_assert(sizeof...(Args) > 0, "a store in files opens with a path, as in open(\"notes.store\")");
      auto e = engine::open(detail::plain_path(std::forward<Args>(args))...);
      if (!e) return e.error();
      return store(*e);
    } else {
      static_assert(sizeof...(Args) == 0, "a store in memory opens without arguments");
      return store();
    }
  }

  constexpr store(store&& o) noexcept : engine_(std::exchange(o.engine_, nullptr)) {}
  constexpr store& operator=(store&& o) noexcept {
    auto* const before = std::exchange(engine_, std::exchange(o.engine_, nullptr));
    delete before;
    return *this;
  }
  constexpr ~store() { delete engine_; }

  /// A handle to the stream `n`, which need not exist yet. O(1) expected. A literal is checked while compiling; run-time
  /// text goes through `ab::name::parse`.
  template <class E = void>
  constexpr auto stream(name const& n) {
    if constexpr (std::is_void_v<E>) {
      static_assert(schema::family_count == 1 || !std::is_void_v<E>,
                    "this store has several event families; say which: shop.stream<order_event>(\"order/1\")");
      return stream<typename schema::template family<0>>(n);
    } else {
      static_assert(schema::template has_family<E>,
                    "this store has no such event family; it is made of the families of its first argument");
      return stream_type<E>(*in_use().template stream<E>(n));
    }
  }

  /// A handle to the table `n` of values of type `T`, which need not exist yet. O(1) expected.
  template <class T>
  constexpr kv_type<T> kv(name const& n) {
    return kv_type<T>(in_use().template table<T>(n));
  }

  /// Makes durable what a policy such as `no_sync` has left unsynced. In memory there is nothing to do.
  constexpr result<void> sync() {
    if constexpr (Policies::storage::durable)
      return in_use().sync();
    else
      return {};
  }
  /// What opening found in the store's files: clean, rolled back, or (when salvaging) where it is damaged.
  auto const& recovery() const
    requires(Policies::storage::durable)
  {
    return in_use().recovered();
  }

  template <class E = void, detail::run_time_text Text>
  constexpr void stream(Text const&) {
    detail::name_must_be_checked<Text>();
  }
  template <class E = void, std::same_as<result<name>> Name>
  constexpr void stream(Name const&) {
    detail::name_must_be_taken_out<Name>();
  }
  template <class T, std::same_as<result<name>> Name>
  constexpr void kv(Name const&) {
    detail::name_must_be_taken_out<Name>();
  }
  template <class T, detail::run_time_text Text>
  constexpr void kv(Text const&) {
    detail::name_must_be_checked<Text>();
  }

  /// The store's clock, to set a manual one.
  constexpr clock_type& clock() noexcept { return in_use().clock(); }

  // --- the whole store, under ab::global_order ----------------------------------------------------------------------

  /// The position of the last commit's last event. O(1).
  constexpr position last() const {
    detail::must_be_ordered<engine>();
    auto const lock = in_use().guard();
    return in_use().last_position();
  }

  /// All events of `range`, of every stream, in the order of their commits.
  /// @return `truncated` where `range` begins at or before one that has been removed. O(events).
  constexpr auto read(place_range<position> range = {}) const {
    detail::must_be_ordered<engine>();
    std::vector<typename engine::recorded_type> all;
    auto const lock = in_use().guard();
    auto const r = in_use().scan(range, [&](auto const& data, auto const& info) { all.push_back({info, data}); });
    if (!r) return result<decltype(all)>(r.error());
    return result<decltype(all)>(std::move(all));
  }

  /// Folds all events into the projections `Ps`, in the order of their commits: one pass for all.
  template <projection... Ps>
  constexpr auto fold(place_range<position> range = from(1)) const {
    detail::must_be_ordered<engine>();
    (detail::projection_must_begin<Ps>(), ...);
    std::tuple<Ps...> states{};
    using states_type = detail::one_or_tuple<Ps...>;
    auto const lock = in_use().guard();
    auto const r = std::apply([&](Ps&... ps) { return scan_into(range, ps...); }, states);
    if (!r) return result<states_type>(r.error());
    if constexpr (sizeof...(Ps) == 1)
      return result<states_type>(std::get<0>(std::move(states)));
    else
      return result<states_type>(std::move(states));
  }

  /// As `fold`, with the position that it goes through, to resume from.
  template <projection P>
  constexpr result<folded<P, position>> project() const {
    return resume(folded<P, position>{});
  }
  /// Folds what was committed after `before.through` into it. `truncated` where a part of that is gone.
  template <projection P>
  constexpr result<folded<P, position>> resume(folded<P, position> before) const {
    detail::must_be_ordered<engine>();
    auto const lock = in_use().guard();
    if (before.through > in_use().last_position()) {
      return error(errc::out_of_range, "a state claims more events than the store has", "fold it anew")
          .with(before.through.value, in_use().last_position().value);
    }
    auto const r = scan_into(after(before.through), before.state);
    if (!r) return r.error();
    if (*r > before.through) before.through = *r;
    return before;
  }

 private:
  friend struct detail::store_access;
  constexpr explicit store(engine* e) noexcept : engine_(e) {}

  constexpr engine& in_use() const noexcept {
    if (engine_ == nullptr) detail::store_was_moved_from();
    return *engine_;
  }

  template <class... Ps>
  constexpr result<position> scan_into(place_range<position> range, Ps&... ps) const {
    return in_use().scan(range, [&](auto const& data, auto const& info) { (detail::step_one(ps, data, info), ...); });
  }

  engine* engine_;
};

}  // namespace ab
