#include "account.hpp"

#include <anabranch/testing/faulty_files.hpp>
#include <anabranch/testing/given_when_then.hpp>
#include <anabranch/testing/old_events.hpp>

#include <cerrno>

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

int main() { return rules() && survives_a_failing_disk() && reads_old_events() ? 0 : 1; }
