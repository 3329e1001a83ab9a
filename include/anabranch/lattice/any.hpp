/// @file
/// `ab::lattice::any`: a `bool` that becomes true, and stays so.
#pragma once

#include "anabranch/lattice/detail/flag.hpp"

#include <string_view>

namespace ab::lattice {

/// Whether it happened to anyone: `false` until some replica says `true`.
class any : public ab::detail::lattices::flag<any, false> {
 public:
  static constexpr std::string_view merge_name = "any";
  using ab::detail::lattices::flag<any, false>::flag;

  static constexpr auto fields() noexcept { return ab::fields<any>(&any::value_); }
};

}  // namespace ab::lattice
