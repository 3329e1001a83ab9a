/// @file
/// `ab::state_view`: a state within a map, to be read.
#pragma once

#include <type_traits>

namespace ab {

namespace detail {

template <class Store>
inline constexpr Store no_store{};

}  // namespace detail

/// What a map gives to read a `State` in it: all of that type's members that only read. An empty one where there is no such
/// key. Until the map changes.
template <class State>
class state_view : public State::template reads<state_view<State>> {
 public:
  using store_type = typename State::store_type;
  constexpr explicit state_view(store_type const* store) noexcept : store_(store) {}
  constexpr store_type const& store() const noexcept {
    if (store_ == nullptr) return detail::no_store<store_type>;
    return *store_;
  }

 private:
  store_type const* store_;
};

namespace detail {

// The base of such members: they look at `store()`.
template <class Self>
struct reading {
 protected:
  constexpr auto const& held() const noexcept { return static_cast<Self const&>(*this).store(); }
};

}  // namespace detail

}  // namespace ab
