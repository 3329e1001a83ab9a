/// @file
/// `ab::catalog`: which streams and tables a store has.
#pragma once

#include "anabranch/catalog/entries.hpp"
#include "anabranch/core/detail/sort.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/store.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace ab {

/// Lists a store: `ab::catalog(bank).streams()`. Cheap to copy; valid while the store lives, also when it is moved.
///
/// Each call looks at the store as it is then, in one step: under `ab::locked` no commit comes between. Nothing is kept for
/// it, neither in memory nor on disk. Names that start with `$` are left out unless `ab::with_reserved` is passed.
template <class Engine>
class catalog {
  using schema = typename Engine::schema;

 public:
  template <class Families, class Policies>
  constexpr explicit catalog(store<Families, Policies> const& s) noexcept : engine_(&detail::store_access::engine(s)) {}

  /// The streams that ever had an event, sorted bytewise by name: also those whose events were all truncated, and not those
  /// of which there is only a handle. O(n log n) of all names.
  constexpr std::vector<stream_entry> streams() const { return streams_if(is_visible); }
  constexpr std::vector<stream_entry> streams(with_reserved_t) const { return streams_if(is_any); }

  /// Whether the stream `n` ever had an event. Unlike `store.stream(n)`, keeps nothing for a name that is asked for: for
  /// names that come from outside. O(streams), allocates nothing.
  constexpr bool contains(name const& n) const {
    bool found = false;
    each_written([&](name const& key) { return key == n; }, [&](auto const&) { found = true; });
    return found;
  }

  /// The tables that hold a key, sorted bytewise by name. O(n log n) of all names.
  constexpr std::vector<table_entry> tables() const { return tables_if(is_visible); }
  constexpr std::vector<table_entry> tables(with_reserved_t) const { return tables_if(is_any); }

  /// How many events were ever appended to all streams, truncated ones counted in. O(streams), allocates nothing.
  constexpr std::int64_t total_events() const { return total_if(is_visible); }
  constexpr std::int64_t total_events(with_reserved_t) const { return total_if(is_any); }

  /// What `stream_entry::family` is for streams of the family `E`.
  template <class E>
  static constexpr std::size_t family = [] {
    static_assert(schema::template has_family<E>,
                  "this store has no such event family; it is made of the families of its first argument");
    return schema::template family_index<E>;
  }();

 private:
  static constexpr bool is_visible(name const& n) noexcept { return !n.is_reserved(); }
  static constexpr bool is_any(name const&) noexcept { return true; }

  template <class Listed, class F>
  constexpr void each_written(Listed listed, F&& f) const {
    auto const lock = engine_->guard();
    engine_->each_stream([&](auto const& s) {
      if (s.last() > s.none() && listed(s.key())) f(s);
    });
  }
  template <class Listed>
  constexpr std::vector<stream_entry> streams_if(Listed listed) const {
    std::vector<stream_entry> all;
    each_written(listed, [&]<class Stream>(Stream const& s) {
      all.push_back(
          {s.key(), s.first(), s.last(), s.size(), schema::template family_index<typename Stream::event_family>});
    });
    detail::sort(all);
    return all;
  }
  template <class Listed>
  constexpr std::vector<table_entry> tables_if(Listed listed) const {
    std::vector<table_entry> all;
    {
      auto const lock = engine_->guard();
      engine_->each_table([&](name const& n, std::size_t keys) {
        if (keys > 0 && listed(n)) all.push_back({n, keys});
      });
    }
    detail::sort(all);
    return all;
  }
  template <class Listed>
  constexpr std::int64_t total_if(Listed listed) const {
    std::int64_t n = 0;
    each_written(listed, [&](auto const& s) { n += s.last().value - s.none().value; });
    return n;
  }

  Engine* engine_;
};

template <class Families, class Policies>
catalog(store<Families, Policies> const& s)
    -> catalog<std::remove_reference_t<decltype(detail::store_access::engine(s))>>;

}  // namespace ab
