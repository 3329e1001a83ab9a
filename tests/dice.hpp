// Random numbers that are the same at each run.
#pragma once

#include <cstdint>

struct dice {
  std::uint64_t state = 42;
  std::uint64_t operator()(std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % below;
  }
};
