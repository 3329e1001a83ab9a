// Orders: what happens to one, what an older version of this program wrote, what follows from both, and how it is recorded.
#pragma once

#include <anabranch/anabranch.hpp>
#include <anabranch/blob.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace v1 {
struct placed {
  static constexpr ab::definition definition{"placed", 1};
  std::string customer;
  std::int32_t euros = 0;
};
}  // namespace v1

struct placed {
  static constexpr ab::definition definition{"placed", 2};
  std::string customer;
  std::int64_t cents = 0;
};
struct paid {
  std::int64_t cents = 0;
};
struct invoiced {
  ab::blob_ref invoice;
};
using order_event = ab::one_of<placed, paid, invoiced>;

struct in_cents {
  static placed up(v1::placed const& old) { return {old.customer, std::int64_t{old.euros} * 100}; }
};

// An order as it is now: a row of the read model.
struct order {
  std::string customer;
  std::int64_t cents = 0, received = 0;
  std::optional<ab::blob_ref> invoice;
  void apply(v1::placed const& e) { apply(in_cents::up(e)); }
  void apply(placed const& e) { customer = e.customer, cents = e.cents; }
  void apply(paid const& e) { received = e.cents; }
  void apply(invoiced const& e) { invoice = e.invoice; }
  friend bool operator==(order const&, order const&) = default;
};

inline ab::bytes invoice_of(ab::name const& id, placed const& o) {
  auto const text = "Invoice for " + std::string(id) + ": " + std::to_string(o.cents) + " cents, by " + o.customer;
  auto const bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

// All orders together: what is kept as a snapshot.
struct totals {
  int orders = 0, paid = 0, invoiced = 0;
  void apply(placed const&) { ++orders; }
  void apply(::paid const&) { ++paid; }
  void apply(::invoiced const&) { ++invoiced; }
  friend bool operator==(totals const&, totals const&) = default;
};

template <class Event, class... Policies>
using store_of = ab::store<Event, ab::policies<ab::file_storage<>, ab::global_order, Policies...>>;

struct ledger {
  store_of<order_event, ab::upcasts<in_cents>> orders;
  ab::folder_blobs<> invoices;
};

// The event, its mark, its row and, where it has one, its reference to a blob: one commit, which a repeat doesn't repeat.
template <class Store, class Event>
ab::result<void> record(Store& store, ab::name const& id, Event const& event) {
  auto rows = store.template kv<order>("orders");
  auto row = rows.get_or(id, {});
  if (!row) return row.error();
  row->apply(event);
  auto const type = ab::definition_of<Event>.name;
  auto const done = ab::commit(ab::write_once(store.stream(id), type, event), rows.write(id, *row));
  if (!done) return done.error();
  return {};
}
