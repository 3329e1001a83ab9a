#include "account.hpp"

#include <anabranch/remote.hpp>
#include <anabranch/remote/socket.hpp>

#include <string>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using kept_bank = ab::store<account_event, ab::policies<ab::file_storage<>>>;
using bank_store = ab::store<account_event, ab::policies<ab::remote_storage<ab::remote::socket>>>;

ab::result<void> serve(std::string const& path, ab::remote::socket connection) {
  auto bank = kept_bank::open(path);
  if (!bank) return bank.error();
  ab::remote::server served(*bank);
  return ab::remote::serve(served, connection);  // until the other side closes it
}

ab::result<void> use(ab::remote::socket connection) {
  auto bank = bank_store::open(std::move(connection));
  if (!bank) return bank.error();  // disconnected, wrong_format
  auto alice = bank->stream("account/alice");
  if (auto const r = alice.append(deposited{500}); !r) return r.error();
  auto const refused = alice.append(ab::exact(0), withdrawn{100});
  if (!refused) print(refused.error().message().view());
  auto const now = alice.fold<balance>();
  if (!now) return now.error();
  print("Alice has", now->cents);
  return {};
}

int main(int, char** argv) {
  std::string const path = argv[1];
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  if (::fork() == 0) {
    ::close(ends[0]);
    ::_exit(serve(path, ab::remote::socket(ends[1])) ? 0 : 1);
  }
  ::close(ends[1]);
  auto const r = use(ab::remote::socket(ends[0]));
  int status = 1;
  ::wait(&status);
  return status != 0 ? 1 : status_of(r);
}
