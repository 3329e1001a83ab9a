#include "account.hpp"

#include <string>
#include <tuple>

// What was stored once. Old types stay in the program, out of the way, as long as there are events of them.
namespace v1 {
struct paid {
  static constexpr ab::definition definition{"paid", 1};
  std::int32_t euros = 0;
};
struct moved {
  std::int64_t in = 0, out = 0;
};
struct first_name {
  std::string text;
};
struct last_name {
  std::string text;
};
struct pinged {};
}  // namespace v1
namespace v2 {
struct paid {
  static constexpr ab::definition definition{"paid", 2};
  std::int64_t cents = 0;
};
}  // namespace v2

// What is.
struct paid {
  static constexpr ab::definition definition{"paid", 3, 14774109213017615701U};
  std::int64_t cents = 0;
  std::string currency;
};
struct named {
  std::string first, last;
};
using payment_event = ab::one_of<paid, withdrawn, named>;

// How the one becomes the other.
struct in_cents {
  static v2::paid up(v1::paid const& old) { return {std::int64_t{old.euros} * 100}; }
};
struct with_currency {
  static paid up(v2::paid const& old) { return {old.cents, "EUR"}; }
};
struct in_and_out {
  static std::tuple<v2::paid, withdrawn> up(v1::moved const& old) { return {{old.in}, {old.out}}; }
};
struct whole_name {
  static named up(v1::first_name const& a, v1::last_name const& b) { return {a.text, b.text}; }
};
struct no_pings {
  static void up(v1::pinged const&) {}
};
using since_then = ab::upcasts<in_cents, with_currency, in_and_out, whole_name, no_pings>;

using first_program = ab::store<ab::one_of<v1::paid, v1::moved, v1::first_name, v1::last_name, v1::pinged>,
                                ab::policies<ab::file_storage<>>>;
using program = ab::store<payment_event, ab::policies<ab::file_storage<>, since_then>>;

ab::result<void> write_as_then(std::string const& path) {
  auto s = first_program::open(path);
  if (!s) return s.error();
  auto const r = s->stream("a").append(v1::paid{3}, v1::pinged{}, v1::moved{500, 100}, v1::first_name{"Ada"},
                                       v1::last_name{"Lovelace"});
  if (!r) return r.error();
  return {};
}

ab::result<void> read_as_now(std::string const& path) {
  auto s = program::open(path);
  if (!s) return s.error();
  auto a = s->stream("a");
  auto const events = a.read();
  if (!events) return events.error();
  for (auto const& e : *events)
    std::printf("%d.%u %s\n", static_cast<int>(e.revision.value), e.part, std::string(e.type()).c_str());

  if (auto const r = a.append(paid{7, "EUR"}); !r) return r.error();
  auto const inside = a.truncate(ab::revision{4});  // between the first name and the last
  if (!inside) print(inside.error().what);
  return {};
}

ab::result<void> let_pass(std::string const& path) {
  using careless = ab::store<ab::one_of<paid, ab::unknown_event>, ab::policies<ab::file_storage<>>>;
  auto s = careless::open(path);  // without ab::unknown_event: wrong_type or unknown_type
  if (!s) return s.error();
  auto const events = s->stream("a").read();
  if (!events) return events.error();
  for (auto const& e : *events)
    if (auto const* u = e.data.get_if<ab::unknown_event>()) print(u->name, u->version);
  return {};
}

int main(int, char** argv) {
  std::string const path = argv[1];
  auto r = write_as_then(path);
  if (r) r = read_as_now(path);
  if (r) r = let_pass(path);
  return status_of(r);
}
