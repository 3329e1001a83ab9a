// A box office: what it holds, what was asked of it, and seats that are never sold twice.
#include "shows.hpp"

#include <iostream>

namespace box_office {

using store = ab::store<ab::families<seat_event, order_event>, ab::policies<ab::global_order>>;
using customer = store::stream_type<seat_event>;

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

struct seat_state {
  bool sold = false;
  void apply(seat_sold const&) { sold = true; }
  void apply(seat_returned const&) { sold = false; }
};
inline constexpr auto sold_already = ab::refuse("the seat is sold", "choose another one");

// No stream is a seat's: what is sold is in the customers' streams. The query is what the decision depends on, and nothing else.
ab::result<void> sell(store& box, customer who, seat_sold const& sale) {
  auto const of_the_seat = ab::query(box).of<seat_sold, seat_returned>().where(
      [&](auto const& e) { return e.data.show == sale.show && e.data.seat == sale.seat; });
  for (;;) {
    auto const now = of_the_seat.project<seat_state>();
    if (!now) return now.error();
    if (now->state.sold) return sold_already;
    auto const sold = ab::commit(ab::expect_none(of_the_seat.after(now->through)), who.write(sale));
    if (sold) return {};
    if (sold.error() != ab::errc::event_exists) return sold.error();
  }
}

ab::result<void> run() {
  store box;
  if (auto r = open_season(box); !r) return r;
  if (auto r = ask(box); !r) return r;
  for (auto const& sale : {seat_sold{"Hamlet", 8, 2500}, seat_sold{"Medea", 7, 1900}}) {
    auto const sold = sell(box, box.stream<seat_event>("customer/cleo"), sale);
    std::cout << sale.show << ' ' << sale.seat << ": " << (sold ? "sold" : sold.error().what) << '\n';
  }
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
