// The events and projections that the tests of the spine share.
#pragma once

#include <anabranch/anabranch.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace spine {

struct deposited {
  std::int64_t cents = 0;
  friend bool operator==(deposited const&, deposited const&) = default;
};
struct withdrawn {
  std::int64_t cents = 0;
  friend bool operator==(withdrawn const&, withdrawn const&) = default;
};
struct noted {
  std::string text;
  friend bool operator==(noted const&, noted const&) = default;
};
using account_event = ab::one_of<deposited, withdrawn, noted>;

struct ordered {
  std::int32_t item = 0;
  friend bool operator==(ordered const&, ordered const&) = default;
};
using order_event = ab::one_of<ordered>;

using both_families = ab::families<account_event, order_event>;

/// Sums up; the text of the last note goes with it, so that the state is more than a number.
struct balance {
  std::int64_t cents = 0;
  std::string last_note;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(withdrawn const& e) { cents -= e.cents; }
  void apply(noted const& e) { last_note = e.text; }
  friend bool operator==(balance const&, balance const&) = default;
};

/// Every event with where and when it was, in the order of the fold: differs as soon as anything about a fold differs.
struct journal {
  std::vector<std::string> lines;
  void apply(deposited const& e, auto const& info) { line("+" + std::to_string(e.cents), info); }
  void apply(withdrawn const& e, auto const& info) { line("-" + std::to_string(e.cents), info); }
  void apply(noted const& e, auto const& info) { line(e.text, info); }
  void apply(ordered const& e, auto const& info) { line("#" + std::to_string(e.item), info); }
  friend bool operator==(journal const&, journal const&) = default;

 private:
  void line(std::string const& what, auto const& info) {
    auto s = std::string(info.stream) + '@' + std::to_string(info.revision.value);
    if constexpr (requires { info.at.nanoseconds; }) s += " t" + std::to_string(info.at.nanoseconds);
    if constexpr (requires { info.position.value; }) s += " p" + std::to_string(info.position.value);
    lines.push_back(s + ' ' + what);
  }
};

/// How many events there were.
struct counted {
  int n = 0;
  void apply(ab::others) { ++n; }
  friend bool operator==(counted const&, counted const&) = default;
};

// What a handle's member templates do, without the `template` that calling them in a template takes.
template <class... Ps, class Handle, class... Range>
auto fold(Handle const& h, Range... range) {
  return h.template fold<Ps...>(range...);
}
template <class P, class Handle>
auto project(Handle const& h) {
  return h.template project<P>();
}
template <class E, class Store>
auto stream(Store& s, ab::name const& n) {
  return s.template stream<E>(n);
}
template <class T, class Store>
auto kv(Store& s, ab::name const& n) {
  return s.template kv<T>(n);
}

/// The journal of what a handle reads.
template <class Handle>
journal read_all(Handle const& h) {
  journal j;
  auto const events = h.read();
  if (!events) return j;
  for (auto const& e : *events) {
    e.data.visit([&](auto const& alternative) {
      if constexpr (requires { j.apply(alternative, e); }) j.apply(alternative, e);
    });
  }
  return j;
}

}  // namespace spine
