// A value or an error: a monad, with its laws.
#include "catch.hpp"

#include <anabranch/core/result.hpp>

#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using ab::errc;
using ab::error;
using ab::result;

error const wrong(errc::malformed, "it is wrong", "right it");

template <class T>
bool same(result<T> const& a, result<T> const& b) {
  if (a.has_value() != b.has_value()) return false;
  return a ? *a == *b : a.error().code == b.error().code;
}

result<int> half(int n) {
  if (n % 2 != 0) return error(errc::invalid_argument, "an odd number", "give an even one");
  return n / 2;
}
result<std::string> text(int n) {
  if (n < 0) return wrong;
  return std::to_string(n);
}

TEST_CASE("and_then obeys the laws of a monad, transform those of a functor", "[core]") {
  for (auto const& m : {result<int>(8), result<int>(7), result<int>(-2), result<int>(wrong)}) {
    auto const unit = [](int n) { return result<int>(n); };
    CHECK(same(m.and_then(unit), m));
    CHECK(same(m.and_then(half).and_then(text), m.and_then([](int n) { return half(n).and_then(text); })));
    CHECK(same(m.transform([](int n) { return n; }), m));
    auto const plus = [](int n) { return n + 1; };
    auto const times = [](int n) { return n * 3; };
    CHECK(same(m.transform(plus).transform(times), m.transform([&](int n) { return times(plus(n)); })));
    CHECK(same(m.or_else([](error const& e) { return result<int>(e); }), m));
    CHECK(m.value_or(99) == (m ? *m : 99));
  }
  CHECK(same(result<int>(8).and_then(half), half(8)));
  CHECK(result<int>(wrong).or_else([](error const&) { return result<int>(1); }).value_or(0) == 1);
}

TEST_CASE("a result of nothing", "[core]") {
  result<void> const good, bad = wrong;
  CHECK(good);
  CHECK(bad.error() == errc::malformed);
  CHECK(*good.and_then([] { return result<int>(3); }) == 3);
  CHECK(bad.and_then([] { return result<int>(3); }).error() == errc::malformed);
  CHECK(*good.transform([] { return 4; }) == 4);
  CHECK(good.transform([] {}));
  CHECK(bad.or_else([](error const&) { return result<void>(); }));
  CHECK(result<int>(1).transform([](int) {}));
  static_assert([] {
    result<void> r;
    auto copy = r;
    copy = r;
    return bool(copy) && bool(r.and_then([] { return result<int>(3); }));
  }());
}

TEST_CASE("it holds what moves only, what is empty, what is false, and other results", "[core]") {
  result<std::unique_ptr<int>> p = std::make_unique<int>(5);
  CHECK(*std::move(p).and_then([](std::unique_ptr<int> q) { return result<int>(*q); }) == 5);
  result<std::optional<int>> const none = std::optional<int>();
  CHECK(none);
  CHECK_FALSE(none->has_value());
  result<bool> const no = false;
  CHECK(no);
  CHECK_FALSE(*no);
  result<result<int>> const inner = result<int>(wrong);
  CHECK(inner);
  CHECK(inner->error() == errc::malformed);
}

TEST_CASE("it is copied, moved and assigned as its value is", "[core]") {
  result<std::string> a = std::string(100, 'a'), b = wrong;
  auto c = a;
  CHECK(*c == *a);
  c = b;
  CHECK(c.error() == errc::malformed);
  c = a;
  CHECK(*c == *a);
  c = std::move(a);
  CHECK(*c == std::string(100, 'a'));
  auto const& itself = c;
  c = itself;
  CHECK(*c == std::string(100, 'a'));
  CHECK(*std::move(c) == std::string(100, 'a'));
  static_assert(std::is_nothrow_move_constructible_v<result<std::string>>);
  // What holds one isn't taken for something that is copied without allocating.
  struct holder {
    result<std::string> r;
  };
  static_assert(!std::is_nothrow_copy_assignable_v<holder>);
  static_assert([] {
    result<std::vector<int>> v = std::vector<int>{1, 2, 3};
    auto w = v;
    w = error(errc::io, "", "");
    auto x = std::move(v);
    return !w && x->size() == 3;
  }());
}

template <class F>
bool aborts(F const& f) {
  auto const child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // not Catch's, which would report it
    (void)!::freopen("/dev/null", "w", stderr);
    f();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

TEST_CASE("the value of an error, and the error of a value, end the program", "[core]") {
  result<int> const good = 1, bad = wrong;
  result<void> const done, failed = wrong;
  CHECK(aborts([&] { (void)*bad; }));
  CHECK(aborts([&] { (void)bad.operator->(); }));
  CHECK(aborts([&] { (void)*result<int>(wrong); }));
  CHECK(aborts([&] { *failed; }));
  CHECK(aborts([&] { (void)good.error(); }));
  CHECK(aborts([&] { (void)done.error(); }));
  CHECK_FALSE(aborts([&] { (void)*good; }));
}

}  // namespace
