// Fingerprints of 128 bits, and a number for each: what the model checker has met.
#pragma once

#include "anabranch/codec/encode.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ab::testing::detail {

struct fingerprint128 {
  std::uint64_t a = 1, b = 2;
  constexpr void add(std::uint64_t word) noexcept {
    a = ab::detail::canonical::mix(a, word);
    b = ab::detail::canonical::mix(b, word ^ 0x5851F42D4C957F2DU);
  }
  template <class T>
  constexpr void add_encoded(T const& value) {
    auto const bytes = encode(value);
    add(bytes.size());
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      word = word << 8U | static_cast<std::uint64_t>(bytes[i]);
      if (i % 8 == 7 || i + 1 == bytes.size()) add(std::exchange(word, 0));
    }
  }
  friend constexpr bool operator==(fingerprint128 const&, fingerprint128 const&) = default;
};

// Open addressing, at most half full. The least fingerprint marks what is free.
class fingerprint_map {
 public:
  // The number of `f`, and whether it is new: then it is `value` from now on.
  std::pair<std::uint32_t, bool> insert(fingerprint128 f, std::uint32_t value) {
    if (size_ * 2 >= slots_.size()) grow();
    auto& s = slot_of(f);
    if (s.key == f) return {s.value, false};
    s = {f, value};
    ++size_;
    return {value, true};
  }
  // Null where it isn't known.
  std::uint32_t const* find(fingerprint128 f) {
    if (slots_.empty()) return nullptr;
    auto const& s = slot_of(f);
    return s.key == f ? &s.value : nullptr;
  }

 private:
  struct slot {
    fingerprint128 key{0, 0};
    std::uint32_t value = 0;
  };
  slot& slot_of(fingerprint128 f) noexcept {
    auto const mask = slots_.size() - 1;
    auto i = static_cast<std::size_t>(f.a) & mask;
    while (!(slots_[i].key == f) && !(slots_[i].key == slot().key)) i = (i + 1) & mask;
    return slots_[i];
  }
  void grow() {
    std::vector<slot> old(slots_.empty() ? 1024 : slots_.size() * 2);
    slots_.swap(old);
    for (auto const& s : old)
      if (!(s.key == slot().key)) slot_of(s.key) = s;
  }

  std::vector<slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace ab::testing::detail
