// What the terminal can show.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct terminal {
  int columns = 80;
  bool utf8 = false;    // block characters, or plain ones
  bool colour = false;  // never where the output is no terminal, or NO_COLOR is set

  // That of the standard output, in the locale of the environment.
  static terminal of_output();

  // Exactly `width` columns of `text`: filled up with spaces, or without its beginning, since the end of a path says more than
  // its start. What can't be printed is shown as '?': text from a repository must not steer the terminal.
  std::string fit(std::string_view text, int width) const;

  // How many columns `text` takes.
  int width(std::string_view text) const;
};

// 1234567 as "1,234,567". Not negative.
std::string grouped(std::int64_t n);
