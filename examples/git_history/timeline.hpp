// Activity over time, as a chart.
#pragma once

#include "charts.hpp"
#include "projections.hpp"

#include <string>
#include <vector>

struct timeline {
  std::string unit;  // "day", "month" or "year": the finest that shows all of the time in few bars
  std::vector<bar> bars;
};
timeline over_time(activity const& when);
