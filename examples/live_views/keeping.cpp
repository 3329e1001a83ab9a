// A state that is kept in the commit of each event.
#include "keeping.hpp"

#include <cstdio>

ab::result<void> keep(bank_store& bank) {
  auto carol = bank.stream("account/carol"), dave = bank.stream("account/dave");

  if (auto const r = ab::append_inlined<balance>(carol, deposited{700}); !r) return r.error();
  auto const moved =
      ab::commit(ab::inlined<balance>(carol.write(withdrawn{200})), ab::inlined<balance>(dave.write(deposited{200})));
  if (!moved) return moved.error();

  auto const now = ab::load_inlined<balance>(carol);  // reads the state, folds nothing
  if (!now) return now.error();
  std::printf("Carol has %lld cents\n", static_cast<long long>(now->state.cents));

  if (auto const raw = carol.append(deposited{1}); !raw) return raw.error();  // without its projection
  auto const refused = ab::append_inlined<balance>(carol, deposited{10});
  std::printf("%s\n", refused ? "appended" : refused.error().message().c_str());
  if (auto const caught_up = ab::catch_up_inlined<balance>(carol); !caught_up) return caught_up.error();
  if (auto const r = ab::append_inlined<balance>(carol, deposited{10}); !r) return r.error();
  return {};
}
