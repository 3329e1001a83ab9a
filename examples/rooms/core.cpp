#include "account.hpp"

#include <string>

// What is called so in the store, however the program calls it; a third number would freeze the fields.
struct note_taken {
  static constexpr ab::definition definition{"noted", 2};
  std::string text;
};
using note_event = ab::one_of<deposited, note_taken>;

ab::result<std::int64_t> cents_of(std::string_view text) {
  std::int64_t n = 0;
  for (char const c : text) {
    if (c < '0' || c > '9') return ab::error(ab::errc::invalid_argument, "this is no amount", "use digits only", text);
    n = 10 * n + (c - '0');
  }
  return n;
}

ab::result<void> run(ab::store<account_event>& bank, std::string_view from_the_user) {
  auto a = bank.stream("account/42");  // a literal: a bad one doesn't compile
  auto const n = ab::name::parse(from_the_user);
  if (!n) {
    print(n.error().message().view());
    return {};
  }
  auto const paid =
      cents_of("500").and_then([&](std::int64_t cents) { return bank.stream(*n).append(deposited{cents}); });
  if (!paid) return paid.error();
  print("revision", paid->revision().value);

  auto const refused = a.append(ab::exact(7), withdrawn{1});
  if (refused.error() == ab::errc::wrong_revision) print("the stream is at", refused.error().actual);
  return {};
}

int main() {
  ab::store<account_event> bank;
  auto r = run(bank, "account/43");
  if (r) r = run(bank, "account\n");
  print(cents_of("12x").error().message().view());

  note_event const e = note_taken{"hello"};
  e.visit([](auto const& alternative) {
    auto const d = ab::definition_of<std::remove_cvref_t<decltype(alternative)>>;
    std::printf("%.*s/%u\n", static_cast<int>(d.name.size()), d.name.data(), d.version);
  });
  if (auto const* note = e.get_if<note_taken>()) print(note->text);
  return status_of(r);
}
