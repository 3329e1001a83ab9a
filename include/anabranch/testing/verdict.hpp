/// @file
/// `ab::testing::verdict`: what a check found, for any test framework or none.
#pragma once

#include "anabranch/core/text.hpp"

#include <ios>
#include <iosfwd>
#include <string_view>

namespace ab::testing {

/// Whether a check was met, and the account of it. Converts to `bool` where a condition is wanted, so that it stands in
/// `static_assert`, `assert`, or any framework's macro; those that print with `<<` show the account.
class verdict {
 public:
  using account_type = ab::text<2000>;

  constexpr verdict(bool met, account_type const& account) noexcept : account_(account), met_(met) {}

  constexpr explicit operator bool() const noexcept { return met_; }
  /// A few lines: what was given, expected, and what happened.
  constexpr std::string_view account() const noexcept { return account_.view(); }

  template <class Traits>
  friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, verdict const& v) {
    return out.write(v.account().data(), static_cast<std::streamsize>(v.account().size()));
  }

 private:
  account_type account_;
  bool met_;
};

}  // namespace ab::testing
