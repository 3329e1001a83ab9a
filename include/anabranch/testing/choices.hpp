/// @file
/// `ab::testing::choices`: the decisions that a generated value is made of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace ab::testing {

/// What a generator asks for numbers: all short sequences of them in turn, random ones, or those of a former run again. So
/// one generator serves exhaustive and random checks, and whatever it makes is shrunk by shrinking the numbers.
///
/// 0 is the simplest answer to any question; what was asked beyond `capacity` is answered so. Usable in constant expressions.
class choices {
 public:
  static constexpr std::size_t capacity = 160;

  /// Answers as they were written down, then 0.
  constexpr choices(std::initializer_list<std::uint32_t> script) noexcept {
    for (auto const v : script)
      if (scripted_ < capacity) values_[scripted_++] = v;
    start();
  }
  /// All sequences whose sum is at most `weight`, beginning with zeros: see `next`.
  static constexpr choices all(std::uint32_t weight) noexcept {
    choices c{};
    c.how_ = mode::enumerated;
    c.weight_ = weight;
    c.restart();
    return c;
  }
  /// Random ones.
  static constexpr choices random(std::uint64_t seed) noexcept {
    choices c{};
    c.how_ = mode::random;
    c.state_ = seed;
    c.restart();
    return c;
  }

  /// A number below `n`, which is the simpler the smaller it is.
  constexpr std::uint32_t below(std::uint32_t n) noexcept { return ask(n, true, false); }
  /// A number below `n`, all of which are as simple.
  constexpr std::uint32_t pick(std::uint32_t n) noexcept { return ask(n, false, false); }
  /// Whether to go on: for loops.
  constexpr bool more() noexcept { return held_ == none && ask(2, true, true) != 0; }

  /// From how many numbers to choose: few, so that values meet, or many.
  constexpr std::uint32_t spread() const noexcept { return spreads[values_[0] % spreads.size()]; }
  /// Whether the least and greatest of all numbers are wanted.
  constexpr bool extremes() const noexcept { return values_[0] % spreads.size() == spreads.size() - 1; }

  /// Calls `make(*this)`. In a small scope the answers in it are one same number, so that a whole element costs one choice
  /// of three.
  template <class Make>
  constexpr auto element(Make const& make) {
    if (values_[0] != 0 || held_ != none) return make(*this);
    held_ = pick(spreads[0]);
    auto value = make(*this);
    held_ = none;
    return value;
  }

  /// The `k`-th simple value of what `make` makes.
  template <class Make>
  constexpr auto simple(std::uint32_t k, Make const& make) {
    auto const outer = held_;
    held_ = k;
    auto value = make(*this);
    held_ = outer;
    return value;
  }
  /// Whether only few and simple values are wanted, each once.
  constexpr bool small() const noexcept { return values_[0] == 0; }

  /// Answers the same again.
  constexpr void rewind() noexcept {
    if (how_ != mode::enumerated) how_ = mode::replayed;
    scripted_ = asked_;
    restart();
  }
  /// Of `all`: the next sequence. @return whether there is one
  constexpr bool next() noexcept {
    for (auto i = asked_; i-- > 1;) {
      if (values_[i] + 1 >= bounds_[i]) continue;
      ++values_[i];
      scripted_ = i + 1;
      restart();
      return true;
    }
    return false;
  }
  /// The sum of the answers so far.
  constexpr std::uint32_t spent() const noexcept { return spent_; }
  constexpr std::size_t size() const noexcept { return asked_; }
  constexpr std::uint32_t operator[](std::size_t i) const noexcept { return values_[i]; }

  /// To shrink: the same without `n` answers from `i` on, or with `v` as the answer at `i`; to be asked from the start.
  constexpr choices without(std::size_t i, std::size_t n) const noexcept {
    choices c = *this;
    c.how_ = mode::replayed;
    c.scripted_ = 0;
    for (std::size_t k = 0; k < asked_; ++k)
      if (k < i || k >= i + n) c.values_[c.scripted_++] = values_[k];
    c.restart();
    return c;
  }
  constexpr choices with(std::size_t i, std::uint32_t v) const noexcept {
    choices c = without(asked_, 0);
    c.values_[i] = v;
    c.restart();
    return c;
  }
  /// Whether it is the simpler one: shorter, or as long and smaller.
  constexpr bool simpler_than(choices const& o) const noexcept {
    if (asked_ != o.asked_) return asked_ < o.asked_;
    for (std::size_t i = 0; i < asked_; ++i)
      if (values_[i] != o.values_[i]) return values_[i] < o.values_[i];
    return false;
  }

 private:
  enum class mode : std::uint8_t { replayed, enumerated, random };
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::array<std::uint32_t, 5> spreads = {3, 5, 40, 1U << 20U, 8};

  constexpr void restart() noexcept {
    asked_ = 0;
    spent_ = 0;
    held_ = none;
    start();
  }
  // The first answer says from how many numbers the others choose.
  constexpr void start() noexcept {
    if (how_ == mode::enumerated) {
      values_[0] = 0;
      bounds_[0] = 1;
      asked_ = 1;
      if (scripted_ == 0) scripted_ = 1;
    } else {
      ask(static_cast<std::uint32_t>(spreads.size()), true, false);
      spent_ = 0;
    }
  }
  constexpr std::uint32_t ask(std::uint32_t n, bool costs, bool goes_on) noexcept {
    if (held_ != none) return held_ < n ? held_ : n - 1;
    if (asked_ == capacity || n < 2) return 0;
    std::uint32_t v = asked_ < scripted_ ? values_[asked_] : 0;
    if (how_ == mode::random) {
      auto const r = roll();
      v = goes_on ? (r % 6 != 0 ? 1U : 0U) : r % n;
    } else if (v >= n) {
      v = n - 1;
    }
    auto const left = weight_ - spent_;
    values_[asked_] = v;
    bounds_[asked_] = costs && left < n - 1 ? left + 1 : n;
    ++asked_;
    if (costs) spent_ += v;
    return v;
  }
  constexpr std::uint32_t roll() noexcept {
    auto z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<std::uint32_t>((z ^ (z >> 31U)) >> 32U);
  }

  std::array<std::uint32_t, capacity> values_{};
  std::array<std::uint32_t, capacity> bounds_{};
  std::size_t scripted_ = 0;
  std::size_t asked_ = 0;
  std::uint64_t state_ = 0;
  std::uint32_t weight_ = 0;
  std::uint32_t spent_ = 0;
  std::uint32_t held_ = none;
  mode how_ = mode::replayed;
};

}  // namespace ab::testing
