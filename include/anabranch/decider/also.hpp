/// @file
/// `ab::also`: what else is committed together with what was decided.
#pragma once

#include <utility>

namespace ab {

namespace detail {

struct also_option;

}  // namespace detail

/// Further operations of the commit that writes the events: a mark against repeats, an outbox row, an event of another stream.
///
/// ```cpp
/// ab::handle(alice, teller{}, withdraw{200}, ab::also([&] { return bob.write(deposited{200}); }));
/// ```
///
/// The callable is called once an attempt, after the decision, with the decision where it takes one. It gives an operation,
/// a `std::tuple` of operations, or an `ab::result` of one of these, whose error ends the attempt. They are committed also
/// where the decision has no event. `wrong_revision` and `value_mismatch` from one of them are decided again.
template <class F>
class also {
 public:
  using handle_option = detail::also_option;

  constexpr explicit also(F f) : f_(std::move(f)) {}

  template <class Decision>
  constexpr auto operator()(Decision const& decision) {
    if constexpr (requires { f_(decision); })
      return f_(decision);
    else
      return f_();
  }

 private:
  [[no_unique_address]] F f_;
};

}  // namespace ab
