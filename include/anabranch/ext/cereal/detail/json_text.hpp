// JSON as text: a writer and a parser, exact for every number and every byte of text.
#pragma once

#include <bit>
#include <cereal/cereal.hpp>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

inline constexpr std::size_t json_depth = 256;  // of arrays and objects inside each other

template <class T>
using json_bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

inline void json_put_text(std::string& out, std::string_view s) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (char const c : s) {
    auto const u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (u < 0x20) {
      out += "\\u00";
      out += digits[u >> 4U];
      out += digits[u & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

template <class T>
void json_put_number(std::string& out, T value) {
  char text[64];
  auto const put = [&](auto... arguments) {
    auto const end = std::to_chars(text, text + sizeof text, arguments...).ptr;
    out.append(text, end);
    return std::string_view(text, static_cast<std::size_t>(end - text));
  };
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_signed_v<T> && std::is_integral_v<T>) {
    put(static_cast<long long>(value));
  } else if constexpr (std::is_integral_v<T>) {
    put(static_cast<unsigned long long>(value));
  } else {
    auto const bits = std::bit_cast<json_bits<T>>(value);
    if (bits == std::bit_cast<json_bits<T>>(std::numeric_limits<T>::quiet_NaN())) {
      out += "NaN";
    } else if (std::isnan(value)) {  // one of the others, which JSON has no word for: its bits, as text
      out += '"';
      put(bits);
      out += '"';
    } else if (std::isinf(value)) {
      out += value > 0 ? "Infinity" : "-Infinity";
    } else if (put(value).find_first_of(".e") == std::string_view::npos) {
      out += ".0";
    }
  }
}

// A value of JSON. What it is made of is in `children`, with their names where it is an object.
struct json_node {
  enum class kinds : std::uint8_t { word, text, array, object };
  kinds kind = kinds::word;
  std::string text{};  // of a text without quotes and escapes; of a number or another word as it stands
  std::vector<json_node> children{};
  std::string name{};
};

template <class T>
T json_number(json_node const& node) {
  auto const fail = []() -> T { throw cereal::Exception("a number is expected, and one that the type can hold"); };
  std::string_view const s = node.text;
  auto const parse = [&]<class U>(U parsed) {
    auto const [end, fault] = std::from_chars(s.data(), s.data() + s.size(), parsed);
    return fault == std::errc{} && end == s.data() + s.size() ? parsed : static_cast<U>(fail());
  };
  bool const quoted = node.kind == json_node::kinds::text;
  if (!quoted && node.kind != json_node::kinds::word) return fail();
  if constexpr (std::is_same_v<T, bool>) {
    return !quoted && (s == "true" || s == "false") ? s == "true" : fail();
  } else if constexpr (std::is_integral_v<T>) {  // in quotes too, as cereal itself writes long long
    using wide = std::conditional_t<std::is_signed_v<T>, long long, unsigned long long>;
    auto const value = parse(wide{});
    if (value < wide{std::numeric_limits<T>::min()} || value > wide{std::numeric_limits<T>::max()}) return fail();
    return static_cast<T>(value);
  } else {
    if (quoted) return std::bit_cast<T>(parse(json_bits<T>{}));
    if (s == "NaN") return std::numeric_limits<T>::quiet_NaN();
    if (s == "Infinity" || s == "Inf") return std::numeric_limits<T>::infinity();
    if (s == "-Infinity" || s == "-Inf") return -std::numeric_limits<T>::infinity();
    auto const first = s.find_first_not_of('-');
    return first <= 1 && s[first] >= '0' && s[first] <= '9' ? parse(T{}) : fail();
  }
}

class json_parser {
 public:
  explicit json_parser(std::string_view text) : rest_(text) {}

  json_node whole() {
    auto node = value(0);
    skip();
    if (!rest_.empty()) fail();
    return node;
  }

 private:
  [[noreturn]] static void fail() { throw cereal::Exception("the text is no JSON"); }
  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }
  bool next_is(char c) {
    skip();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!next_is(c)) fail();
  }

  json_node value(std::size_t depth) {
    json_node node;
    if (next_is('"')) {
      node.kind = json_node::kinds::text;
      node.text = text();
    } else if (next_is('[')) {
      node.kind = json_node::kinds::array;
      members(node, ']', depth);
    } else if (next_is('{')) {
      node.kind = json_node::kinds::object;
      members(node, '}', depth);
    } else {
      auto const end = std::min(rest_.find_first_of(" \t\r\n,]}"), rest_.size());
      if (end == 0) fail();
      node.text = rest_.substr(0, end);
      if (node.text.find_first_not_of("+-.0123456789abcdefghijklmnopqrstuvwxyzEIN") != std::string::npos) fail();
      rest_.remove_prefix(end);
    }
    return node;
  }
  void members(json_node& node, char end, std::size_t depth) {
    if (depth == json_depth) throw cereal::Exception("values are nested too deeply");
    if (next_is(end)) return;
    do {
      std::string name;
      if (end == '}') {
        expect('"');
        name = text();
        expect(':');
      }
      node.children.push_back(value(depth + 1));
      node.children.back().name = std::move(name);
    } while (next_is(','));
    expect(end);
  }

  // Behind the opening quote, up to the closing one.
  std::string text() {
    std::string s;
    for (;;) {
      char const c = get();
      if (c == '"') return s;
      if (static_cast<unsigned char>(c) < 0x20) fail();
      if (c != '\\') {
        s += c;
        continue;
      }
      char const escape = get();
      constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
      if (escape == 'u')
        put_utf8(s, code_point());
      else if (auto const i = letters.find(escape); i != letters.npos)
        s += meanings[i];
      else
        fail();
    }
  }
  char get() {
    if (rest_.empty()) fail();
    char const c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  std::uint32_t four_digits() {
    std::uint32_t value = 0;
    if (rest_.size() < 4 || std::from_chars(rest_.data(), rest_.data() + 4, value, 16).ptr != rest_.data() + 4) fail();
    rest_.remove_prefix(4);
    return value;
  }
  std::uint32_t code_point() {
    auto const high = four_digits();
    if (high < 0xD800 || high > 0xDFFF) return high;
    if (high > 0xDBFF || get() != '\\' || get() != 'u') fail();
    auto const low = four_digits();
    if (low < 0xDC00 || low > 0xDFFF) fail();
    return 0x10000U + ((high - 0xD800U) << 10U) + (low - 0xDC00U);
  }
  static void put_utf8(std::string& s, std::uint32_t c) {
    auto const tail = [&](unsigned shift) { s += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) {
      s += static_cast<char>(c);
    } else if (c < 0x800) {
      s += static_cast<char>(0xC0U | (c >> 6U));
      tail(0);
    } else if (c < 0x10000) {
      s += static_cast<char>(0xE0U | (c >> 12U));
      tail(6);
      tail(0);
    } else {
      s += static_cast<char>(0xF0U | (c >> 18U));
      tail(12);
      tail(6);
      tail(0);
    }
  }

  std::string_view rest_;
};

}  // namespace ab::detail
