/// @file
/// `ab::copy_blob`: a blob from one store to another, on a miss.
#pragma once

#include "anabranch/blob/concepts.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>

namespace ab {

/// Makes `to` have the blob that `r` names, from `from` where it hasn't. In pieces of 64 KiB, each checked against `r` as a whole: what
/// `from` gives instead is refused and leaves nothing.
/// @return whether it was copied, rather than there; the errors of either store. O(size)
template <class From, class To>
result<bool> copy_blob(typename To::ref const& r, From const& from, To& to) {
  static_assert(detail::must_be_blob_store<From>() && detail::must_be_blob_store<To>());
  if (auto const there = to.contains(r.id); !there || *there) return there ? result<bool>(false) : there.error();
  auto reader = from.reader(r);
  if (!reader) return reader.error();
  auto writer = to.writer(r);
  if (!writer) return writer.error();
  bytes piece(std::size_t{64} << 10U);
  for (;;) {
    auto const n = reader->read(piece);
    if (!n) return n.error();
    if (*n == 0) break;
    if (auto const w = writer->append(bytes_view(piece).first(*n)); !w) return w.error();
  }
  auto const kept = writer->finish();
  if (!kept) return kept.error();
  return true;
}

}  // namespace ab
