// All replicas and messages at one moment, and by what such moments are told apart.
#pragma once

#include "anabranch/testing/detail/fingerprint_map.hpp"
#include "anabranch/testing/operation.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ab::testing::detail {

inline constexpr std::size_t model_most = 8;  // replicas, and operations
using model_set = std::uint8_t;               // a bit for each operation

// What happens in one step: an operation, or a message that arrives.
struct model_step {
  std::uint8_t replica = 0;
  std::uint8_t what = 0;  // the kind, or the number of the operation whose message it is
  enum : std::uint8_t { does, gets_delta, gets_state } how = does;
};

// States are the numbers that `model_states` gives them.
struct model_world {
  struct operation {
    std::uint8_t kind = 0, replica = 0;
    model_set seen = 0;
    std::uint32_t delta = 0, sent = 0;
  };
  std::size_t replicas = 0, size = 0;
  std::array<operation, model_most> done{};
  std::array<model_set, model_most> known{};
  std::array<std::uint32_t, model_most> states{};

  constexpr done_operation operator[](std::size_t n) const noexcept {
    return {done[n].kind, done[n].replica, n, done[n].seen};
  }
  static constexpr bool has(std::uint32_t set, std::size_t n) noexcept { return (set >> n & 1U) != 0; }
  constexpr model_set covered(std::size_t n) const noexcept { return static_cast<model_set>(done[n].seen | 1U << n); }

  constexpr bool did_something(std::size_t r) const noexcept {
    for (std::size_t n = 0; n < size; ++n)
      if (done[n].replica == r) return true;
    return false;
  }
  // Whether of each operation in `set` all are in it that it saw.
  constexpr bool closed(std::uint32_t set) const noexcept {
    for (std::size_t n = 0; n < size; ++n)
      if (has(set, n) && (done[n].seen & ~set) != 0) return false;
    return true;
  }
  // Whether a replica, and whoever did what has reached it, got no effect before its cause. Otherwise what it shows depends on
  // what deltas carry along of each other.
  constexpr bool causal(std::size_t r) const noexcept {
    for (std::size_t n = 0; n < size; ++n)
      if (has(known[r], n) && !closed(done[n].seen)) return false;
    return closed(known[r]);
  }
  // `set`, what these saw, what those saw, and so on: all that may have had a part in it.
  constexpr model_set past(model_set set) const noexcept {
    for (std::size_t n = size; n-- > 0;)
      if (has(set, n)) set = static_cast<model_set>(set | done[n].seen);
    return set;
  }
};

// Operations by who did them, and each one's in order: a numbering that doesn't depend on what was done first elsewhere.
struct model_order {
  std::array<std::uint8_t, model_most> at{}, rank{};
  std::size_t size = 0;

  constexpr void add_those_of(model_world const& w, std::size_t r) noexcept {
    for (std::size_t n = 0; n < w.size; ++n) {
      if (w.done[n].replica != r) continue;
      rank[n] = static_cast<std::uint8_t>(size);
      at[size++] = static_cast<std::uint8_t>(n);
    }
  }
  constexpr std::uint32_t renumbered(std::uint32_t set) const noexcept {
    std::uint32_t to = 0;
    for (; set != 0; set &= set - 1) to |= 1U << rank[static_cast<std::size_t>(std::countr_zero(set))];
    return to;
  }
};

// What has a part in a replica's state: by name, not by number.
inline fingerprint128 view_key(model_world const& w, std::size_t r) {
  fingerprint128 f;
  model_order order;
  for (std::size_t i = 0; i < w.replicas; ++i) order.add_those_of(w, i);
  auto const past = w.past(w.known[r]);
  for (std::size_t i = 0; i < order.size; ++i) {
    auto const& op = w.done[order.at[i]];
    if (model_world::has(past, order.at[i])) f.add(op.kind * 256U + op.replica);
  }
  // Numbered among themselves, as there may be others.
  model_order own;
  for (std::size_t i = 0; i < order.size; ++i)
    if (model_world::has(past, order.at[i])) own.rank[order.at[i]] = static_cast<std::uint8_t>(own.size++);
  for (std::size_t i = 0; i < order.size; ++i)
    if (model_world::has(past, order.at[i])) f.add(own.renumbered(w.done[order.at[i]].seen));
  f.add(own.renumbered(w.known[r]) + own.size * 256U);
  return f;
}

// The history and what each replica knows of it; where names don't matter, the least of those that differ only by names.
class world_key {
 public:
  static fingerprint128 of(model_world const& w, bool names_matter) {
    std::array<std::uint8_t, model_most> acting{};
    std::array<std::uint64_t, model_most> look{};
    std::size_t count = 0;
    for (std::size_t r = 0; r < w.replicas; ++r) {
      look[r] = looks(w, r);
      if (names_matter || w.did_something(r)) acting[count++] = static_cast<std::uint8_t>(r);
    }
    words least{};
    if (names_matter) {
      least = in_order(w, acting, count);
    } else {
      for (std::size_t i = 1; i < count; ++i)
        for (std::size_t k = i; k > 0 && look[acting[k]] < look[acting[k - 1]]; --k)
          std::swap(acting[k], acting[k - 1]);
      least = in_order(w, acting, count);
      try_names(w, acting, look, count, 0, least);
    }
    fingerprint128 f;
    for (auto const word : least) f.add(word);
    return f;
  }

 private:
  using words = std::array<std::uint32_t, 2 * model_most>;

  // What is to be said of a replica without any name.
  static std::uint64_t looks(model_world const& w, std::size_t r) noexcept {
    auto all = static_cast<std::uint64_t>(std::popcount(w.known[r]));
    for (std::size_t n = 0; n < w.size; ++n)
      if (w.done[n].replica == r)
        all = ab::detail::canonical::mix(all,
                                         w.done[n].kind * 16U + static_cast<unsigned>(std::popcount(w.done[n].seen)));
    return all;
  }
  // All orders in which those that look the same can be named.
  static void try_names(model_world const& w, std::array<std::uint8_t, model_most>& names,
                        std::array<std::uint64_t, model_most> const& look, std::size_t count, std::size_t from,
                        words& least) {
    if (from == count) {
      auto const made = in_order(w, names, count);
      if (made < least) least = made;
      return;
    }
    for (std::size_t i = from; i < count && look[names[i]] == look[names[from]]; ++i) {
      std::swap(names[from], names[i]);
      try_names(w, names, look, count, from + 1, least);
      std::swap(names[from], names[i]);
    }
  }
  static words in_order(model_world const& w, std::array<std::uint8_t, model_most> const& names, std::size_t count) {
    words all{};
    model_order order;
    for (std::size_t i = 0; i < count; ++i) order.add_those_of(w, names[i]);
    for (std::size_t i = 0; i < order.size; ++i) {
      auto const& op = w.done[order.at[i]];
      std::size_t name = 0;
      while (names[name] != op.replica) ++name;
      all[i] = 1U << 24U | std::uint32_t{op.kind} << 12U | static_cast<std::uint32_t>(name) << 8U |
               order.renumbered(op.seen);
    }
    std::uint32_t named = 0;
    auto* const known = all.data() + model_most;
    for (std::size_t i = 0; i < count; ++i) {
      known[i] = order.renumbered(w.known[names[i]]);
      named |= 1U << names[i];
    }
    std::size_t at = count;
    for (std::size_t r = 0; r < w.replicas; ++r)
      if (!model_world::has(named, r)) known[at++] = order.renumbered(w.known[r]);
    for (std::size_t i = count + 1; i < at; ++i)
      for (std::size_t k = i; k > count && known[k] < known[k - 1]; --k) std::swap(known[k], known[k - 1]);
    return all;
  }
};

}  // namespace ab::testing::detail
