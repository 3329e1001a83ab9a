/// @file
/// `ab::causal_state`: a dot store and what was seen, as one lattice.
#pragma once

#include "anabranch/causal/context.hpp"
#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/dot_set.hpp"
#include "anabranch/causal/replica.hpp"
#include "anabranch/codec/fields.hpp"
#include "anabranch/codec/traits.hpp"
#include "anabranch/core/detail/sort.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/crdt/mutation.hpp"
#include "anabranch/lattice/merge_parts.hpp"

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab {

namespace detail {

// Calls `f(dot)` with each that is alive, ascending where there is a heap: contexts take them in quickest like that.
template <class Containers, class Store, class F>
constexpr void each_dot_in_order(Store const& store, F const& f) {
  if constexpr (Containers::bounded) {
    store.each_dot(f);
  } else {
    std::vector<dot> all;
    store.each_dot([&all](dot d) { all.push_back(d); });
    detail::sort(all);
    for (auto const& d : all) f(dot(d));
  }
}

}  // namespace detail

/// What is alive, and which dots were seen: a dot that was seen and isn't alive was removed.
template <class Store, class Context>
struct causal_parts {
  Store store{};
  Context context{};
  friend constexpr bool operator==(causal_parts const&, causal_parts const&) = default;
};

/// The base of every type whose removals leave no tombstones (flags, sets, maps, registers of many values).
///
/// Joins take deltas late, twice and in any order, hence `requires_causal_delivery` is false. Removals are told from what was
/// never seen by the context alone, so a state is only ever joined with states of the same object.
/// @tparam Derived the type itself
/// @tparam Store a dot store
template <class Derived, class Store, class Containers>
class causal_state {
 public:
  using store_type = Store;
  using context_type = causal_context<Containers>;
  using parts_type = causal_parts<Store, context_type>;
  using containers = Containers;
  static constexpr bool bounded = Containers::bounded;
  static constexpr bool requires_causal_delivery = false;

  /// What is alive.
  constexpr Store const& store() const noexcept { return parts_.store; }
  /// What was seen.
  constexpr context_type const& context() const noexcept { return parts_.context; }
  constexpr bool is_bottom() const noexcept { return parts_.context.empty(); }
  /// How many dots of this replica are known; `ab::receive` compares it.
  constexpr std::uint64_t known_of(replica_id id) const noexcept { return parts_.context.last(id); }

  /// O(m log n) for a small delta, O(n + m) for whole states. Over containers of fixed capacity take `ab::try_join`, which
  /// says where something has no room; here nothing is changed then, and `overflowed` tells from then on: what was seen
  /// without having room would count as removed, and everywhere.
  ///
  /// Where memory runs out, or a key is copied by throwing, some of `other` isn't counted as seen, and isn't there; removals
  /// may be: join it again. What a mutator that throws has changed is in no delta: its replicas hear of it by a whole state
  /// only (`ab::replicated` sees to both).
  constexpr bool join(Derived const& other) {
    causal_state const& o = other;
    if (this == &o || o.is_bottom()) return false;
    if constexpr (bounded) return join_whole(o);
    if (is_bottom()) {
      parts_ = parts_type(o.parts_);
      return true;
    }
    all_seen guard{&parts_};
    bool changed = parts_.store.join(o.parts_.store, parts_.context, o.parts_.context);
    changed |= parts_.context.join(o.parts_.context);
    guard.parts = nullptr;
    return changed;
  }
  constexpr bool join(Derived&& other) {
    causal_state&& o = std::move(other);
    if (!is_bottom() || this == &o) return join(other);
    parts_ = std::move(o.parts_);
    return !is_bottom();
  }
  constexpr bool overflowed() const noexcept { return parts_.store.overflowed() || parts_.context.overflowed(); }

  constexpr bool leq(Derived const& other) const {
    causal_state const& o = other;
    return parts_.context.leq(o.parts_.context) && parts_.store.leq(o.parts_.store, parts_.context);
  }
  constexpr Derived difference(Derived const& other) const {
    causal_state const& o = other;
    Derived d;
    parts_type& into = static_cast<causal_state&>(d).parts_;
    parts_.store.difference(o.parts_.store, o.parts_.context, into.store);
    into.context = parts_.context.difference(o.parts_.context);
    into.store.each_dot([&into](dot x) { into.context.insert(x); });
    parts_.store.removed(o.parts_.store, parts_.context, [&into](dot x) { into.context.insert(x); });
    return d;
  }
  /// The parts: what is alive, dot by dot, and each dot of what was removed.
  template <class F>
  constexpr void decompose(F f) const {
    context_type dead = parts_.context;
    if (!parts_.store.empty()) {
      context_type alive;
      detail::each_dot_in_order<Containers>(parts_.store, [&alive](dot d) { alive.insert(d); });
      dead = dead.difference(alive);
      parts_.store.decompose([&f](dot d, Store const& part) {
        Derived alone;
        parts_type& into = static_cast<causal_state&>(alone).parts_;
        into.store = part;
        into.context.insert(d);
        f(std::as_const(alone));
      });
    }
    dead.each_dot([&f](dot d) {
      Derived alone;
      static_cast<causal_state&>(alone).parts_.context.insert(d);
      f(std::as_const(alone));
    });
  }

  friend constexpr bool operator==(causal_state const& a, causal_state const& b) { return a.parts_ == b.parts_; }

  /// A state of these parts: for maps, which hold the stores of others. Every dot of the store is in the context.
  static constexpr Derived from_parts(parts_type parts) {
    Derived made;
    static_cast<causal_state&>(made).parts_ = std::move(parts);
    return made;
  }
  constexpr parts_type const& parts() const& noexcept { return parts_; }
  constexpr parts_type parts() && noexcept { return std::move(parts_); }

 protected:
  // Where a join throws, nothing lives that wasn't seen.
  struct all_seen {
    parts_type* parts;
    struct unseen {
      context_type const& seen;
      constexpr bool contains(dot d) const noexcept { return !seen.contains(d); }
    };
    constexpr ~all_seen() {
      if (parts != nullptr) parts->store.remove(unseen{parts->context});
    }
  };
  // All or nothing.
  constexpr bool join_whole(causal_state const& o) {
    auto next = parts_;
    bool changed = next.store.join(o.parts_.store, parts_.context, o.parts_.context);
    changed |= next.context.join(o.parts_.context);
    if (next.store.overflowed() || next.context.overflowed()) {
      parts_.context.mark_overflowed();
      return false;
    }
    if (changed) parts_ = std::move(next);
    return changed;
  }
  // Calls `f(this state's parts, the delta's parts)`.
  template <class F>
  constexpr auto change(F const& f) {
    return detail::mutate(static_cast<Derived&>(*this), [&f](Derived& self, Derived& delta) {
      f(static_cast<causal_state&>(self).parts_, static_cast<causal_state&>(delta).parts_);
    });
  }
  static constexpr void clear_all(parts_type& self, parts_type& delta) {
    detail::each_dot_in_order<Containers>(self.store, [&delta](dot d) { delta.context.insert(d); });
    self.store.clear();
  }
  // Takes from `s`, which is part of this state's store, all dots; the delta says that they were seen.
  template <class S>
  static constexpr void take_all(S& s, parts_type& delta) {
    s.each_dot([&delta](dot d) { delta.context.insert(d); });
    s.clear();
  }
  static constexpr dot mint(replica const& r, parts_type& self, parts_type& delta) {
    auto const d = self.context.mint(r.id());
    delta.context.insert(d);
    return d;
  }

  parts_type parts_{};
};

namespace detail {

template <class T>
concept causal_type = requires {
  typename T::parts_type;
  typename T::store_type;
  requires std::is_base_of_v<causal_state<T, typename T::store_type, typename T::containers>, T>;
};

}  // namespace detail

/// As its parts. What comes from elsewhere is refused where a dot lives that wasn't seen, or two do under one name.
template <detail::causal_type T>
struct codec_traits<T> {
  using stored = typename T::parts_type;
  static constexpr bool borrows = false;
  static constexpr stored const& to(T const& state) noexcept { return state.parts(); }
  static constexpr result<T> from(stored parts) {
    constexpr error wrong(errc::malformed, "a state's elements don't fit what it says it has seen",
                          "it doesn't come from this library, or was damaged: ask for it again");
    if (!parts.store.well_formed()) return wrong;
    bool seen = true;
    causal_context<std::conditional_t<T::bounded, typename T::containers, hash_containers>> once;
    detail::each_dot_in_order<typename T::containers>(
        parts.store, [&](dot d) { seen = seen && parts.context.contains(d) && once.insert(d); });
    if (!seen) return wrong;
    return T::from_parts(std::move(parts));
  }
};

}  // namespace ab
