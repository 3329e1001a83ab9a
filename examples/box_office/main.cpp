// A box office: what it holds, what was asked of it, and seats that are never sold twice.
#include "shows.hpp"

#include <iostream>

namespace box_office {

using store = ab::store<ab::families<seat_event, order_event>, ab::policies<ab::global_order>>;

ab::result<void> open_season(store& box) {
  auto anna = box.stream<seat_event>("customer/anna"), ben = box.stream<seat_event>("customer/ben");
  if (auto r = anna.append(seat_sold{"Hamlet", 7, 2500}, seat_sold{"Hamlet", 8, 2500}); !r) return r.error();
  if (auto r = ben.append(seat_sold{"Medea", 7, 1900}, seat_returned{"Medea", 7}); !r) return r.error();
  if (auto r = box.stream<order_event>("order/1").append(order_paid{5000}); !r) return r.error();
  return {};
}

void list(store const& box) {
  ab::catalog const catalog(box);
  for (auto const& s : catalog.streams()) {
    std::cout << s.name.view() << ": " << s.stored << " of " << s.last.value << " events\n";
  }
  std::cout << catalog.total_events() << " events in all\n";
}

struct takings {
  std::int64_t cents = 0;
  void apply(seat_sold const& e) { cents += e.cents; }
};

ab::result<void> ask(store& box) {
  auto const hamlet = [](auto const& e) { return e.data.show == "Hamlet"; };
  auto const sold = ab::query(box).of<seat_sold>().where(hamlet);

  auto const seats = sold.count();
  auto const earned = sold.since(2).fold<takings>();
  if (!seats || !earned) return (seats ? earned.error() : seats.error());
  std::cout << *seats << " seats sold, since the second event for " << earned->cents << " cents\n";

  for (auto const& e : *sold.read()) std::cout << "seat " << e.data.seat << " to " << e.stream << '\n';

  auto const anna = ab::query(box.stream<seat_event>("customer/anna"));
  std::cout << *anna.of<seat_sold>().between(1, 1).count() << " by the first event\n";
  return {};
}

ab::result<void> run() {
  store box;
  if (auto r = open_season(box); !r) return r;
  if (auto r = ask(box); !r) return r;
  auto ben = box.stream<seat_event>("customer/ben");
  if (auto r = ben.truncate(ben.last()); !r) return r.error();
  list(box);
  return {};
}

}  // namespace box_office

int main() {
  auto const ok = box_office::run();
  if (!ok) std::cerr << ok.error() << '\n';
  return ok ? 0 : 1;
}
