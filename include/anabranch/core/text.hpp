/// @file
/// `ab::text<N>`: characters in place, for messages that must not allocate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ab {

/// A string of at most `N` bytes, stored in place. What doesn't fit is cut and ends in "...".
///
/// Never allocates, so that an error can be made when memory or disk is full. Usable in a constant expression.
/// @tparam N capacity in bytes, without the terminating zero.
template <std::size_t N>
class text {
  static_assert(N >= 4 && N < 65536);

 public:
  constexpr text() noexcept = default;
  constexpr text(std::string_view s) noexcept { append(s); }
  constexpr text(char const* s) noexcept : text(std::string_view(s)) {}

  /// Adds `s`. O(size of s). A cut never splits a UTF-8 sequence.
  constexpr text& append(std::string_view s) noexcept {
    if (cut_) return *this;
    std::size_t take = s.size();
    if (take > N - size_) {
      cut_ = true;
      take = N - size_;
    }
    for (std::size_t i = 0; i < take; ++i) chars_[size_ + i] = s[i];
    size_ = static_cast<std::uint16_t>(size_ + take);
    if (cut_) mark_cut();
    return *this;
  }

  /// Adds a number in decimal.
  constexpr text& append(std::int64_t n) noexcept {
    char digits[20] = {};
    std::size_t at = sizeof digits;
    auto rest = n < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
    do digits[--at] = static_cast<char>('0' + rest % 10);
    while (rest /= 10);
    if (n < 0) digits[--at] = '-';
    return append(std::string_view(digits + at, sizeof digits - at));
  }

  constexpr std::string_view view() const noexcept { return {chars_, size_}; }
  constexpr operator std::string_view() const noexcept { return view(); }
  constexpr char const* c_str() const noexcept { return chars_; }
  constexpr bool empty() const noexcept { return size_ == 0; }

  friend constexpr bool operator==(text const& a, text const& b) noexcept { return a.view() == b.view(); }
  friend constexpr bool operator==(text const& a, std::string_view b) noexcept { return a.view() == b; }
  friend constexpr bool operator==(text const& a, char const* b) noexcept { return a.view() == b; }
  template <class Traits>
  friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, text const& t) {
    return out.write(t.chars_, static_cast<std::streamsize>(t.size_));
  }

 private:
  constexpr void mark_cut() noexcept {
    std::size_t end = N - 3;
    while (end > 0 && (static_cast<unsigned char>(chars_[end]) & 0xC0U) == 0x80U) --end;
    for (std::size_t i = end; i < N; ++i) chars_[i] = i < end + 3 ? '.' : '\0';
    size_ = static_cast<std::uint16_t>(end + 3);
  }

  char chars_[N + 1] = {};
  std::uint16_t size_ = 0;
  bool cut_ = false;
};

}  // namespace ab
