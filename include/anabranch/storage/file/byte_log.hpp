/// @file
/// `ab::file::byte_log`: a segmented, checksummed, append-only log of frames.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/batch.hpp"
#include "anabranch/storage/file/durability.hpp"
#include "anabranch/storage/file/frame.hpp"
#include "anabranch/storage/file/reader.hpp"
#include "anabranch/storage/file/recover.hpp"

namespace ab::file {

/// How to open.
enum class open_mode : std::uint8_t {
  write,    ///< takes the lock, creates what is missing, rolls back a torn tail
  read,     ///< changes nothing and takes no lock; appends are refused. Damage is still an error
  salvage,  ///< as `read`, but damage isn't an error: what lies before it is visited, the rest is reported
};

struct log_options {
  open_mode mode = open_mode::write;
  std::uint64_t segment_size = std::uint64_t{64} << 20U;  ///< of new segments; at least 8 KiB, at most 32 GiB
};

/// What opening found.
struct log_recovery {
  recovery_state state = recovery_state::clean;
  std::uint64_t segment = 0;    ///< where `state` isn't clean: the segment, and the bytes `[from, to)` in it
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::string_view reason{};
  std::uint64_t frames = 0;     ///< how many were visited
  std::uint64_t commits = 0;
};

// SKELETON: signatures are final, bodies follow.
template <durability Durability = sync_each, class Files = posix_files>
class byte_log {
 public:
  /// Opens or creates. `visit(frame const&)` is called for each frame of each whole commit, in order; it returns void or
  /// `result<void>`, and an error ends the opening. Where it has a member `configured(bytes_view) -> result<void>`, that is called first with
  /// the configuration that the store was created with; otherwise it must equal `config`.
  template <class Visitor>
  static result<byte_log> open(std::string_view directory, bytes_view config, Visitor&& visit, log_options = {}, Files = {});

  /// Writes all commits of `b` with one write, unsynced. A frame of `b` at offset `o` lies at the returned location + o.
  /// Errors: disk_full (nothing was kept, the log stays usable), failed (sticky), too_large, invalid_argument. `b` is kept either way.
  result<location> write(batch& b);
  /// Makes all that was written durable. An error is final: `failed` until reopened.
  result<void> sync();
  /// `write`, and `sync` where the durability policy says so.
  result<location> commit(batch& b);

  location end() const noexcept;     ///< behind all that was written
  location synced() const noexcept;  ///< behind all that is known durable
  bool failed() const noexcept;
  log_recovery const& recovery() const noexcept;
  bytes_view config() const noexcept;

  /// A reader of its own; must not outlive the log. Many threads may read, each with their own, while one writes.
  reader<Files> read(std::size_t window = std::size_t{256} << 10U) const;
};

// reader<Files>:
//   result<frame> at(location where, location end);        // random access; payload valid until the next call on this reader
//   template <class F> result<void> scan(location from, location end, F&& f);  // f(frame const&) -> void or result<void>, in order,
//                                                                               // without markers, through all segments up to `end`
}  // namespace ab::file
