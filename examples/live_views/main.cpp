// States that follow a log: told at once, kept with each event, or folded again when the rules change.
//
//   live_views <folder>
#include "following.hpp"
#include "keeping.hpp"
#include "rebuilding.hpp"

#include <cstdio>

int main(int argc, char** argv) {
  auto bank = bank_store::open(argc > 1 ? argv[1] : "live_views.store");
  if (!bank) return std::fprintf(stderr, "%s\n", bank.error().message().c_str()), 1;
  auto const ok = follow(*bank).and_then([&] { return keep(*bank); }).and_then([&] { return rebuild(*bank); });
  if (!ok) return std::fprintf(stderr, "%s\n", ok.error().message().c_str()), 1;
}
