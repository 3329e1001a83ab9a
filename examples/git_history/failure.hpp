// What ends the program: one sentence that says what, where, and what to do.
#pragma once

#include <anabranch/core/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>

struct failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The value of a result; where there is none, the program ends with its error.
template <class T>
T must(ab::result<T> r) {
  if (!r) throw failure(std::string(r.error().message().view()));
  return *std::move(r);
}
