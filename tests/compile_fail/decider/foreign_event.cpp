// expect: this decision has what is no event of the stream's family: `decide` gives an event, or a std::optional, a
// expect[gcc]: T = shipped
// expect[clang]: shipped>
#include <anabranch/anabranch.hpp>
#include <anabranch/decider.hpp>

#include <optional>
#include <tuple>

struct deposited {};
struct shipped {};
struct balance {
  void apply(deposited const&) {}
};
struct deposit {};
struct teller {
  using state = balance;
#ifdef ANABRANCH_MUST_FAIL
  ab::result<std::tuple<deposited, std::optional<shipped>>> decide(deposit const&, balance const&) const {
    return std::tuple(deposited{}, shipped{});
  }
#else
  ab::result<std::tuple<deposited, std::optional<deposited>>> decide(deposit const&, balance const&) const {
    return std::tuple(deposited{}, deposited{});
  }
#endif
};
void pay_in(ab::store<ab::one_of<deposited>>& s) { (void)ab::handle(s.stream("a"), teller{}, deposit{}); }
