#include "terminal.hpp"

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <cwctype>
#include <vector>

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace {

struct glyph {
  std::string_view bytes;
  int columns;
};

std::vector<glyph> glyphs_of(std::string_view text) {
  std::vector<glyph> all;
  std::mbstate_t state{};
  while (!text.empty()) {
    wchar_t c = 0;
    auto n = std::mbrtowc(&c, text.data(), text.size(), &state);
    int const columns = n - 1 < text.size() ? ::wcwidth(c) : -1;
    if (columns < 0) {
      state = {};
      n = n - 1 < text.size() ? n : 1;
      all.push_back({"?", 1});
    } else {
      all.push_back({text.substr(0, n), columns});
    }
    text.remove_prefix(n);
  }
  return all;
}

int columns_of_output() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  auto const* const said = std::getenv("COLUMNS");
  int const columns = said ? std::atoi(said) : 0;
  return columns > 0 ? columns : 80;
}

}  // namespace

terminal terminal::of_output() {
  (void)std::setlocale(LC_CTYPE, "");
  auto const* const no_colour = std::getenv("NO_COLOR");
  auto const* const kind = std::getenv("TERM");
  bool const plain = (no_colour && *no_colour) || !kind || std::strcmp(kind, "dumb") == 0;
  return {std::clamp(columns_of_output(), 40, 160), std::strcmp(::nl_langinfo(CODESET), "UTF-8") == 0,
          ::isatty(STDOUT_FILENO) == 1 && !plain};
}

std::string terminal::fit(std::string_view text, int width) const {
  auto const all = glyphs_of(text);
  int total = 0;
  for (auto const& g : all) total += g.columns;

  std::string shown;
  auto from = all.begin();
  if (total > width) {
    shown = utf8 ? "…" : "~";
    for (; from != all.end() && total > width - 1; ++from) total -= from->columns;
    ++total;
  }
  for (; from != all.end(); ++from) shown += from->bytes;
  return shown.append(static_cast<std::size_t>(std::max(0, width - total)), ' ');
}

int terminal::width(std::string_view text) const {
  int total = 0;
  for (auto const& g : glyphs_of(text)) total += g.columns;
  return total;
}

std::string grouped(std::int64_t n) {
  auto const digits = std::to_string(n);
  std::string shown;
  for (auto left = digits.size(); char const c : digits) {
    shown += c;
    if (--left > 0 && left % 3 == 0 && c != '-') shown += ',';
  }
  return shown;
}
