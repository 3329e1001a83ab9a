// What a newcomer writes first; it must compile under the consumer's warnings and do what it says.
#include <anabranch/anabranch.hpp>

#include <cstdint>

struct deposited {
  std::int64_t cents;
};
struct withdrawn {
  std::int64_t cents;
};
using account_event = ab::one_of<deposited, withdrawn>;

struct balance {
  std::int64_t cents = 0;
  constexpr void apply(deposited const& e) { cents += e.cents; }
  constexpr void apply(withdrawn const& e) { cents -= e.cents; }
};

int main() {
  ab::store<account_event> bank;
  auto a = bank.stream("account/42");
  auto b = bank.stream("account/43");

  if (auto r = a.append(deposited{500}); !r) return 1;
  if (auto r = a.append(ab::exact(1), withdrawn{200}); !r) return 2;
  if (auto r = a.append(ab::exact(1), withdrawn{200}); r) return 3;  // somebody else was first
  auto const moved =
      ab::commit(a.expect(ab::exact(2)), b.expect(ab::no_stream), a.write(withdrawn{100}), b.write(deposited{100}));
  if (!moved) return 4;

  auto const left = a.fold<balance>();
  auto const arrived = b.fold<balance>();
  if (!left || left->cents != 200 || !arrived || arrived->cents != 100) return 5;

#ifdef PACKAGE_VERSION  // the package says what the headers say
  constexpr ab::semantic_version package{PACKAGE_VERSION};
  if (package.major != ab::version.major || package.minor != ab::version.minor || package.patch != ab::version.patch)
    return 6;
#endif
}
