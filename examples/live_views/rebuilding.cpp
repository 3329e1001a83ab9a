// States that are kept beside the log, and give way to a later version of themselves.
#include "rebuilding.hpp"

#include <cstdio>

namespace {

namespace v1 {
struct turnover {
  static constexpr ab::definition definition{"turnover", 1};
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(ab::others) {}
};
}  // namespace v1
namespace v2 {
struct turnover {  // what is paid out counts, too
  static constexpr ab::definition definition{"turnover", 2};
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(withdrawn const& e) { cents += e.cents; }
};
}  // namespace v2

template <class Registry>
void print(Registry& views) {
  auto const all = views.status();
  if (!all) return;
  for (auto const& p : *all) {
    std::printf("%s %u: %lld of %lld events%s\n", std::string(p.name).c_str(), p.version,
                static_cast<long long>(p.folded), static_cast<long long>(p.events), p.serves ? ", serves" : "");
  }
}

}  // namespace

ab::result<void> rebuild(bank_store& bank) {
  ab::registry views(bank);
  if (auto const ok = views.add<v1::turnover>(); !ok) return ok.error();
  if (auto const n = views.catch_up(1000); !n) return n.error();

  // The later version catches up beside the one that serves, a few events at a time.
  if (auto const ok = views.add<v2::turnover>(); !ok) return ok.error();
  if (auto const n = views.catch_up(5); !n) return n.error();
  print(views);
  if (auto const ok = views.promote<v2::turnover>(); !ok) return ok.error();
  auto const now = views.get<v2::turnover>();
  if (!now) return now.error();
  std::printf("%lld cents of turnover\n", static_cast<long long>(now->state.cents));

  if (auto const ok = views.rebuild("turnover"); !ok) return ok.error();  // from the log, to the same
  return {};
}
