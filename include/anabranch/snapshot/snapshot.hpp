/// @file
/// `ab::snapshot` and `ab::load`: a projection's state, kept with its revision.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/kv/kv.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/snapshot/operations.hpp"
#include "anabranch/store.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

namespace ab {

namespace detail {

// Two types of one unqualified name are no rarity, and their states must not be taken for each other.
template <class P>
consteval definition state_definition() {
  if constexpr (requires { P::definition.name; })
    return definition_of<P>;
  else
    return {qualified_name<P>(), 1};
}

// A state of another version, or of other fields, lives in another table: it is never decoded, only not found.
template <class P, class Engine>
constexpr name snapshot_table(std::string_view of) {
  constexpr auto called = state_definition<P>();
  text<1000> t(of);
  t.append("/").append(called.name).append("/").append(std::int64_t{called.version});
  if constexpr (requires { Engine::template shape_of<P>(); }) {
    t.append("/").append(static_cast<std::int64_t>(Engine::template shape_of<P>() >> 1U));
  }
  return *name::reserved(t);
}

template <class P, class Place, class Engine>
constexpr auto snapshots(Engine& e, std::string_view of) {
  using state = folded<P, Place>;
  return kv<typename Engine::template table_type<state>, state>(e.template table<state>(snapshot_table<P, Engine>(of)));
}

template <class P, class Engine, class Place, class Last>
constexpr auto snapshot_write(Engine& e, std::string_view of, ab::key k, folded<P, Place> state, Last last) {
  using state_type = folded<P, Place>;
  using table = typename Engine::template table_type<state_type>;
  return snapshot_write_operation<table, state_type, Last>(e.template table<state_type>(snapshot_table<P, Engine>(of)),
                                                           k.checked(), std::move(state), last);
}

inline constexpr name whole_store = "store";

// What is kept, and what came since: `resume` is given the one and folds the other.
template <class States, class Resume>
constexpr auto load_from(States const& states, ab::key k, Resume const& resume) {
  auto kept = states.get(k);
  for (;;) {
    using loaded = decltype(resume(*kept));
    if (!kept) return loaded(kept.error());
    auto state = resume(*kept);
    if (state || state.error() != errc::truncated) return state;
    auto now = states.get(k);  // who has compacted meanwhile keeps a newer one
    bool const newer = now && now->has_value() && (!kept->has_value() || (*now)->through > (*kept)->through);
    if (now && !newer) return state;
    kept = std::move(now);
  }
}

}  // namespace detail

/// The state of `P` over a stream: its snapshot, if there is one, and the tail folded into it. Equal to folding all.
///
/// The snapshot is found under the projection's definition (its own, or its qualified name and version 1), the shape of its fields where it is stored
/// as bytes, and the stream's name; one of another version or shape is not looked at. Writes nothing.
/// @return `truncated` where there is no snapshot and the stream's first events are gone. O(state + tail).
template <projection P, class Stream>
constexpr result<folded<P>> load(stream<Stream> const& s) {
  auto const resume = [&](auto const& kept) -> result<folded<P>> {
    if (!kept) return s.template project<P>();
    auto resumed = s.resume(*kept);
    // A program from before a run of events was declared may have stopped inside of one.
    if (!resumed && resumed.error() == errc::inside_run) return s.template project<P>();
    return resumed;
  };
  return detail::load_from(detail::snapshots<P, revision>(*s.node().engine, "snapshot"), s.name(), resume);
}

/// The operation that keeps `state` as the snapshot of `P` over a stream, unless a newer one is kept; with `write_truncation`
/// in one commit, a compaction. Its outcome is the state that is kept.
template <projection P, class Stream>
constexpr auto write_snapshot(stream<Stream> const& s, folded<P> state) {
  return detail::snapshot_write(*s.node().engine, "snapshot", s.name(), std::move(state),
                                [node = &s.node()] { return node->last(); });
}

/// Loads the state of `P` over a stream and keeps it as the snapshot from which `load` starts. One commit.
template <projection P, class Stream>
constexpr result<folded<P>> snapshot(stream<Stream> const& s) {
  auto state = load<P>(s);
  if (!state) return state;
  return commit(write_snapshot(s, *std::move(state)));
}

/// The same over a whole store under `ab::global_order`.
template <projection P, class Families, class Policies>
constexpr result<folded<P, position>> load(store<Families, Policies>& s) {
  auto const resume = [&](auto const& kept) { return kept ? s.resume(*kept) : s.template project<P>(); };
  return detail::load_from(detail::snapshots<P, position>(detail::store_access::engine(s), "store-snapshot"),
                           detail::whole_store, resume);
}
template <projection P, class Families, class Policies>
constexpr auto write_snapshot(store<Families, Policies>& s, folded<P, position> state) {
  auto& engine = detail::store_access::engine(s);
  return detail::snapshot_write(engine, "store-snapshot", detail::whole_store, std::move(state),
                                [&engine] { return engine.last_position(); });
}
template <projection P, class Families, class Policies>
constexpr result<folded<P, position>> snapshot(store<Families, Policies>& s) {
  auto state = load<P>(s);
  if (!state) return state;
  return commit(write_snapshot(s, *std::move(state)));
}

}  // namespace ab
