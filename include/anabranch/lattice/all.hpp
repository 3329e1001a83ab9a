/// @file
/// `ab::lattice::all`: a `bool` that becomes false, and stays so.
#pragma once

#include "anabranch/lattice/detail/flag.hpp"

#include <string_view>

namespace ab::lattice {

/// Whether it holds for all: `true` until some replica says `false`.
class all : public ab::detail::lattices::flag<all, true> {
 public:
  static constexpr std::string_view merge_name = "all";
  using ab::detail::lattices::flag<all, true>::flag;

  static constexpr auto fields() noexcept { return ab::fields<all>(&all::value_); }
};

}  // namespace ab::lattice
