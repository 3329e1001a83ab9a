// A set of three bits as a lattice, with one fault for each law.
#pragma once

#include <anabranch/lattice.hpp>
#include <anabranch/testing/laws.hpp>

#include <cstdint>

namespace faulty {

using ab::testing::law;
inline constexpr law none = static_cast<law>(255);

template <law Broken>
class bits {
 public:
  static constexpr bool is_chain = Broken == law::chain;
  constexpr bits() = default;
  constexpr explicit bits(unsigned v) : v_(static_cast<std::uint8_t>(v)) {}
  constexpr bits(unsigned v, unsigned unseen) : bits(v) { unseen_ = static_cast<std::uint8_t>(unseen); }
  constexpr unsigned value() const { return v_; }
  constexpr unsigned unseen() const { return unseen_; }

  constexpr bool join(bits const& o) {
    auto const before = v_;
    v_ = merged(v_, o.v_);
    if constexpr (Broken == law::idempotent) return true;
    if constexpr (Broken == law::growth) return false;
    return v_ != before;
  }
  constexpr bool join(bits&& o) {
    if constexpr (Broken == law::moving) {
      bool const grew = (o.v_ & ~v_) != 0;
      v_ = o.v_;
      return grew;
    }
    return join(static_cast<bits const&>(o));
  }
  constexpr bool leq(bits const& o) const {
    if constexpr (Broken == law::reflexive) return v_ != o.v_ && (v_ & ~o.v_) == 0;
    if constexpr (Broken == law::order || Broken == law::equality) return true;
    if constexpr (Broken == law::transitive) return v_ == 0 || v_ == o.v_ || v_ + 1 == o.v_;
    return (v_ & ~o.v_) == 0;
  }
  constexpr bits difference(bits const& o) const {
    if constexpr (Broken == law::difference_restores) return bits{};
    if constexpr (Broken == law::difference_is_lean || Broken == law::difference_is_least) return *this;
    if constexpr (Broken == law::difference_to_itself)
      if (v_ == o.v_) return *this;
    return bits(v_ & ~unsigned{o.v_});
  }
  template <class F>
  constexpr void decompose(F f) const {
    unsigned parts = 0;
    for (unsigned bit = 1; bit < 8; bit *= 2) parts += (v_ & bit) != 0 ? 1U : 0U;
    if constexpr (Broken == law::parts_are_irreducible) {
      if (v_ != 0) f(*this);
      return;
    }
    if (Broken == law::parts_are_whole && parts == 1) return;
    if (Broken == law::decomposition_is_lean && parts > 1) f(*this);
    for (unsigned bit = Broken == law::decomposition_rejoins ? 2 : 1; bit < 8; bit *= 2)
      if ((v_ & bit) != 0) f(bits(bit));
  }
  friend constexpr bool operator==(bits const& a, bits const& b) { return a.v_ == b.v_; }

  constexpr bits put(unsigned bit) {
    bits const delta(1U << bit % 3);
    join(delta);
    if constexpr (Broken == law::mutators_are_deltas) return bits{};
    return delta;
  }
  constexpr bits take(unsigned bit) {
    if constexpr (Broken == law::mutators_inflate) v_ = static_cast<std::uint8_t>(v_ & ~(1U << bit % 3));
    return bits{};
  }

 private:
  static constexpr std::uint8_t merged(unsigned a, unsigned b) {
    auto both = a | b;
    bool const apart = a != b && a != 0 && b != 0;
    if constexpr (Broken == law::commutative) both = a != 0 ? a : b;
    if constexpr (Broken == law::upper_bound) both = apart ? 0 : both;
    if constexpr (Broken == law::least_upper_bound) both = apart ? 7 : both;
    if constexpr (Broken == law::associative) {  // as rock, paper, scissors
      auto const winner = a % 3 == (b + 1) % 3 ? a : b;
      both = apart ? winner : both;
    }
    return static_cast<std::uint8_t>(both);
  }

  std::uint8_t v_ = Broken == law::identity ? 1 : 0;
  std::uint8_t unseen_ = 0;
};

}  // namespace faulty

template <faulty::law Broken>
struct ab::testing::arbitrary<faulty::bits<Broken>> {
  using T = faulty::bits<Broken>;
  static constexpr T make(choices& c) {
    if (Broken == law::values_differ) return {};
    unsigned v = 0;
    for (unsigned bit = 1; bit < 8; bit *= 2) v += c.below(2) * bit;
    return T(v, Broken == law::encoding_is_canonical ? c.below(2) : 0);
  }
  template <class Out>
  static constexpr void write(T const& v, Out& out) {
    out.append("T(").append(static_cast<std::int64_t>(v.value()));
    if (v.unseen() != 0) out.append(", ").append(static_cast<std::int64_t>(v.unseen()));
    out.append(")");
  }
};

template <faulty::law Broken>
  requires(Broken == faulty::law::mutators_inflate || Broken == faulty::law::mutators_are_deltas)
struct ab::testing::mutators<faulty::bits<Broken>> {
  using T = faulty::bits<Broken>;
  static constexpr auto list() { return std::tuple(mutator{"put", &T::put}, mutator{"take", &T::take}); }
};

template <faulty::law Broken>
struct ab::codec_traits<faulty::bits<Broken>> {
  using stored = std::uint16_t;
  static constexpr stored to(faulty::bits<Broken> const& b) {
    return static_cast<stored>(b.value() + (Broken == faulty::law::encoding_is_canonical ? b.unseen() * 256 : 0));
  }
  static constexpr faulty::bits<Broken> from(stored s) {
    return faulty::bits<Broken>(s & (Broken == faulty::law::encoding_round_trips ? 3U : 7U), s / 256U);
  }
};
