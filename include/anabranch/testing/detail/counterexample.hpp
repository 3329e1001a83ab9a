// A broken law as C++ that can be pasted.
#pragma once

#include "anabranch/codec/detail/type_name.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/testing/code.hpp"
#include "anabranch/testing/detail/law_cases.hpp"
#include "anabranch/testing/law.hpp"
#include "anabranch/testing/verdict.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ab::testing::detail {

using code_text = ab::text<1500>;

// Text as an argument of a template, which compilers print.
struct shown {
  char text[600] = {};
  consteval explicit shown(std::string_view s) {
    for (std::size_t i = 0; i < s.size() && i + 1 < sizeof text; ++i) text[i] = s[i];
  }
};

template <class Arg, class Out>
constexpr void write_argument(Arg const& arg, std::size_t replica, Out& out) {
  if constexpr (is_identity<Arg>) {
    if constexpr (requires { identity<Arg>::code; }) {
      std::string_view const code = identity<Arg>::code;
      auto const at = code.find('#');
      out.append(code.substr(0, at)).append(static_cast<std::int64_t>(replica + 1)).append(code.substr(at + 1));
    } else {
      out.append("ab::testing::identity<").append(ab::detail::canonical::type_name<Arg>).append(">::make(");
      out.append(static_cast<std::int64_t>(replica)).append(")");
    }
  } else if constexpr (has_code<Arg>) {
    write_code(arg, out);
  } else {
    out.append("/* ").append(ab::detail::canonical::type_name<Arg>).append(" */");
  }
}

// Writes a history down, line by line. Each state is s0, s1, ..., each delta d0, d1, ...
template <class Out>
struct recorder : unwatched {
  Out& out;
  constexpr explicit recorder(Out& o) : out(o) {}

  constexpr void number(std::string_view letter, std::size_t i) const {
    out.append(letter).append(static_cast<std::int64_t>(i));
  }
  template <class T, class M, class Args>
  constexpr void changing(std::size_t at, T const&, M const& m, Args const& args) const {
    using result = std::remove_cvref_t<typename signature<std::remove_cv_t<decltype(m.change)>>::result>;
    if constexpr (std::is_same_v<typename delta_of<result>::type, T>) {
      number("d", at);
      out.append(std::is_same_v<result, T> ? " = " : " = *");
    }
    number("s", at);
    out.append(".").append(m.name).append("(");
    std::apply(
        [&](auto const&... each) {
          bool first = true;
          ((out.append(std::exchange(first, false) ? "" : ", "), write_argument(each, at, out)), ...);
        },
        args);
    out.append(");\n");
  }
  constexpr void joined(std::size_t at, std::size_t from, bool delta) const {
    out.append("ab::join(");
    number("s", at);
    number(delta ? ", d" : ", s", from);
    out.append(");\n");
  }
  constexpr void named(std::size_t i, std::size_t of, bool delta) const {
    constexpr std::string_view names[] = {"a", "b", "c"};
    out.append("auto const& ").append(names[i]).append(" = ");
    number(delta ? "d" : "s", of);
    out.append(";\n");
  }
};

template <class T, law L>
constexpr code_text counterexample(choices c) {
  constexpr auto about = text_of(L);
  constexpr std::string_view names[] = {"a", "b", "c"};
  constexpr std::string_view lists[] = {"", "a", "a, b", "a, b, c"};
  code_text out;
  c.rewind();
  out.append("using T = ").append(ab::detail::canonical::type_name<T>).append(";\n");
  if constexpr (has_mutators<T>) {
    constexpr std::size_t replicas = about.values == 0 ? 3 : about.values;
    out.append("T s0, d0");
    for (std::size_t i = 1; i < replicas; ++i) {
      out.append(", s").append(static_cast<std::int64_t>(i));
      out.append(", d").append(static_cast<std::int64_t>(i));
    }
    out.append(";\n");
    recorder<code_text> const watch(out);
    auto h = run<T, replicas>(c, watch);
    if constexpr (about.values != 0) (void)h.values(c, watch);
  } else if constexpr (has_code<T>) {
    auto const v = values<T, about.values>(c);
    for (std::size_t i = 0; i < about.values; ++i) {
      out.append("T const ").append(names[i]).append(" = ");
      write_code(v[i], out);
      out.append(";\n");
    }
  } else {
    (void)values<T, about.values>(c);
    out.append("auto const [").append(lists[about.values]).append("] = ab::testing::replay<T, ");
    out.append(static_cast<std::int64_t>(about.values)).append(">({");
    for (std::size_t i = 0; i < c.size(); ++i) {
      out.append(i == 0 ? "" : ", ").append(static_cast<std::int64_t>(c[i]));
    }
    out.append("});\n");
  }
  if constexpr (about.values != 0) {
    out.append("assert(ab::testing::holds<ab::testing::law::").append(about.name).append(">(");
    out.append(lists[about.values]).append("));\n");
  } else {
    out.append("// the last change breaks: ").append(about.says).append("\n");
  }
  return out;
}

template <class T, law L>
constexpr verdict judge(finding const& found) {
  verdict::account_type account;
  if (found.failed) {
    account.append("broken: ").append(text_of(L).name).append(": ").append(text_of(L).says).append("\n");
    account.append(counterexample<T, L>(found.how).view());
  } else {
    account.append(text_of(L).name).append(" holds of ").append(ab::detail::canonical::type_name<T>).append(" in ");
    account.append(static_cast<std::int64_t>(found.cases)).append(" cases");
  }
  return verdict(!found.failed, account);
}

// `find.operator()<law>()` gives the finding for a law. Stops at the first that is broken.
template <class T, class Find>
constexpr verdict check_each(Find const& find) {
  std::size_t cases = 0;
  verdict broken(true, {});
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    auto const held = [&]<law L>() {
      auto const found = find.template operator()<L>();
      cases += found.cases;
      if (found.failed) broken = judge<T, L>(found);
      return !found.failed;
    };
    (void)(held.template operator()<laws_of<T>.all[I]>() && ...);
  }(std::make_index_sequence<laws_of<T>.size>{});
  if (!broken) return broken;
  verdict::account_type account;
  account.append(static_cast<std::int64_t>(laws_of<T>.size)).append(" laws hold of ");
  account.append(ab::detail::canonical::type_name<T>).append(" in ");
  account.append(static_cast<std::int64_t>(cases)).append(" cases");
  if (!canonical_codec::encodable<T>) account.append("; it has no canonical encoding to check");
  return verdict(true, account);
}

}  // namespace ab::testing::detail
