// The rules, tested while compiling: given what happened, when somebody asks, then this follows.
#include "account.hpp"

#include <anabranch/testing/given_when_then.hpp>

namespace {

using ab::testing::given;

static_assert(given<teller>().when(open_account{}).then(opened{}));
static_assert(given<teller>(opened{}).when(open_account{}).then_refused(already_open));
static_assert(given<teller>(opened{}, closed{}).when(deposit{1}).then_refused(not_open));
static_assert(given<teller>(opened{}, deposited{500}).when(withdraw{500}).then(withdrawn{500}));
static_assert(given<teller>(opened{}, deposited{500}).when(withdraw{501}).then_refused(overdrawn));
static_assert(given<teller>(opened{}, deposited{500}).when(close_account{}).then(withdrawn{500}, closed{}));
static_assert(given<teller>(opened{}).when(close_account{}).then(closed{}));

}  // namespace
