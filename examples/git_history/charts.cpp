#include "charts.hpp"

#include <algorithm>

namespace {

std::string repeat(std::string_view what, std::int64_t times) {
  std::string all;
  for (; times > 0; --times) all += what;
  return all;
}

// In eighths of a column where there are block characters. What isn't nothing is shown.
std::string bar_of(terminal const& screen, std::int64_t value, std::int64_t greatest, int columns) {
  static constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  auto const steps = screen.utf8 ? 8 : 1;
  auto const exact = static_cast<double>(value) / static_cast<double>(greatest) * columns * steps;
  auto const size = std::max<std::int64_t>(static_cast<std::int64_t>(exact + 0.5), value > 0 ? 1 : 0);
  if (!screen.utf8) return repeat("#", size);
  return repeat("█", size / 8).append(eighths[size % 8]);
}

}  // namespace

void draw(std::ostream& out, terminal const& screen, std::string_view title, std::vector<bar> const& bars) {
  if (bars.empty()) return;
  int label_columns = 0, value_columns = 0;
  std::int64_t greatest = 1;
  for (auto const& [label, value] : bars) {
    label_columns = std::max(label_columns, screen.width(label));
    value_columns = std::max(value_columns, static_cast<int>(grouped(value).size()));
    greatest = std::max(greatest, value);
  }
  label_columns = std::min(label_columns, screen.columns / 2);
  int const columns = std::max(1, screen.columns - label_columns - value_columns - 4);

  out << title << '\n';
  for (auto const& [label, value] : bars) {
    out << "  " << screen.fit(label, label_columns) << ' ' << (screen.colour ? "\033[36m" : "")
        << bar_of(screen, value, greatest, columns) << (screen.colour ? "\033[0m " : " ") << grouped(value) << '\n';
  }
  out << '\n';
}

std::vector<bar> greatest(std::map<std::string, std::int64_t> const& counts, std::size_t most) {
  std::vector<bar> all;
  for (auto const& [key, n] : counts) all.push_back({key, n});
  std::sort(all.begin(), all.end(),
            [](bar const& a, bar const& b) { return a.value != b.value ? a.value > b.value : a.label < b.label; });
  all.resize(std::min(all.size(), most));
  return all;
}
