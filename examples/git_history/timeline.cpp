#include "timeline.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <map>

namespace {

constexpr std::int64_t most_bars = 24;

std::chrono::year_month_day date(std::int64_t day) {
  // Outside of these, some thirty thousand years from now, a day is no date that anybody meant.
  auto const meant = std::clamp<std::int64_t>(day, -12'000'000, 11'000'000);
  return std::chrono::sys_days(std::chrono::days(meant));
}

std::string text(char const* format, auto... numbers) {
  char all[40];
  (void)std::snprintf(all, sizeof all, format, numbers...);
  return all;
}

// Time in pieces that are numbered one after the other.
struct unit {
  char const* name;
  std::int64_t (*number)(std::int64_t day);
  std::string (*label)(std::int64_t number);
};

std::int64_t day_of(std::int64_t day) { return day; }
std::string day_label(std::int64_t n) {
  auto const d = date(n);
  return text("%d-%02u-%02u", int{d.year()}, unsigned{d.month()}, unsigned{d.day()});
}
std::int64_t month_of(std::int64_t day) {
  auto const d = date(day);
  return std::int64_t{int{d.year()}} * 12 + unsigned{d.month()} - 1;
}
std::string month_label(std::int64_t n) {
  return text("%d-%02d", static_cast<int>(n / 12), static_cast<int>(n % 12 + 1));
}
std::int64_t year_of(std::int64_t day) { return int{date(day).year()}; }
std::string year_label(std::int64_t n) { return std::to_string(n); }

constexpr unit units[] = {{"day", day_of, day_label}, {"month", month_of, month_label}, {"year", year_of, year_label}};

}  // namespace

timeline over_time(activity const& when) {
  if (when.commits.empty()) return {};
  auto const first = when.commits.begin()->first, last = when.commits.rbegin()->first;
  auto const fits = [&](unit const& u) { return u.number(last) - u.number(first) < most_bars; };
  auto const* const best = std::find_if(std::begin(units), std::end(units) - 1, fits);

  std::map<std::int64_t, std::int64_t> counts;
  // Where even years are too many, those without commits are left out: one wrong date would need thousands of them.
  if (fits(*best)) {
    for (auto n = best->number(first); n <= best->number(last); ++n) counts[n] = 0;
  }
  for (auto const& [day, n] : when.commits) counts[best->number(day)] += n;

  timeline all{best->name, {}};
  for (auto const& [number, n] : counts) all.bars.push_back({best->label(number), n});
  return all;
}
