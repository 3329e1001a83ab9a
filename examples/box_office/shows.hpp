// Two families of events: what happens to a show's seats, and what happens to an order.
#pragma once

#include <anabranch/anabranch.hpp>

#include <cstdint>
#include <string>

namespace box_office {

struct seat_sold {
  std::string show;
  std::int32_t seat;
  std::int64_t cents;
};
struct seat_returned {
  std::string show;
  std::int32_t seat;
};
using seat_event = ab::one_of<seat_sold, seat_returned>;

struct order_paid {
  std::int64_t cents;
};
using order_event = ab::one_of<order_paid>;

}  // namespace box_office
