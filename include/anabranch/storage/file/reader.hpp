/// @file
/// `ab::file::reader`: reads a byte log's frames, at random and in order.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/scan.hpp"
#include "anabranch/storage/file/detail/segment_file.hpp"
#include "anabranch/storage/file/detail/visit.hpp"
#include "anabranch/storage/file/frame.hpp"
#include "anabranch/storage/file/posix_files.hpp"

#include <cstddef>
#include <cstdint>

namespace ab::file {

/// Reads frames through a window that moves forward, and checks each. One thread uses a reader; many may each have one,
/// while the log is written. Must not outlive the log that gave it out.
///
/// Every call takes the end up to which the log is published: nothing at or behind it is ever read, let alone returned.
/// The payload of a frame stays valid until the next call on the same reader.
template <class Files = posix_files>
class reader {
 public:
  /// Made by `byte_log::read`.
  reader(Files files, typename Files::handle directory, std::size_t window) noexcept
      : files_(files), directory_(directory), window_(window < jump ? jump : window) {}

  /// The frame at `where`. One read of a few KiB where it isn't near what was read before; no system call where it is
  /// in the window.
  /// @return `out_of_range` where nothing was published; `corrupt` where no intact frame begins there; `io`
  result<frame> at(location where, location end) {
    if (auto r = enter(where, end); !r) return r.error();
    auto const at = where.offset();
    // Who reads on from near the last frame will want more of what follows; who jumps, only this.
    bool const near = at >= window_from_ && at <= window_from_ + have_ + window_ && have_ != 0;
    if (auto r = fetch(at, format::frame_header_size, near ? window_ : jump); !r) return r.error();
    auto const size = announced(at);
    if (auto r = fetch(at, size, near ? window_ : jump); !r) return r.error();
    if (detail::frame_checker(salt_)(loaded(at), at) == 0) return damaged(at, at + size);
    frame const f = detail::decode(memory(at), where);
    return f.kind <= format::kind_last ? result<frame>(f) : no_frame(where);
  }

  /// Calls `f(frame const&)` for each frame in `[from, end)`, in order and through all segments, without markers.
  /// `from` is a frame's location, or a place that the log gave out as an end. `f` returns void, or a `result<void>`
  /// whose error ends the scan.
  template <class F>
  result<void> scan(location from, location end, F&& f) {
    while (from < end) {
      if (auto r = enter(from, end); !r) return r;
      auto at = from.offset();
      if (at >= limit_) return damaged(at, at);
      if (auto r = fetch(at, format::frame_header_size, window_); !r) return r;
      if (auto r = fetch(at, announced(at), window_); !r) return r;
      auto const first = at;
      detail::frame_checker const whole(salt_);
      for (;;) {
        auto const size = whole(loaded(at), at);
        if (size == 0) break;
        frame const one = detail::decode(memory(at), location::in(segment_, at));
        if (one.kind <= format::kind_last) [[likely]] {
          if constexpr (detail::visits_void<F>) {
            f(one);
          } else {
            if (auto r = f(one); !r) return r;
          }
        } else if (one.kind == format::kind_seal) {
          at = sealed;
          break;
        }
        at += size;
      }
      // Where nothing moved, a frame lay whole in the window and didn't check.
      if (at == first) return damaged(at, at + announced(at));
      from = at == sealed ? location::in(segment_ + 1, format::header_size) : location::in(segment_, at);
    }
    return {};
  }

 private:
  static constexpr std::size_t jump = 8192;
  static constexpr std::uint64_t sealed = ~std::uint64_t{0};

  std::byte const* memory(std::uint64_t at) const noexcept { return memory_.data() + (at - window_from_); }
  // The window may hold more than this call's end allows.
  std::uint64_t window_end() const noexcept { return detail::least(window_from_ + have_, limit_); }
  bytes_view loaded(std::uint64_t at) const noexcept {
    return {memory(at), static_cast<std::size_t>(window_end() - at)};
  }
  // What the header at `at` says of its frame's size; it isn't checked yet, but bounded by what was published.
  std::uint64_t announced(std::uint64_t at) const noexcept {
    if (window_end() - at < format::frame_header_size) return format::frame_header_size;
    return detail::least(format::frame_size(format::get_frame_header(memory(at)).length), limit_ - at);
  }

  // Opens the segment of `where`, unless it is open, and sets how far it may be read.
  result<void> enter(location where, location end) {
    if (where >= end || where.offset() < format::header_size) return no_frame(where);
    if (where.segment() != segment_) {
      if (auto r = change_segment(where.segment()); !r) return r;
    }
    limit_ = where.segment() == end.segment() ? end.offset() : size_;
    return {};
  }

  result<void> change_segment(std::uint64_t number) {
    detail::segment_name const name(number);
    segment_ = 0;
    have_ = 0;
    file_ = detail::open_file<Files>(files_, files_.open(directory_, name.c_str(), file_access::read));
    if (!file_) return detail::system_error(file_.get(), name.view());
    auto const size = files_.size(file_.get());
    if (size < 0) return detail::system_error(size, name.view());
    size_ = static_cast<std::uint64_t>(size);
    if (memory_.capacity() < format::header_size) memory_.reset(window_);
    auto const r = detail::read_fully(files_, file_.get(), memory_.data(), format::header_size, 0);
    if (r < 0) return detail::system_error(r, name.view());
    segment_header header;
    std::uint32_t version = 0;
    auto const state = parse_segment_header({memory_.data(), static_cast<std::size_t>(r)}, header, version);
    segment_ = number;
    if (state != header_state::good || header.segment != number) {
      auto const e = damaged(0, format::header_size);
      segment_ = 0;
      return e;
    }
    salt_ = header.salt;
    return {};
  }

  // Makes `[at, at + need)` lie in the window, and up to `wish` bytes, but nothing behind the limit. The file may be
  // shorter. Reads from a page's start, since the system copies whole pages much faster.
  result<void> fetch(std::uint64_t at, std::uint64_t need, std::size_t wish) {
    if (at >= window_from_ && at + need <= window_from_ + have_) return {};
    if (need > limit_ - at) return damaged(at, limit_);
    auto const from = at & ~std::uint64_t{4095};
    auto const n = static_cast<std::size_t>(detail::least(detail::most(at - from + need, wish), limit_ - from));
    have_ = 0;
    // A window that was grown for one large frame isn't kept for the small ones.
    if (n > memory_.capacity() || (n <= window_ && memory_.capacity() > 2 * window_)) {
      memory_.reset(n < window_ ? window_ : n);
    }
    auto const r = detail::read_fully(files_, file_.get(), memory_.data(), n, from);
    if (r < 0) return detail::system_error(r, detail::segment_name(segment_).view());
    window_from_ = from;
    have_ = static_cast<std::size_t>(r);
    return from + have_ < at + need ? result<void>(damaged(at, at + need)) : result<void>();
  }

  error damaged(std::uint64_t from, std::uint64_t to) const noexcept {
    return {errc::corrupt, "a stored frame is damaged", "restore a backup, or salvage what lies before it",
            detail::place({}, detail::segment_name(segment_).view(), from, to)};
  }
  static error no_frame(location where) noexcept {
    return {errc::out_of_range, "no published frame lies at this location", "use a location that the log gave out",
            detail::place({}, detail::segment_name(where.segment()).view(), where.offset(), where.offset())};
  }

  [[no_unique_address]] Files files_;
  typename Files::handle directory_;
  std::size_t window_;
  detail::open_file<Files> file_{};
  detail::buffer memory_{};
  std::uint64_t window_from_ = 0;  // the window holds `[window_from_, window_from_ + have_)` of the segment
  std::size_t have_ = 0;
  std::uint64_t segment_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t limit_ = 0;
  std::uint64_t salt_ = 0;
};

}  // namespace ab::file
