// Another program, run to its end.
#pragma once

#include <string>
#include <vector>

struct finished {
  bool well;        // it ended by itself, with status 0
  std::string out;  // what it wrote to its standard output
  std::string err;  // and to its standard error
};

// Runs a command, found on the PATH, without a shell and without input. Thread-safe.
finished run(std::vector<std::string> const& command);
