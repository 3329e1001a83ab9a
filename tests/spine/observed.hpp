// A busy little store, and all that can be seen of it as one value.
#pragma once

#include "catch.hpp"
#include "spine/events.hpp"

#include <string>
#include <vector>

namespace spine {

template <class Fixture>
auto busy_store(Fixture& fixture) {
  auto s = fixture.template open<both_families, ab::global_order, ab::manual_clock>();
  REQUIRE(stream<account_event>(s, "a").append(deposited{1}, deposited{2}, noted{"three"}));
  REQUIRE(stream<account_event>(s, "a").truncate(ab::revision{1}));
  REQUIRE(stream<order_event>(s, "orders").append(ordered{1}));
  REQUIRE(kv<std::int64_t>(s, "t").put("k", 1));
  return s;
}

/// All that can be seen of a store with the streams "a", "b" and "orders" and the table "t".
template <class Store>
std::vector<std::string> observed(Store& s) {
  std::vector<std::string> all = fold<journal>(s, ab::stored)->lines;
  all.push_back("last " + std::to_string(s.last().value));
  auto const see = [&](auto const& stream) {
    all.push_back(std::string(stream.name().view()) + ' ' + std::to_string(stream.first().value) + ' ' +
                  std::to_string(stream.last().value) + ' ' + std::to_string(stream.size()));
    for (auto const& line : read_all(stream).lines) all.push_back("read " + line);
  };
  see(stream<account_event>(s, "a"));
  see(stream<account_event>(s, "b"));
  see(stream<order_event>(s, "orders"));
  auto const t = kv<std::int64_t>(s, "t");
  for (auto const& k : *t.keys()) all.push_back(std::string(k.view()) + '=' + std::to_string(**t.get(k)));
  return all;
}

}  // namespace spine
