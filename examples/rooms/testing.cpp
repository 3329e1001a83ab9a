#include "account.hpp"

#include <anabranch/testing/faulty_files.hpp>
#include <anabranch/testing/given_when_then.hpp>
#include <anabranch/testing/laws.hpp>
#include <anabranch/testing/model_checker.hpp>
#include <anabranch/testing/old_events.hpp>

#include <algorithm>
#include <cerrno>
#include <tuple>

// As in account.hpp, and comparable: what is expected is compared with what happened.
struct took {
  std::int64_t cents = 0;
  friend bool operator==(took const&, took const&) = default;
};
struct purse {
  std::int64_t cents = 0;
  void apply(deposited const& e) { cents += e.cents; }
  void apply(took const& e) { cents -= e.cents; }
};
struct take {
  std::int64_t cents = 0;
};
struct keeper {
  using state = purse;
  ab::result<took> decide(take const& asked, purse const& now) const {
    if (asked.cents > now.cents) return ab::refuse("too much", "take less");
    return took{asked.cents};
  }
};

bool rules() {
  using ab::testing::given;
  auto const pays = given<keeper>(deposited{500}).when(take{200}).then(took{200});
  auto const refuses = given<keeper>(deposited{100}).when(take{200}).then_refused();
  auto const wrong = given<keeper>(deposited{500}).when(take{200}).then(took{20});
  print(wrong.account());  // what was given, expected, and what happened
  return pays && refuses && !wrong;
}

// A disk that fails as it is told, in memory.
bool survives_a_failing_disk() {
  using faulty_store =
      ab::store<account_event, ab::policies<ab::file_storage<ab::sync_each, ab::testing::faulty_files>>>;
  ab::testing::faulty_disk disk(42);  // the seed of what a power failure leaves
  ab::file::log_options options;
  options.segment_size = 8192;
  {
    auto bank = faulty_store::open("store", options, ab::testing::faulty_files{&disk});
    if (!bank || !bank->stream("a").append(deposited{500})) return false;
    disk.fail(ab::testing::file_call::sync_data, 1, EIO);
    auto const r = bank->stream("a").append(deposited{1});
    if (r || r.error() != ab::errc::failed) return false;
    disk.power_failure();
  }
  auto bank = faulty_store::open("store", options, ab::testing::faulty_files{&disk});
  if (!bank) return false;
  auto const now = bank->stream("a").fold<balance>();
  return now && now->cents >= 500;  // what was acknowledged is there; what wasn't may be
}

namespace v1 {
struct paid_in {
  std::int32_t euros = 0;
};
}  // namespace v1
struct paid_in_cents {
  static deposited up(v1::paid_in const& old) { return {std::int64_t{old.euros} * 100}; }
};

bool reads_old_events() {
  ab::store<account_event, ab::policies<ab::upcasts<paid_in_cents>>> bank;
  auto alice = bank.stream("account/alice");
  if (!ab::testing::append_old(alice, v1::paid_in{5})) return false;  // alice.append(v1::paid_in{5}) doesn't compile
  auto const now = alice.fold<balance>();
  return now && now->cents == 500;
}

// A CRDT of one's own: a struct of lattices, with a mutator that returns its delta.
struct extremes {
  ab::lattice::max<int> highest;
  ab::lattice::min<int> lowest;
  constexpr extremes measure(int x) {
    extremes const delta{ab::lattice::max(x), ab::lattice::min(x)};
    ab::join(*this, delta);
    return delta;
  }
  // What makes the states that the laws are held against.
  static constexpr auto mutators() { return std::tuple(ab::testing::mutator{"measure", &extremes::measure}); }
};
static_assert(ab::check_laws<extremes>());

// What it is meant to show, said naively.
struct span_of_all {
  using state = extremes;
  static constexpr auto operations() {
    return std::tuple(ab::testing::operation{"measure(1)", [](state& s) { return s.measure(1); }},
                      ab::testing::operation{"measure(5)", [](state& s) { return s.measure(5); }});
  }
  static int observed(state const& s) { return s.highest.is_bottom() ? 0 : s.highest.value() - s.lowest.value(); }
  static int expected(ab::testing::known_operations const& known) {
    auto const was = [&](std::size_t kind) {
      return std::any_of(known.begin(), known.end(), [&](auto const& o) { return o.kind == kind; });
    };
    return was(0) && was(1) ? 4 : 0;
  }
};
bool merges_as_meant() {
  auto const laws = ab::check_laws<extremes>(ab::testing::random_cases{1000});
  auto const model = ab::check_model<span_of_all>({2, 3});  // two replicas, three operations
  if (!model) print(model.account());
  return laws && model;
}

int main() { return rules() && survives_a_failing_disk() && reads_old_events() && merges_as_meant() ? 0 : 1; }
