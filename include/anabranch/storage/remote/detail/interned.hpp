// The words of errors that come from elsewhere. An error's words live as long as the program, so these do.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

namespace ab::detail {

struct interned_words {
  std::string words;
  interned_words* next;
};
inline std::atomic<interned_words*> all_interned = nullptr;
inline std::atomic<int> interned_count = 0;

// Equal words, kept. There are as many as the library has messages; somebody who sends others is not kept for ever.
inline std::string_view interned(std::string_view words) {
  constexpr int most = 1000;
  auto* const first = all_interned.load(std::memory_order_acquire);
  for (auto const* w = first; w != nullptr; w = w->next) {
    if (w->words == words) return w->words;
  }
  if (words.size() > 300 || interned_count.fetch_add(1, std::memory_order_relaxed) >= most)
    return "the other side refuses, for a reason that is too long to keep";
  auto* const fresh = new interned_words{std::string(words), first};
  while (
      !all_interned.compare_exchange_weak(fresh->next, fresh, std::memory_order_release, std::memory_order_relaxed)) {
  }
  return fresh->words;
}

}  // namespace ab::detail
