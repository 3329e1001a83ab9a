// Laws over the smallest histories, while compiling: maps, and larger ones, at run time.
#include "types.hpp"

namespace {

template <class... Ts>
consteval bool hold(std::tuple<Ts...>*) {
  return (ab::check_laws<Ts, 8>() && ...);
}
static_assert(hold(static_cast<crdt::simple<>*>(nullptr)));
static_assert(hold(static_cast<crdt::causal<>*>(nullptr)));

}  // namespace
