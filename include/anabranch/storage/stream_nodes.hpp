/// @file
/// The streams of an engine by name.
#pragma once

#include "anabranch/core/detail/name_table.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/one_of.hpp"

#include <string_view>
#include <vector>

namespace ab::detail {

// One of each name, in the family it was made in; for who asks for it in another, a stream that gives nothing but an error.
// They stay where they are. `Stream<E>` is a `Node`, which has its `key()` and `family`.
template <class Schema, class Node, template <class> class Stream>
class stream_nodes {
 public:
  constexpr stream_nodes() = default;
  stream_nodes(stream_nodes const&) = delete;
  stream_nodes& operator=(stream_nodes const&) = delete;
  constexpr ~stream_nodes() {
    each([](auto& s) { delete &s; });
    for (auto* s : clashes_) visit(*s, [](auto& typed) { delete &typed; });
  }

  // Of whatever family; null where there is none. O(1) expected.
  constexpr Node* find(std::string_view n) const noexcept { return named_.find(n); }
  // The same for who takes it for one of `E`'s.
  template <class E, class Engine>
  constexpr Stream<E>* find(name const& n, Engine& engine) {
    auto* const s = named_.find(n);
    if (s == nullptr) return nullptr;
    return s->family == Schema::template family_index<E> ? static_cast<Stream<E>*>(s) : clash<E>(n, engine);
  }
  // Where there is none.
  template <class E, class Engine>
  constexpr Stream<E>* make(name const& n, Engine& engine) {
    named_.reserve(1);
    auto* const s = new Stream<E>(n, engine, false);
    named_.exchange(s);
    return s;
  }
  // What stands in for one of another family.
  template <class E, class Engine>
  constexpr Stream<E>* clash(name const& n, Engine& engine) {
    for (auto* s : clashes_) {
      if (s->family == Schema::template family_index<E> && s->key() == n) return static_cast<Stream<E>*>(s);
    }
    clashes_.reserve(clashes_.size() + 1);
    auto* const s = new Stream<E>(n, engine, true);
    clashes_.push_back(s);
    return s;
  }

  // Calls `f(Stream<E>&)` with its own type.
  template <class F>
  static constexpr void visit(Node& s, F&& f) {
    with_index<Schema::family_count>(s.family,
                                     [&](auto i) { f(static_cast<Stream<typename Schema::template family<i>>&>(s)); });
  }
  template <class F>
  constexpr void each(F&& f) const {
    named_.each([&](Node& s) { visit(s, f); });
  }

 private:
  name_table<Node> named_{};
  std::vector<Node*> clashes_{};
};

}  // namespace ab::detail
