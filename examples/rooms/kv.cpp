#include "account.hpp"

#include <string>

using shop_store = ab::store<account_event>;

struct theme {
  std::string font;
  std::int32_t size = 0;
  friend bool operator==(theme const&, theme const&) = default;
};

ab::result<void> values(shop_store& shop) {
  auto settings = shop.kv<theme>("settings");
  auto const put = settings.put("dark", theme{"Inter", 12});
  if (!put) return put.error();
  auto const light = settings.get_or("light", theme{"Inter", 11});
  if (!light) return light.error();
  auto const larger = settings.update("dark", theme{}, [](theme t) { return ++t.size, t; });
  if (!larger) return larger.error();
  print("dark is of size", larger->size);

  auto const swapped = settings.compare_and_swap("dark", theme{"Inter", 12}, theme{"Serif", 12});
  if (!swapped) print(swapped.error().what);  // value_mismatch: it is 13 by now
  return {};
}

ab::result<void> together(shop_store& shop) {
  auto alice = shop.stream("account/alice");
  auto owners = shop.kv<std::string>("owners");
  auto const opened = ab::commit(owners.write_new("alice", "Alice"), alice.write(deposited{500}));
  if (!opened) return opened.error();  // key_exists: then there is no event either
  auto const again = ab::commit(owners.write_new("alice", "Alice"), alice.write(deposited{500}));
  if (!again) print(again.error().what);
  print("events", static_cast<std::int64_t>(alice.size()));
  return {};
}

ab::result<void> once(shop_store& shop) {
  auto alice = shop.stream("account/alice");
  for (int tries = 0; tries < 3; ++tries) {  // the answer got lost, so the request comes again
    auto const paid = ab::append_once(alice, "payment-7", withdrawn{100});
    if (!paid) return paid.error();
    print("paid as", paid->last.value);  // the same each time
  }
  print("events", static_cast<std::int64_t>(alice.size()));
  return {};
}

ab::result<void> once_with_more(shop_store& shop) {
  auto alice = shop.stream("account/alice");
  auto seen = shop.kv<std::int64_t>("requests");
  auto const r = ab::commit(ab::write_once(alice, "payment-8", withdrawn{50}),
                            seen.write("last", [&] { return alice.revision_here()().value; }));
  if (!r) return r.error();
  print("noted", std::get<1>(*r));
  return {};
}

int main() {
  shop_store shop;
  auto r = values(shop);
  if (r) r = together(shop);
  if (r) r = once(shop);
  if (r) r = once_with_more(shop);
  return status_of(r);
}
