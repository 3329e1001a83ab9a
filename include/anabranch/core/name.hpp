/// @file
/// `ab::name`: a checked name of a stream, a table or a projection.
#pragma once

#include "anabranch/core/result.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

enum class name_fault : std::uint8_t { none, empty, too_long, control, not_utf8, reserved };

constexpr bool is_continuation(unsigned char c) noexcept { return (c & 0xC0U) == 0x80U; }

// Length of the well-formed UTF-8 sequence at `s[i]`, or 0 (Unicode 15, table 3-7).
constexpr std::size_t utf8_sequence(std::string_view s, std::size_t i) noexcept {
  auto const at = [&](std::size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0U; };
  unsigned const a = at(0), b = at(1);
  auto const tail = [&](std::size_t k) { return is_continuation(static_cast<unsigned char>(at(k))); };
  if (a < 0x80) return 1;
  if (a >= 0xC2 && a <= 0xDF) return tail(1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    bool const shortest = a != 0xE0 || b >= 0xA0, no_surrogate = a != 0xED || b <= 0x9F;
    return tail(1) && tail(2) && shortest && no_surrogate ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    bool const shortest = a != 0xF0 || b >= 0x90, in_range = a != 0xF4 || b <= 0x8F;
    return tail(1) && tail(2) && tail(3) && shortest && in_range ? 4 : 0;
  }
  return 0;
}

constexpr name_fault check_name(std::string_view s, std::size_t max_size) noexcept {
  if (s.empty()) return name_fault::empty;
  if (s.size() > max_size) return name_fault::too_long;
  for (std::size_t i = 0; i < s.size();) {
    auto const n = utf8_sequence(s, i);
    if (n == 0) return name_fault::not_utf8;
    auto const c = static_cast<unsigned char>(s[i]);
    if (c < 0x20 || c == 0x7F) return name_fault::control;
    i += n;
  }
  return s[0] == '$' ? name_fault::reserved : name_fault::none;
}

constexpr std::uint64_t hash_text(std::string_view s) noexcept {
  std::uint64_t h = 0xCBF29CE484222325U;  // FNV-1a, then mixed, since the table masks low bits
  for (char c : s) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  h ^= h >> 32U;
  h *= 0x9E3779B97F4A7C15U;
  return h ^ (h >> 29U);
}

// What a refused literal looks like in the compiler's output: a call of one of these.
inline void a_name_must_not_be_empty() {}
inline void a_name_has_at_most_512_bytes() {}
inline void a_name_has_no_control_characters() {}
inline void a_name_must_be_utf8() {}
inline void a_name_that_starts_with_a_dollar_is_reserved() {}

}  // namespace detail

/// A name of 1 to 512 bytes of UTF-8 without control characters. Names that start with `$` are the library's own.
///
/// A literal is checked while compiling and costs nothing; run-time text goes through `parse`.
/// Owns its text unless it came from a literal.
class name {
 public:
  /// The most bytes that a name may have.
  static constexpr std::size_t max_size = 512;

  /// From a literal; a bad one doesn't compile.
  template <std::size_t N>
  consteval name(char const (&literal)[N]) : text_(literal), size_(N - 1) {
    switch (detail::check_name({literal, N - 1}, max_size)) {
      case detail::name_fault::none: break;
      case detail::name_fault::empty: detail::a_name_must_not_be_empty(); break;
      case detail::name_fault::too_long: detail::a_name_has_at_most_512_bytes(); break;
      case detail::name_fault::control: detail::a_name_has_no_control_characters(); break;
      case detail::name_fault::not_utf8: detail::a_name_must_be_utf8(); break;
      case detail::name_fault::reserved: detail::a_name_that_starts_with_a_dollar_is_reserved(); break;
    }
  }

  /// From text that is known at run time. Copies it. O(size).
  /// @return `invalid_name` or `reserved_name` where it is none
  static constexpr result<name> parse(std::string_view s) {
    switch (detail::check_name(s, max_size)) {
      case detail::name_fault::none: return name(s, copied{});
      case detail::name_fault::reserved:
        return error(errc::reserved_name, "names that start with '$' are reserved", "choose another first character",
                     s);
      case detail::name_fault::empty:
        return error(errc::invalid_name, "a name is empty", "give it at least one character");
      case detail::name_fault::too_long:
        return error(errc::invalid_name, "a name is too long", "shorten it, or use a hash of it", s)
            .with(static_cast<std::int64_t>(max_size), static_cast<std::int64_t>(s.size()));
      case detail::name_fault::control:
        return error(errc::invalid_name, "a name has a control character", "remove bytes below 0x20 and 0x7f");
      case detail::name_fault::not_utf8: break;
    }
    return error(errc::invalid_name, "a name is not UTF-8", "encode it as UTF-8");
  }

  /// A reserved name, `$` + `s`, for the library's own streams and tables, and for those who ask for them. It may be
  /// `2 * max_size` long, so that there is one for every name.
  static constexpr result<name> reserved(std::string_view s) {
    if (detail::check_name(s, 2 * max_size - 1) != detail::name_fault::none) {
      return error(errc::invalid_name, "a reserved name's text is empty, too long, or not plain UTF-8", "shorten it",
                   s);
    }
    return name('$', s);
  }

  constexpr name(name const& o) : name(o.view(), o.owned_ ? copied{} : copied{false}) {
    if (!o.owned_) text_ = o.text_;
  }
  constexpr name(name&& o) noexcept
      : text_(std::exchange(o.text_, nullptr)),
        size_(std::exchange(o.size_, 0)),
        owned_(std::exchange(o.owned_, false)) {}
  // Two, so that no copy counts as one that can't throw.
  constexpr name& operator=(name const& o) { return *this = name(o); }
  constexpr name& operator=(name&& o) noexcept {
    std::swap(text_, o.text_);
    std::swap(size_, o.size_);
    std::swap(owned_, o.owned_);
    return *this;
  }
  constexpr ~name() {
    if (owned_) delete[] text_;
  }

  constexpr std::string_view view() const noexcept { return {text_, size_}; }
  constexpr operator std::string_view() const noexcept { return view(); }
  constexpr bool is_reserved() const noexcept { return size_ > 0 && text_[0] == '$'; }

  friend constexpr bool operator==(name const& a, name const& b) noexcept { return a.view() == b.view(); }
  friend constexpr auto operator<=>(name const& a, name const& b) noexcept { return a.view() <=> b.view(); }

 private:
  struct copied {
    bool yes = true;
  };

  constexpr name(std::string_view s, copied copy) : size_(s.size()), owned_(copy.yes) {
    if (copy.yes) text_ = duplicate("", s);
  }
  constexpr name(char first, std::string_view s) : size_(s.size() + 1), owned_(true) {
    text_ = duplicate({&first, 1}, s);
  }
  static constexpr char const* duplicate(std::string_view head, std::string_view tail) {
    auto* p = new char[head.size() + tail.size()];
    for (std::size_t i = 0; i < head.size(); ++i) p[i] = head[i];
    for (std::size_t i = 0; i < tail.size(); ++i) p[head.size() + i] = tail[i];
    return p;
  }

  char const* text_ = "";
  std::size_t size_ = 0;
  bool owned_ = false;
};

namespace detail {

// Text that is no literal, where a name is wanted.
template <class T>
concept run_time_text = std::is_convertible_v<T const&, std::string_view> && !std::is_convertible_v<T const&, name>;

template <class T>
consteval void name_must_be_taken_out() {
  static_assert(!std::is_same_v<T, T>,
                "this is a result: ab::name::parse may have refused the text; look whether it did, and pass `*n`");
}
template <class T>
consteval void name_must_be_checked() {
  static_assert(!run_time_text<T>,
                "text that is known at run time may be no name: check it with ab::name::parse(text), "
                "which gives a result, and pass what is in it");
}

}  // namespace detail

}  // namespace ab
