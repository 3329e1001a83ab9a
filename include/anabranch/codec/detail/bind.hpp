// The fields of an aggregate by structured bindings, which name each number of them: hence this long list.
#pragma once

#include "anabranch/codec/detail/count.hpp"
#include "anabranch/codec/detail/list.hpp"
#include "anabranch/core/inline.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ab::detail::canonical {

struct has_bit_field {};

// A bit-field has no address. A const one binds to any reference, so that only its address tells.
template <class... Pointers>
void addresses(Pointers...);

// Calls `visit<declared types...>(fields...)`. The compiler itself refuses a `Count` that is not the number of fields.
template <std::size_t Count, class Whole, class Visit>
ANABRANCH_ALWAYS_INLINE constexpr auto bind(Whole& whole, Visit const& visit) {
  static_assert(Count <= max_fields);
  if constexpr (Count == 0) {
    return visit.template operator()<>();
  } else if constexpr (Count == 1) {
    auto& [a] = whole;
    if constexpr (requires { addresses(&a); })
      return visit.template operator()<decltype(a)>(a);
    else
      return has_bit_field{};
  } else if constexpr (Count == 2) {
    auto& [a, b] = whole;
    if constexpr (requires { addresses(&a, &b); })
      return visit.template operator()<decltype(a), decltype(b)>(a, b);
    else
      return has_bit_field{};
  } else if constexpr (Count == 3) {
    auto& [a, b, c] = whole;
    if constexpr (requires { addresses(&a, &b, &c); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c)>(a, b, c);
    else
      return has_bit_field{};
  } else if constexpr (Count == 4) {
    auto& [a, b, c, d] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d)>(a, b, c, d);
    else
      return has_bit_field{};
  } else if constexpr (Count == 5) {
    auto& [a, b, c, d, e] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e)>(a, b, c, d, e);
    else
      return has_bit_field{};
  } else if constexpr (Count == 6) {
    auto& [a, b, c, d, e, f] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f)>(
          a, b, c, d, e, f);
    else
      return has_bit_field{};
  } else if constexpr (Count == 7) {
    auto& [a, b, c, d, e, f, g] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g)>(a, b, c, d, e, f, g);
    else
      return has_bit_field{};
  } else if constexpr (Count == 8) {
    auto& [a, b, c, d, e, f, g, h] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h)>(a, b, c, d, e, f, g, h);
    else
      return has_bit_field{};
  } else if constexpr (Count == 9) {
    auto& [a, b, c, d, e, f, g, h, i] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i)>(a, b, c, d, e, f, g, h, i);
    else
      return has_bit_field{};
  } else if constexpr (Count == 10) {
    auto& [a, b, c, d, e, f, g, h, i, j] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j)>(a, b, c, d, e, f, g, h, i,
                                                                                           j);
    else
      return has_bit_field{};
  } else if constexpr (Count == 11) {
    auto& [a, b, c, d, e, f, g, h, i, j, k] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k)>(
          a, b, c, d, e, f, g, h, i, j, k);
    else
      return has_bit_field{};
  } else if constexpr (Count == 12) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k), decltype(l)>(
          a, b, c, d, e, f, g, h, i, j, k, l);
    else
      return has_bit_field{};
  } else if constexpr (Count == 13) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k), decltype(l),
                                       decltype(m)>(a, b, c, d, e, f, g, h, i, j, k, l, m);
    else
      return has_bit_field{};
  } else if constexpr (Count == 14) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k), decltype(l),
                                       decltype(m), decltype(n)>(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    else
      return has_bit_field{};
  } else if constexpr (Count == 15) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o); })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
    else
      return has_bit_field{};
  } else if constexpr (Count == 16) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k), decltype(l),
                                       decltype(m), decltype(n), decltype(o), decltype(p)>(a, b, c, d, e, f, g, h, i, j,
                                                                                           k, l, m, n, o, p);
    else
      return has_bit_field{};
  } else if constexpr (Count == 17) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k), decltype(l),
                                       decltype(m), decltype(n), decltype(o), decltype(p), decltype(q)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q);
    else
      return has_bit_field{};
  } else if constexpr (Count == 18) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r); })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k), decltype(l),
                                       decltype(m), decltype(n), decltype(o), decltype(p), decltype(q), decltype(r)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r);
    else
      return has_bit_field{};
  } else if constexpr (Count == 19) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s] = whole;
    if constexpr (requires { addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s); })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s)>(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s);
    else
      return has_bit_field{};
  } else if constexpr (Count == 20) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t)>(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q,
                                                                     r, s, t);
    else
      return has_bit_field{};
  } else if constexpr (Count == 21) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u)>(a, b, c, d, e, f, g, h, i, j, k, l, m,
                                                                                  n, o, p, q, r, s, t, u);
    else
      return has_bit_field{};
  } else if constexpr (Count == 22) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v);
    else
      return has_bit_field{};
  } else if constexpr (Count == 23) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w);
    else
      return has_bit_field{};
  } else if constexpr (Count == 24) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x);
                  })
      return visit.template operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f),
                                       decltype(g), decltype(h), decltype(i), decltype(j), decltype(k), decltype(l),
                                       decltype(m), decltype(n), decltype(o), decltype(p), decltype(q), decltype(r),
                                       decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x);
    else
      return has_bit_field{};
  } else if constexpr (Count == 25) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
                 decltype(y)>(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y);
    else
      return has_bit_field{};
  } else if constexpr (Count == 26) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y, &z);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
                 decltype(y), decltype(z)>(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y,
                                           z);
    else
      return has_bit_field{};
  } else if constexpr (Count == 27) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y, &z, &A);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
                 decltype(y), decltype(z), decltype(A)>(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u,
                                                        v, w, x, y, z, A);
    else
      return has_bit_field{};
  } else if constexpr (Count == 28) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y, &z, &A, &B);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
                 decltype(y), decltype(z), decltype(A), decltype(B)>(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q,
                                                                     r, s, t, u, v, w, x, y, z, A, B);
    else
      return has_bit_field{};
  } else if constexpr (Count == 29) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y, &z, &A, &B, &C);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
                 decltype(y), decltype(z), decltype(A), decltype(B), decltype(C)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C);
    else
      return has_bit_field{};
  } else if constexpr (Count == 30) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y, &z, &A, &B, &C, &D);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
                 decltype(y), decltype(z), decltype(A), decltype(B), decltype(C), decltype(D)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D);
    else
      return has_bit_field{};
  } else if constexpr (Count == 31) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D, E] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y, &z, &A, &B, &C, &D, &E);
                  })
      return visit.template
      operator()<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
                 decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
                 decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
                 decltype(y), decltype(z), decltype(A), decltype(B), decltype(C), decltype(D), decltype(E)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D, E);
    else
      return has_bit_field{};
  } else if constexpr (Count == 32) {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D, E, F] = whole;
    if constexpr (requires {
                    addresses(&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m, &n, &o, &p, &q, &r, &s, &t, &u, &v,
                              &w, &x, &y, &z, &A, &B, &C, &D, &E, &F);
                  })
      return visit.template operator()<
          decltype(a), decltype(b), decltype(c), decltype(d), decltype(e), decltype(f), decltype(g), decltype(h),
          decltype(i), decltype(j), decltype(k), decltype(l), decltype(m), decltype(n), decltype(o), decltype(p),
          decltype(q), decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w), decltype(x),
          decltype(y), decltype(z), decltype(A), decltype(B), decltype(C), decltype(D), decltype(E), decltype(F)>(
          a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, A, B, C, D, E, F);
    else
      return has_bit_field{};
  }
}

struct as_list {
  template <class... Ts>
  constexpr list<Ts...> operator()(auto&...) const {
    return {};
  }
};

// The declared types of T's fields, or has_bit_field. T is not const here: const would hide a bit-field.
template <class T, std::size_t Count>
using bound_types = decltype(bind<Count>(std::declval<T&>(), as_list{}));

}  // namespace ab::detail::canonical
