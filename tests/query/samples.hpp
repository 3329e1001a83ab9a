// What the tests of queries share.
#pragma once

#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spine {

// The member templates of a query, without the `template` that calling them in a template takes.
template <class... Ts, class Query>
auto of(Query const& q) {
  return q.template of<Ts...>();
}

// "stream@revision what" for each event of a query, pushed.
template <class Query>
std::vector<std::string> pushed(Query const& q) {
  journal j;
  if (auto const ok = q.each([&](auto const& e) { j.apply(e.data, e); }); !ok) return {ok.error().message().c_str()};
  return j.lines;
}
// The same, pulled.
template <class Query>
std::vector<std::string> pulled(Query const& q) {
  journal j;
  auto const events = q.read();
  if (!events) return {events.error().message().c_str()};
  for (auto const& e : *events) {
    if constexpr (requires { j.apply(e.data, e); })
      j.apply(e.data, e);
    else
      e.data.visit([&](auto const& data) { j.apply(data, e); });
  }
  return j.lines;
}

struct sum {
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
};

}  // namespace spine
