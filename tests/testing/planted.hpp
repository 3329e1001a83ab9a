// Copies of real algorithms, each with one fault that others have made.
#pragma once

#include <anabranch/codec/types/map.hpp>
#include <anabranch/codec/types/set.hpp>
#include <anabranch/codec/types/vector.hpp>
#include <anabranch/container/flat.hpp>
#include <anabranch/crdt.hpp>
#include <anabranch/lattice.hpp>
#include <anabranch/testing/mutators.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace planted {

using ab::testing::mutator;
using flat = ab::flat_containers;

struct no_fault {};
struct uses_dots_again {};           // the next dot is one more than the greatest that is alive
struct loses_the_cloud {};           // what lies behind a gap isn't remembered as seen
struct bare_vector {};               // what lies before the last seen counts as seen
struct drops_early_removals {};      // a removal of what isn't here yet is forgotten
struct both_have_it {};              // an element on both sides stays, with the dots of both
struct removes_all_seen {};          // the removal of one element says that all was seen
struct forgets_what_it_replaced {};  // the delta of an add doesn't say which dots it took the place of
struct order_by_context {};          // `leq` looks at what was seen, not at what is alive
struct sends_all_too {};             // among the parts is the whole

// An add-wins set: for each element the dots by which it is alive, and all dots that were seen.
template <class Fault = no_fault>
class dotted_set {
  using dot = std::pair<std::uint64_t, std::uint64_t>;
  using dots = std::set<dot>;
  template <class F>
  static constexpr bool is = std::is_same_v<Fault, F>;

 public:
  static constexpr auto fields() { return ab::fields(&dotted_set::alive_, &dotted_set::seen_); }
  static constexpr auto mutators() {
    return std::tuple(mutator{"add", &dotted_set::add}, mutator{"remove", &dotted_set::remove},
                      mutator{"clear", &dotted_set::clear});
  }
  friend bool operator==(dotted_set const&, dotted_set const&) = default;
  template <class F>
  void each(F f) const {
    for (auto const& e : alive_) f(e.first);
  }

  dotted_set add(ab::replica r, int v) {
    dot made(r.id().value, 0);
    for (dot d : is<uses_dots_again> ? all_alive() : seen_)
      if (d.first == made.first) made.second = std::max(made.second, d.second);
    ++made.second;
    dotted_set delta;
    if constexpr (!is<forgets_what_it_replaced>) delta.seen_ = alive_[v];
    delta.seen_.insert(made);
    delta.alive_[v] = alive_[v] = {made};
    seen_.insert(made);
    return delta;
  }
  dotted_set remove(int v) {
    dotted_set delta;
    if (auto const at = alive_.find(v); at != alive_.end()) {
      delta.seen_ = is<removes_all_seen> ? seen_ : at->second;
      alive_.erase(at);
    }
    return delta;
  }
  dotted_set clear() {
    dotted_set delta;
    delta.seen_ = all_alive();
    alive_.clear();
    return delta;
  }

  bool join(dotted_set const& o) {
    auto const before = *this;
    alive_.clear();
    for (auto const* const side : {&before, &o}) {
      auto const& other = side == &o ? before : o;
      for (auto const& [v, all] : side->alive_)
        for (dot d : all) {
          bool const on_both = is<both_have_it> && other.alive_.count(v) != 0;
          if (on_both || other.has(v, d) || !other.saw(d)) alive_[v].insert(d);
        }
    }
    for (dot d : o.seen_)
      if (!is<drops_early_removals> || !o.alive_.empty() || before.saw(d)) seen_.insert(d);
    if constexpr (is<loses_the_cloud>)
      for (auto d = seen_.begin(); d != seen_.end();)
        d = d->second == 1 || seen_.count({d->first, d->second - 1}) != 0 ? std::next(d) : seen_.erase(d);
    return !(*this == before);
  }
  bool leq(dotted_set const& o) const {
    if (!std::includes(o.seen_.begin(), o.seen_.end(), seen_.begin(), seen_.end())) return false;
    if constexpr (!is<order_by_context>)
      for (auto const& [v, all] : o.alive_)
        for (dot d : all)
          if (seen_.count(d) != 0 && !has(v, d)) return false;
    return true;
  }
  dotted_set difference(dotted_set const& o) const {
    dotted_set all;
    decompose([&](dotted_set const& part) {
      if (!part.leq(o)) all.join(part);
    });
    return all;
  }
  template <class F>
  void decompose(F f) const {
    auto dead = seen_;
    if (is<sends_all_too> && seen_.size() > 1) f(*this);
    for (auto const& [v, all] : alive_)
      for (dot d : all) {
        dotted_set part;
        part.alive_[v] = part.seen_ = {d};
        f(part);
        dead.erase(d);
      }
    for (dot d : dead) {
      dotted_set part;
      part.seen_ = {d};
      f(part);
    }
  }

 private:
  bool has(int v, dot d) const {
    auto const at = alive_.find(v);
    return at != alive_.end() && at->second.count(d) != 0;
  }
  bool saw(dot d) const {
    if constexpr (is<bare_vector>)
      return std::any_of(seen_.begin(), seen_.end(), [d](dot s) { return s.first == d.first && s.second >= d.second; });
    else
      return seen_.count(d) != 0;
  }
  dots all_alive() const {
    dots all;
    for (auto const& e : alive_) all.insert(e.second.begin(), e.second.end());
    return all;
  }

  std::map<int, dots> alive_;
  dots seen_;
};

// A register whose equal stamps keep what is there.
class keeps_its_own {
 public:
  keeps_its_own set(std::uint8_t at, int value) {
    keeps_its_own delta;
    delta.written_ = {at, value};
    return join(delta) ? delta : keeps_its_own();
  }
  bool has_value() const { return written_.first != 0; }
  int value() const { return written_.second; }
  bool join(keeps_its_own const& o) {
    bool const later = written_.first < o.written_.first;
    if (later) written_ = o.written_;
    return later;
  }
  bool leq(keeps_its_own const& o) const { return written_.first <= o.written_.first; }
  keeps_its_own difference(keeps_its_own const& o) const { return leq(o) ? keeps_its_own() : *this; }
  template <class F>
  void decompose(F f) const {
    if (has_value()) f(*this);
  }
  friend bool operator==(keeps_its_own const&, keeps_its_own const&) = default;
  static constexpr auto fields() { return ab::fields(&keeps_its_own::written_); }
  static constexpr auto mutators() { return std::tuple(mutator{"set", &keeps_its_own::set}); }

 private:
  std::pair<std::uint8_t, int> written_{};
};

// A counter that joins by adding.
class adds_up {
 public:
  adds_up increment(ab::replica r) {
    ++counts_[r.id().value];
    adds_up delta;
    delta.counts_[r.id().value] = 1;
    return delta;
  }
  std::uint64_t value() const {
    std::uint64_t sum = 0;
    for (auto const& e : counts_) sum += e.second;
    return sum;
  }
  bool join(adds_up const& o) {
    for (auto const& [r, n] : o.counts_) counts_[r] += n;
    return !o.counts_.empty();
  }
  bool leq(adds_up const& o) const { return difference(o).counts_.empty(); }
  adds_up difference(adds_up const& o) const {
    adds_up d;
    for (auto const& [r, n] : counts_)
      if (auto const at = o.counts_.find(r); at == o.counts_.end() || at->second < n) d.counts_[r] = n;
    return d;
  }
  template <class F>
  void decompose(F f) const {
    for (auto const& e : counts_) {
      adds_up part;
      part.counts_.insert(e);
      f(part);
    }
  }
  friend bool operator==(adds_up const&, adds_up const&) = default;
  static constexpr auto fields() { return ab::fields(&adds_up::counts_); }
  static constexpr auto mutators() { return std::tuple(mutator{"increment", &adds_up::increment}); }

 private:
  std::map<std::uint64_t, std::uint64_t> counts_;
};

// A counter in a map that is reset by its dot, and takes the whole count along to a new dot when it counts: a reset that didn't
// see the last count takes nothing away.
class moves_its_count : public ab::causal_state<moves_its_count, ab::dot_fun<std::int64_t, flat>, flat> {
  using base = ab::causal_state<moves_its_count, ab::dot_fun<std::int64_t, flat>, flat>;
  using whole = typename base::parts_type;

 public:
  moves_its_count increment(ab::replica const& r) {
    return this->change([&](whole& self, whole& delta) {
      std::int64_t mine = 1;
      self.store.each_dot([&](ab::dot d) {
        if (d.from == r.id()) delta.context.insert(d);
      });
      for (auto const& e : self.store)
        if (e.key.from == r.id()) mine += e.value;
      self.store.remove(delta.context);
      auto const d = base::mint(r, self, delta);
      self.store.insert(d, mine);
      delta.store.insert(d, mine);
    });
  }
  moves_its_count reset() {
    return this->change([](whole& self, whole& delta) { base::take_all(self.store, delta); });
  }
  std::int64_t value() const {
    std::int64_t sum = 0;
    for (auto const& e : this->store()) sum += e.value;
    return sum;
  }
};

// A set that was restored from an old backup, changed, and caught up with the others only then.
template <bool Reborn>
struct restored {
  ab::add_wins_set<int, flat> set;

  restored add(ab::replica r, int v) { return {set.add(r, v)}; }
  restored add_in_backup(ab::replica r, int v) {
    restored backup;
    auto const lives = static_cast<std::uint32_t>(set.context().count() + 1);
    restored const delta{backup.set.add(Reborn ? r.reborn(lives) : r, v)};
    ab::join(*this, delta);
    return delta;
  }
};

// A map whose sets have contexts of their own, which go with the key.
struct own_contexts {
  std::map<int, ab::add_wins_set<int, flat>> sets;
  static constexpr auto fields() { return ab::fields(&own_contexts::sets); }

  own_contexts add(ab::replica r, int key, int v) { return {{{key, sets[key].add(r, v)}}}; }
  own_contexts erase(int key) {
    own_contexts delta{{{key, sets[key].clear()}}};
    sets.erase(key);
    return delta;
  }
  bool join(own_contexts const& o) {
    bool grew = false;
    for (auto const& [key, set] : o.sets) grew |= sets[key].join(set);
    return grew;
  }
  bool leq(own_contexts const& o) const {
    return std::all_of(sets.begin(), sets.end(), [&o](auto const& e) {
      auto const at = o.sets.find(e.first);
      return e.second.leq(at == o.sets.end() ? ab::add_wins_set<int, flat>() : at->second);
    });
  }
  own_contexts difference(own_contexts const& o) const { return leq(o) ? own_contexts() : *this; }
  template <class F>
  void decompose(F f) const {
    for (auto const& [key, set] : sets) set.decompose([&, k = key](auto const& part) { f(own_contexts{{{k, part}}}); });
  }
  friend bool operator==(own_contexts const& a, own_contexts const& b) { return a.leq(b) && b.leq(a); }
};

// A set that is encoded in the order in which elements came.
class in_order_of_arrival {
 public:
  in_order_of_arrival add(int v) {
    in_order_of_arrival delta;
    delta.all_ = {v};
    join(delta);
    return delta;
  }
  bool has(int v) const { return std::find(all_.begin(), all_.end(), v) != all_.end(); }
  bool join(in_order_of_arrival const& o) {
    auto const before = all_.size();
    for (int v : o.all_)
      if (!has(v)) all_.push_back(v);
    return all_.size() != before;
  }
  bool leq(in_order_of_arrival const& o) const {
    return std::all_of(all_.begin(), all_.end(), [&o](int v) { return o.has(v); });
  }
  in_order_of_arrival difference(in_order_of_arrival const& o) const {
    auto d = *this;
    d.all_.erase(std::remove_if(d.all_.begin(), d.all_.end(), [&o](int v) { return o.has(v); }), d.all_.end());
    return d;
  }
  template <class F>
  void decompose(F f) const {
    for (int v : all_) f(in_order_of_arrival().add(v));
  }
  friend bool operator==(in_order_of_arrival const& a, in_order_of_arrival const& b) { return a.leq(b) && b.leq(a); }
  static constexpr auto fields() { return ab::fields(&in_order_of_arrival::all_); }
  static constexpr auto mutators() { return std::tuple(mutator{"add", &in_order_of_arrival::add}); }

 private:
  std::vector<int> all_;
};

}  // namespace planted

namespace ab::testing {

// Of those that do it right.
template <>
struct mutators<lww_register<int, std::uint8_t>> {
  using T = lww_register<int, std::uint8_t>;
  static constexpr auto list() {
    return std::tuple(mutator{"set", [](T& s, std::uint8_t at, int v) { return s.set(at, v); }});
  }
};
template <>
struct mutators<g_counter<flat_containers>> {
  using T = g_counter<flat_containers>;
  static constexpr auto list() {
    return std::tuple(mutator{"increment", [](T& s, replica r) { return s.increment(r); }});
  }
};
template <>
struct mutators<g_set<int, flat_containers>> {
  static constexpr auto list() { return std::tuple(mutator{"add", &g_set<int, flat_containers>::add}); }
};
template <>
struct mutators<add_wins_set<int, flat_containers>> {
  using T = add_wins_set<int, flat_containers>;
  static constexpr auto list() {
    return std::tuple(mutator{"add", &T::add}, mutator{"remove", [](T& s, int v) { return s.remove(v); }},
                      mutator{"clear", &T::clear});
  }
};

}  // namespace ab::testing
