/// @file
/// `ab::key`: what a table's calls take as key.
#pragma once

#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"

#include <concepts>
#include <cstddef>
#include <string_view>

namespace ab {

/// A key of a table: text that is checked when it is used, or an `ab::name`, which was checked before and may be reserved.
/// A view: lives as long as what it was made from.
class key {
 public:
  constexpr key(name const& n) noexcept : text_(n.view()), is_name_(true) {}
  template <class S>
    requires(std::convertible_to<S const&, std::string_view> && !std::derived_from<S, name> && !std::same_as<S, key>)
  constexpr key(S const& unchecked) : text_(unchecked) {}

  constexpr key(char const* unchecked, std::size_t size) noexcept : text_(unchecked, size) {}

  constexpr std::string_view view() const noexcept { return text_; }
  /// The name, or `invalid_name`, `reserved_name`. Copies it.
  constexpr result<name> checked() const {
    if (is_name_ && text_.starts_with('$')) return name::reserved(text_.substr(1));
    return name::parse(text_);
  }

 private:
  std::string_view text_;
  bool is_name_ = false;
};

}  // namespace ab
