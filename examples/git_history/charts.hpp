// Bar charts for the terminal.
#pragma once

#include "terminal.hpp"

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

struct bar {
  std::string label;
  std::int64_t value;
};

// A title, and a line for each bar: the label, the bar itself, the value.
void draw(std::ostream& out, terminal const& screen, std::string_view title, std::vector<bar> const& bars);

// The `most` greatest counts, the greatest first, equal ones in the order of their keys.
std::vector<bar> greatest(std::map<std::string, std::int64_t> const& counts, std::size_t most);
