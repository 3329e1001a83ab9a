// What the program is asked to do.
#pragma once

#include <optional>
#include <string>

struct options {
  std::string repository;            // by default the checkout that the program was built from
  std::optional<std::string> store;  // by default named after the repository, in the current folder
  bool help = false;

  // Throws `misused` for arguments that it doesn't know.
  static options parse(int argc, char const* const* argv);
};

struct misused {
  std::string why;
};

extern char const* const help_text;
