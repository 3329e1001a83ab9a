// The states of a type that the model checker has met, each by a number; what was done to one once is known from then on.
#pragma once

#include "anabranch/codec/encode.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/lattice/try_join.hpp"
#include "anabranch/testing/choices.hpp"
#include "anabranch/testing/detail/fingerprint_map.hpp"
#include "anabranch/testing/detail/model_world.hpp"
#include "anabranch/testing/history.hpp"

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::testing::detail {

template <class T>
concept fixed_capacity = requires { requires bool{T::bounded}; };

template <class Intent>
class model_states {
 public:
  using T = typename Intent::state;
  static constexpr auto kinds = Intent::operations();
  static constexpr std::size_t kind_count = std::tuple_size_v<std::remove_const_t<decltype(kinds)>>;
  static constexpr std::uint32_t none = UINT32_MAX;
  static_assert(kind_count <= 256, "ab::check_model: at most 256 kinds of operations");
  static_assert(canonical_codec::encodable<T>,
                "ab::check_model: states are told apart by their encoding: give the type a canonical one");

  T const& operator[](std::uint32_t id) const noexcept { return all_[id]; }
  std::uint32_t id_of(T const& state) {
    fingerprint128 f;
    f.add_encoded(state);
    auto const [id, added] = ids_.insert(f, static_cast<std::uint32_t>(all_.size()));
    if (added) all_.push_back(state);
    return id;
  }
  bool same(std::uint32_t a, std::uint32_t b) const { return a == b || ab::same(all_[a], all_[b]); }

  // Does one step. @return whether it could be done
  bool apply(model_world& w, model_step s) {
    auto& state = w.states[s.replica];
    if (s.how == model_step::does) {
      auto const [after, delta] = changed(state, s.replica, s.what);
      if (after == none) return false;
      w.done[w.size] = {s.what, s.replica, w.known[s.replica], delta, after};
      w.known[s.replica] = w.covered(w.size++);
      state = after;
      return true;
    }
    bool const whole = s.how == model_step::gets_state;
    auto const after = joined(state, whole ? w.done[s.what].sent : w.done[s.what].delta);
    if (after == none) return false;
    state = after;
    w.known[s.replica] = static_cast<model_set>(w.known[s.replica] | (whole ? w.covered(s.what) : 1U << s.what));
    return true;
  }
  // Whether a message that comes again changes nothing, or has no room.
  bool does_nothing(std::uint32_t state, std::uint32_t message) {
    auto const after = joined(state, message);
    return after == none || same(after, state);
  }

 private:
  struct outcome {
    std::uint32_t after, delta;
  };

  // `none` where a state of fixed capacity has no room for it.
  std::uint32_t joined(std::uint32_t state, std::uint32_t message) {
    fingerprint128 f;
    f.add(std::uint64_t{state} << 32U | message);
    if (auto const* const known = joins_.find(f)) return *known;
    T next = all_[state];
    bool fits = true;
    if constexpr (fixed_capacity<T>)
      fits = static_cast<bool>(ab::try_join(next, all_[message]));
    else
      ab::join(next, all_[message]);
    return joins_.insert(f, fits ? id_of(next) : none).first;
  }
  outcome changed(std::uint32_t state, std::size_t r, std::size_t kind) {
    fingerprint128 f;
    f.add(std::uint64_t{state} << 32U | kind << 8U | r);
    if (auto const* const known = changes_.find(f)) return outcomes_[*known];
    outcome made{none, none};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((I == kind ? void(made = change_by(state, r, std::get<I>(kinds))) : void()), ...);
    }(std::make_index_sequence<kind_count>{});
    changes_.insert(f, static_cast<std::uint32_t>(outcomes_.size()));
    outcomes_.push_back(made);
    return made;
  }
  template <class Operation>
  outcome change_by(std::uint32_t from, std::size_t r, Operation const& op) {
    using about = signature<std::remove_cv_t<decltype(op.change)>>;
    using result = std::remove_cvref_t<typename about::result>;
    choices c({});
    auto args =
        arguments<typename about::args>(c, r, std::make_index_sequence<std::tuple_size_v<typename about::args>>{});
    T state = all_[from];
    if constexpr (std::is_same_v<result, T>) {
      auto const delta = id_of(change(op.change, state, args));
      return {id_of(state), delta};
    } else if constexpr (std::is_same_v<typename delta_of<result>::type, T>) {
      auto made = change(op.change, state, args);
      if (!made) return {none, none};
      auto const delta = id_of(*made);
      return {id_of(state), delta};
    } else {
      change(op.change, state, args);
      return {id_of(state), none};
    }
  }

  std::vector<T> all_;
  std::vector<outcome> outcomes_;
  fingerprint_map ids_, joins_, changes_;
};

}  // namespace ab::testing::detail
