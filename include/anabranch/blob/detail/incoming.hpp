// What every writer of a blob keeps of the bytes that come in, and what it refuses.
#pragma once

#include "anabranch/blob/errors.hpp"
#include "anabranch/blob/options.hpp"
#include "anabranch/blob/ref.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ab::detail {

// "blob 0123…", for errors.
template <class Digest>
constexpr text<120> blob_place(Digest const& id) noexcept {
  return text<120>("blob ").append(id.hex());
}

template <class Hash>
class incoming_blob {
 public:
  using ref = basic_blob_ref<Hash>;

  // A blob of which nothing is known but what it is said to be.
  static result<incoming_blob> begin(std::string_view media_type, blob_options const& options) {
    if (!is_media_type(media_type)) return not_a_media_type();
    return incoming_blob(ref{{}, options.max_size, std::string(media_type)}, false);
  }
  // The blob that `expected` names.
  static result<incoming_blob> begin(ref const& expected, blob_options const& options) {
    if (!is_media_type(expected.media_type)) return not_a_media_type();
    if (expected.size > options.max_size)
      return blob_too_large(blob_place(expected.id), options.max_size, expected.size);
    return incoming_blob(expected, true);
  }

  // Takes more bytes, or says why they are too many. Nothing is kept but the hash.
  result<void> take(bytes_view b) noexcept {
    if (b.size() > said_.size - size_) {
      if (named_)
        return blob_not_as_named(blob_place(said_.id)).with(to_signed(said_.size), to_signed(size_ + b.size()));
      return blob_too_large({}, said_.size, size_ + b.size());
    }
    hash_.update(b);
    size_ += b.size();
    return {};
  }

  // The reference to what came in, which is what was named if something was. The last call.
  result<ref> finish() {
    ref r{hash_.finish(), size_, std::move(said_.media_type)};
    if (named_ && (r.id != said_.id || r.size != said_.size)) {
      return blob_not_as_named(blob_place(said_.id)).with(to_signed(said_.size), to_signed(size_));
    }
    return r;
  }

 private:
  incoming_blob(ref said, bool named) noexcept : said_(std::move(said)), named_(named) {}
  static constexpr std::int64_t to_signed(std::uint64_t n) noexcept { return static_cast<std::int64_t>(n); }

  ref said_;  // its size is the most that may come
  bool named_;
  Hash hash_{};
  std::uint64_t size_ = 0;
};

}  // namespace ab::detail
