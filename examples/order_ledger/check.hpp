// Whether log, read model, snapshot, blobs and idempotency marks tell the same.
#pragma once

#include "ledger.hpp"

#include <cstdio>
#include <map>

inline ab::result<void> agree(bool so, std::string_view where, std::string_view otherwise) {
  if (so) return {};
  return ab::error(ab::errc::refused, otherwise, "", where);
}

inline ab::result<void> check_order(ledger& l, ab::name const& id, std::size_t marks) {
  auto const stream = l.orders.stream(id);
  auto const events = stream.read();
  if (!events) return events.error();
  if (auto r = agree(marks == events->size(), id, "there aren't as many marks as events"); !r) return r;
  for (auto const& e : *events) {  // a repeat gives what was given the first time, and writes nothing
    auto const again = e.data.visit([&](auto const& data) { return ab::append_once(stream, e.type(), data); });
    if (!again) return again.error();
    if (auto r = agree(again->revision() == e.revision, id, "a mark is another event's"); !r) return r;
  }

  auto const told = stream.fold<order>();
  auto const row = l.orders.kv<order>("orders").get(id);
  if (!told || !row) return !told ? told.error() : row.error();
  if (auto r = agree(*row == *told, id, "the row isn't what the log says"); !r || !told->invoice) return r;
  auto const invoice = l.invoices.get(*told->invoice);
  if (!invoice) return invoice.error();
  return agree(*invoice == invoice_of(id, {told->customer, told->cents}), id, "the invoice isn't this order's");
}

inline ab::result<void> check(ledger& l) {
  ab::catalog const catalog(l.orders);
  std::map<std::string, std::size_t> keys;
  for (auto const& t : catalog.tables(ab::with_reserved)) keys.emplace(t.name, t.keys);
  auto const orders = catalog.streams();
  if (auto r = agree(keys["orders"] == orders.size(), "orders", "there aren't as many rows as orders"); !r) return r;
  for (auto const& o : orders) {
    if (auto r = check_order(l, o.name, keys["$once/" + std::string(o.name)]); !r) return r;
  }

  auto const kept = ab::load<totals>(l.orders);
  auto const told = l.orders.fold<totals>();
  auto const blobs = l.invoices.list();
  if (!kept || !told || !blobs) return !kept ? kept.error() : !told ? told.error() : blobs.error();
  std::printf("%d orders, %d paid, %d invoiced, %zu blobs\n", told->orders, told->paid, told->invoiced, blobs->size());
  // The bytes are put before the commit that names them, which the last may lack.
  auto const unnamed = blobs->size() - static_cast<std::size_t>(told->invoiced);
  if (auto r = agree(unnamed <= 1, "invoices", "more than one is no order's"); !r) return r;
  return agree(kept->state == *told, "totals", "the snapshot leads to others than the log");
}
