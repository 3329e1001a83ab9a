// session_log_dump <folder>: all that a store has of its sessions, and what is kept of each, for the check.
#include "http.hpp"

#include <iostream>

int main(int, char** argv) {
  auto store = session_store::open(argv[1]);
  if (!store) return std::cerr << store.error() << '\n', 1;
  for (auto const& entry : ab::catalog(*store).streams()) {
    auto const s = store->stream(entry.name);
    auto const now = ab::load_inlined<summary>(s);
    auto const folded = s.fold<summary>();
    if (!now || !folded) return std::cerr << (!now ? now.error() : folded.error()) << '\n', 1;
    if (ab::encode(now->state) != ab::encode(*folded)) return std::cerr << "what is kept isn't what is told\n", 1;
    auto ok = ab::catch_up(s, ab::revision{-1}).poll(SIZE_MAX, [](auto const& e, auto const& info) {
      std::cout << to_sse({info.meta, info.at.nanoseconds, e}, info.revision,
                          ab::definition_of<std::remove_cvref_t<decltype(e)>>.name);
    });
    if (!ok) return std::cerr << ok.error() << '\n', 1;
    auto const& [owner, is_open, messages, calls] = now->state;
    std::cout << entry.name.view() << " of " << owner << ": " << messages << " messages, " << calls << " calls, "
              << (is_open ? "open" : "closed") << ", through " << now->through.value << '\n';
  }
}
