// The table of names against std::map.
#include "catch.hpp"

#include <anabranch/core/detail/name_table.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

struct node {
  ab::name key_;
  ab::name const& key() const noexcept { return key_; }
};

TEST_CASE("a table finds what was put, and nothing else", "[core]") {
  std::mt19937 random(2);
  std::vector<std::unique_ptr<node>> owned;
  ab::detail::name_table<node> table;
  std::map<std::string, node*> model;
  // First many of few names, so that runs of slots form and break up, then more and more.
  for (int i = 0; i < 60'000; ++i) {
    auto const names = 10 + static_cast<unsigned>(i) / 40;
    auto const key = "n" + std::to_string(random() % names);
    if (random() % 3 != 0) {
      owned.push_back(std::make_unique<node>(node{*ab::name::parse(key)}));
      table.reserve(1);
      auto* const before = table.exchange(owned.back().get());
      auto& place = model[key];
      REQUIRE(before == place);
      place = owned.back().get();
    } else {
      auto* const taken = table.extract(key);
      auto const at = model.find(key);
      REQUIRE(taken == (at == model.end() ? nullptr : at->second));
      if (at != model.end()) model.erase(at);
    }
    REQUIRE(table.size() == model.size());
    if (i % 500 != 0) continue;
    for (unsigned n = 0; n < names; ++n) {
      auto const at = model.find("n" + std::to_string(n));
      REQUIRE(table.find("n" + std::to_string(n)) == (at == model.end() ? nullptr : at->second));
    }
    std::size_t seen = 0;
    table.each([&](node& x) { seen += model.at(std::string(x.key().view())) == &x ? 1U : 0U; });
    REQUIRE(seen == model.size());
  }
}

}  // namespace
