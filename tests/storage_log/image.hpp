// A segment's bytes, made in memory without any file.
#pragma once

#include "anabranch/storage/file/batch.hpp"
#include "anabranch/storage/file/detail/stamp.hpp"
#include "anabranch/storage/file/recover.hpp"
#include "anabranch/storage/file/segment_header.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace storage_log {

namespace file = ab::file;

struct dice {
  std::uint64_t state;
  std::uint64_t operator()(std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % below;
  }
};

inline void add_frame(file::batch& b, std::uint8_t kind, std::uint32_t tag, std::uint64_t number,
                      std::string_view payload) {
  b.begin_frame(kind, tag, number);
  std::memcpy(b.extend(payload.size()), payload.data(), payload.size());
  b.end_frame();
}

inline void add_frame(file::batch& b, std::uint64_t number, std::size_t size) {
  b.begin_frame(1, 7, number);
  auto* const p = b.extend(size);
  for (std::size_t i = 0; i < size; ++i) p[i] = static_cast<std::byte>(number * 31 + i * 7 + 1);
  b.end_frame();
}

// A segment under construction. `synced` follows each write, as under sync_each, unless a test holds it back.
struct image {
  file::segment_header header{};
  ab::bytes bytes = ab::bytes(file::format::header_size);
  std::uint64_t sequence = 1;
  file::location synced = file::location::in(1, file::format::header_size);
  std::vector<std::uint64_t> ends{file::format::header_size};  // of commits, the header's end first
  bool hold = false;

  explicit image(std::uint64_t capacity = 1U << 16U) {
    header.salt = 0x0123'4567'89AB'CDEFU;
    header.segment = 1;
    header.first_sequence = 1;
    header.capacity = capacity;
    file::put_segment_header(bytes.data(), header);
  }

  void write(file::batch& b) {
    auto const at = bytes.size();
    sequence = file::detail::stamp({b.data(), b.size()}, header.salt, at, sequence, synced);
    bytes.insert(bytes.end(), b.data(), b.data() + b.size());
    for (auto i = at; i < bytes.size();) {
      auto const h = file::format::get_frame_header(bytes.data() + i);
      i += static_cast<std::size_t>(file::format::frame_size(h.length));
      if (h.kind == file::format::kind_commit) ends.push_back(i);
    }
    if (!hold) synced = file::location::in(1, bytes.size());
  }

  void commit(std::uint64_t number, std::size_t size) {
    file::batch b;
    add_frame(b, number, size);
    b.end_commit();
    write(b);
  }

  file::segment_expectation expected(bool last = true) const { return {1, header.salt, header.first_sequence, last}; }
  file::segment_report recover(bool last = true) const { return file::recover(bytes, expected(last)); }
  // The end of the last commit that lies whole before `offset`.
  std::uint64_t whole_before(std::uint64_t offset) const {
    return *(std::upper_bound(ends.begin(), ends.end(), offset) - 1);
  }
};

// A few hundred small commits of one to three frames of 0 to 47 bytes.
inline image small_log(std::size_t commits, bool hold = false) {
  image m;
  m.hold = hold;
  dice d{42};
  file::batch b;
  for (std::size_t i = 0; i < commits; ++i) {
    b.clear();
    for (std::uint64_t k = d(3) + 1; k > 0; --k) add_frame(b, 10 * i + k, static_cast<std::size_t>(d(48)));
    b.end_commit();
    m.write(b);
  }
  return m;
}

}  // namespace storage_log
