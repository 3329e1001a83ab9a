#include "account.hpp"

#include <filesystem>
#include <string>

using bank_store = ab::store<account_event, ab::policies<ab::file_storage<ab::sync_interval<100>>>>;

ab::result<void> write(std::string const& path) {
  ab::file::log_options options;
  options.segment_size = 1 << 20;  // 1 MiB instead of 64
  auto bank = bank_store::open(path, options);
  if (!bank) return bank.error();  // locked, corrupt, wrong_format, …
  auto const& found = bank->recovery();
  if (found.state == ab::file::recovery_state::rolled_back) print("a commit was cut off by a crash, and is gone");

  auto alice = bank->stream("account/alice");
  if (auto const r = alice.append(deposited{500}); !r) return r.error();
  if (auto const r = bank->sync(); !r) return r.error();  // sync_interval may not have synced it yet

  auto const second = bank_store::open(path);
  if (!second) print(second.error().what);  // locked
  return {};
}

ab::result<void> look(std::string const& path) {
  ab::file::log_options options;
  options.mode = ab::file::open_mode::read;  // takes no lock and changes nothing
  auto bank = bank_store::open(path, options);
  if (!bank) return bank.error();
  auto alice = bank->stream("account/alice");
  auto const now = alice.fold<balance>();
  if (!now) return now.error();
  print("Alice has", now->cents);
  if (auto const r = alice.append(deposited{1}); !r) print(r.error().what);
  return {};
}

ab::result<void> rescue(std::string const& path) {
  ab::file::log_options options;
  options.mode = ab::file::open_mode::salvage;
  auto damaged = bank_store::open(path, options);
  if (!damaged) return damaged.error();
  auto const& found = damaged->recovery();
  if (found.state == ab::file::recovery_state::corrupt)
    std::printf("segment %llu is damaged at bytes %llu to %llu\n", static_cast<unsigned long long>(found.segment),
                static_cast<unsigned long long>(found.from), static_cast<unsigned long long>(found.to));
  print("readable commits:", static_cast<std::int64_t>(found.commits));
  return {};
}

int main(int, char** argv) {
  std::string const path = argv[1];
  auto r = write(path);
  if (r) r = look(path);
  if (r) r = rescue(path);
  return status_of(r);
}
