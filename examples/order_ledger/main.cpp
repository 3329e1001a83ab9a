// Orders that are placed, paid and invoiced, by a program that may be killed anywhere: what it leaves agrees.
//
//   order_ledger <folder> old        places three orders, as the first version of this program did
//   order_ledger <folder> work <n>   finishes n more, and begins by repeating the last one that is finished
//   order_ledger <folder> check      whether log, read model, snapshot, blobs and idempotency marks agree
#include "check.hpp"

#include <cstdlib>
#include <filesystem>

namespace {

ab::name name_of(int n) { return *ab::name::parse("order/" + std::to_string(n)); }

// What customers send, and send again where they got no answer.
v1::placed request(int n) { return {n % 2 == 0 ? "Ada" : "Bo", n % 90 + 10}; }

ab::result<void> work_as_of_old(std::string const& folder) {
  auto store = store_of<ab::one_of<v1::placed>>::open(folder + "/orders");
  if (!store) return store.error();
  for (int n = 1; n <= 3; ++n) {
    if (auto r = record(*store, name_of(n), request(n)); !r) return r;
  }
  return {};
}

ab::result<void> finish(ledger& l, int n) {
  auto const id = name_of(n);
  auto const asked = in_cents::up(request(n));
  return record(l.orders, id, asked)
      .and_then([&] { return record(l.orders, id, paid{asked.cents}); })
      .and_then([&] { return l.invoices.put(invoice_of(id, asked), "text/plain"); })
      .and_then([&](ab::blob_ref const& invoice) { return record(l.orders, id, invoiced{invoice}); });
}

ab::result<void> work(ledger& l, int how_many) {
  auto const before = ab::snapshot<totals>(l.orders);  // which the next one starts from
  if (!before) return before.error();
  auto const finished = before->state.invoiced;
  for (int n = finished > 0 ? finished : 1; n <= finished + how_many; ++n) {
    if (auto r = finish(l, n); !r) return r;
  }
  return {};
}

ab::result<void> run(std::string const& folder, std::string_view mode, int n) {
  std::filesystem::create_directories(folder);
  if (mode == "old") return work_as_of_old(folder);
  auto orders = decltype(ledger::orders)::open(folder + "/orders");
  auto invoices = ab::folder_blobs<>::open(folder + "/invoices");
  if (!orders || !invoices) return !orders ? orders.error() : invoices.error();
  ledger l{*std::move(orders), *std::move(invoices)};
  return mode == "work" ? work(l, n) : check(l);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::puts("order_ledger <folder> old | work <n> | check"), 2;
  auto const ok = run(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 1);
  if (!ok) std::fprintf(stderr, "%s\n", ok.error().message().c_str());
  return ok ? 0 : 1;
}
