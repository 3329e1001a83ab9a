// Where an operation says why it refuses. Unlike an `error` it costs nothing until it does.
#pragma once

#include "anabranch/core/detail/construct.hpp"
#include "anabranch/core/error.hpp"

namespace ab::detail {

class refusal {
 public:
  // Nothing in the union is initialised: GCC would clear all of it, on every append.
  constexpr refusal() noexcept {}
  refusal(refusal const&) = delete;
  constexpr refusal& operator=(error const& e) noexcept {
    construct(&error_, e);
    return *this;
  }

  // Only after one was said.
  constexpr error const& said() const noexcept { return error_; }

 private:
  union {
    error error_;
  };
};

}  // namespace ab::detail
