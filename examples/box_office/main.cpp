// A box office: what it holds, what was asked of it, and seats that are never sold twice.
#include "shows.hpp"

#include <iostream>

namespace box_office {

using store = ab::store<ab::families<seat_event, order_event>>;

ab::result<void> open_season(store& box) {
  auto anna = box.stream<seat_event>("customer/anna"), ben = box.stream<seat_event>("customer/ben");
  if (auto r = anna.append(seat_sold{"Hamlet", 7, 2500}, seat_sold{"Hamlet", 8, 2500}); !r) return r.error();
  if (auto r = ben.append(seat_sold{"Medea", 7, 1900}, seat_returned{"Medea", 7}); !r) return r.error();
  if (auto r = box.stream<order_event>("order/1").append(order_paid{5000}); !r) return r.error();
  if (auto r = ben.truncate(ben.last()); !r) return r.error();
  return {};
}

void list(store const& box) {
  auto const catalog = ab::catalog(box);
  for (auto const& s : catalog.streams()) {
    std::cout << s.name.view() << ": " << s.stored << " of " << s.last.value << " events\n";
  }
  std::cout << catalog.total_events() << " events in all\n";
}

ab::result<void> run() {
  store box;
  if (auto r = open_season(box); !r) return r;
  list(box);
  return {};
}

}  // namespace box_office

int main() {
  auto const ok = box_office::run();
  if (!ok) std::cerr << ok.error() << '\n';
  return ok ? 0 : 1;
}
