// Days as people write them, and as the log's stamps.
#pragma once

#include <anabranch/anabranch.hpp>

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

using day = std::chrono::sys_days;

inline std::optional<day> to_day(std::string const& text) {
  int y = 0;
  unsigned m = 0, d = 0;
  if (std::sscanf(text.c_str(), "%d-%u-%u", &y, &m, &d) != 3) return {};
  std::chrono::year_month_day const date{std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
  if (!date.ok()) return {};
  return day(date);
}

inline std::string to_text(ab::timestamp t) {
  std::chrono::year_month_day const date(std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(t.nanoseconds))));
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
  return text;
}

inline ab::timestamp morning_of(day d) {
  return ab::timestamp::from_seconds(std::chrono::seconds(d.time_since_epoch()).count());
}
inline ab::timestamp night_of(day d) { return {morning_of(d + std::chrono::days(1)).nanoseconds - 1}; }
