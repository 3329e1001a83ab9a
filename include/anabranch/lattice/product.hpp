/// @file
/// `ab::lattice::product`: any number of lattices side by side, without names.
#pragma once

#include "anabranch/codec/fields.hpp"
#include "anabranch/lattice/detail/overflow.hpp"
#include "anabranch/lattice/merge_parts.hpp"
#include "anabranch/lattice/operations.hpp"

#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

namespace ab::lattice {

/// Joins each by itself, as a struct of lattices does; for generic code, which has no names for them. Takes part in structured
/// bindings.
template <class... Lattices>
class product {
  using all = std::index_sequence_for<Lattices...>;

 public:
  using merge_parts = ab::lattice::merge_parts<Lattices...>;
  static constexpr std::string_view merge_name = "product";

  constexpr product() = default;
  constexpr explicit product(Lattices... parts)
    requires(sizeof...(Lattices) > 0)
      : parts_(std::move(parts)...) {}

  template <std::size_t I>
  constexpr auto& get() noexcept {
    return std::get<I>(parts_);
  }
  template <std::size_t I>
  constexpr auto const& get() const noexcept {
    return std::get<I>(parts_);
  }

  constexpr bool join(product const& other) {
    static_assert((require_join_semilattice<Lattices>() && ...));
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      bool grew = false;
      ((grew |= ab::join(get<I>(), other.template get<I>())), ...);
      return grew;
    }(all{});
  }
  constexpr bool join(product&& other) {
    static_assert((require_join_semilattice<Lattices>() && ...));
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      bool grew = false;
      ((grew |= ab::join(get<I>(), std::move(other.template get<I>()))), ...);
      return grew;
    }(all{});
  }
  constexpr bool leq(product const& other) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (ab::leq(get<I>(), other.template get<I>()) && ...);
    }(all{});
  }
  constexpr bool is_bottom() const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return (ab::is_bottom(get<I>()) && ...); }(all{});
  }
  constexpr product difference(product const& other) const {
    product d;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((d.template get<I>() = ab::difference(get<I>(), other.template get<I>())), ...);
    }(all{});
    return d;
  }
  /// Whether containers of fixed capacity were too small within, so that something is missing.
  constexpr bool overflowed() const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (ab::detail::lattices::overflowed(get<I>()) || ...);
    }(all{});
  }
  template <class F>
  constexpr void decompose(F f) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (ab::decompose(get<I>(),
                     [&](auto const& part) {
                       product alone;
                       alone.template get<I>() = part;
                       f(alone);
                     }),
       ...);
    }(all{});
  }
  friend constexpr bool operator==(product const& a, product const& b) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (ab::same(a.template get<I>(), b.template get<I>()) && ...);
    }(all{});
  }

  static constexpr auto fields() noexcept { return ab::fields(&product::parts_); }

 private:
  std::tuple<Lattices...> parts_;
};

}  // namespace ab::lattice

template <class... Lattices>
struct std::tuple_size<ab::lattice::product<Lattices...>> : std::integral_constant<std::size_t, sizeof...(Lattices)> {};
template <std::size_t I, class... Lattices>
struct std::tuple_element<I, ab::lattice::product<Lattices...>> : std::tuple_element<I, std::tuple<Lattices...>> {};
