/// @file
/// `ab::file::byte_log`: a segmented, checksummed, append-only log of frames.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/batch.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/open_log.hpp"
#include "anabranch/storage/file/detail/stamp.hpp"
#include "anabranch/storage/file/durability.hpp"
#include "anabranch/storage/file/log_options.hpp"
#include "anabranch/storage/file/reader.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ab::file {

/// A directory of segments to which whole commits are appended. Knows frames, not streams. `docs/format.md` has its
/// bytes.
///
/// One thread at a time may call what isn't const; batches are filled, and readers read, meanwhile. Nothing that was
/// synced is lost by an error or a crash. After a failed sync, or a failed write whose bytes can't be taken back,
/// everything but reading returns `failed` until the log is opened again.
/// @tparam Durability when `commit` syncs; closing syncs under every policy
/// @tparam Files where the bytes go; `posix_files` is the model
template <durability Durability = sync_each, class Files = posix_files>
class byte_log {
 public:
  /// Opens the log in a directory, or creates it there. O(size): every frame is read and checked.
  ///
  /// `visit(frame const&)` is called for each frame of each whole commit, in order; it returns void, or a
  /// `result<void>` whose error ends the opening. Where it has a member `configured(bytes_view) -> result<void>`, that
  /// is called first with the configuration that the log was created with; otherwise this must equal `config`.
  /// @param config at most 256 bytes, stored when the log is created
  /// @return `locked`, `corrupt` (where: file and bytes), `wrong_format`, `disk_full`, `io`, `invalid_argument`
  template <class Visitor>
  static result<byte_log> open(std::string_view directory, bytes_view config, Visitor&& visit,
                               log_options const& options = {}, Files files = {}) {
    byte_log log(files, directory, options);
    auto opened =
        detail::opener<Files, std::remove_reference_t<Visitor>>(files, log.s_.path, config, visit, options).open();
    if (!opened) return opened.error();
    log.s_.log = std::move(*opened);
    log.s_.process = log.process();
    log.s_.synced = log.end();
    log.s_.zeroed = log.s_.log.tail;
    if constexpr (timed) log.s_.synced_at = files.milliseconds();
    return log;
  }

  byte_log(byte_log&&) noexcept = default;
  byte_log& operator=(byte_log&& o) noexcept {
    if (this != &o) {
      close();
      s_ = std::move(o.s_);
    }
    return *this;
  }
  /// Syncs, and leaves a marker that says so, which tells later damage from a torn tail.
  ~byte_log() { close(); }

  /// Visits what another process committed since, in a log that was opened for reading, and moves `end()`. O(what is
  /// new). What the writer hasn't synced yet is visited too. A write that is under way shows as a torn tail in
  /// `recovery()`.
  /// @return `corrupt`, `io`; `invalid_argument` in a log that was opened for writing
  template <class Visitor>
  result<void> follow(Visitor&& visit) {
    if (s_.options.mode == open_mode::write) {
      return error(errc::invalid_argument, "a writer has no other writer to follow", "open a second log for reading",
                   place());
    }
    auto r = detail::opener<Files, std::remove_reference_t<Visitor>>(s_.files, s_.path, {}, visit, s_.options)
                 .follow(s_.log);
    s_.synced = end();
    return r;
  }

  /// Writes the commits of `b`, all or none, with one write and without a sync. Gives the frames their place: the one
  /// that `end_frame` said lies at offset `o` is at the returned location + `o`. `b` keeps its contents either way.
  /// @return `disk_full`: nothing of it was kept and the log stays usable; `failed`; `too_large`; `invalid_argument`
  result<location> write(batch& b) {
    if (auto r = writable(b); !r) return r.error();
    if (b.empty()) return end();
    if (s_.log.tail + b.size() + format::marker_size > s_.log.header.capacity) {
      if (auto r = roll(b.size()); !r) return r.error();
    }
    auto const sequence =
        detail::stamp({b.data(), b.size()}, s_.log.header.salt, s_.log.tail, s_.log.next_sequence, s_.synced);
    zero_ahead(b.size());
    int const r = detail::write_fully(s_.files, s_.log.file.get(), b.data(), b.size(), s_.log.tail);
    if (r < 0) return take_back(r, b.size());
    location const at = end();
    s_.log.tail += b.size();
    s_.log.next_sequence = sequence;
    s_.log.proven = s_.synced;
    return at;
  }

  /// Makes all that was written durable; without a system call where it is.
  /// @return `failed`, for good
  result<void> sync() {
    if (s_.failed) return failed_before();
    if (forked()) return opened_elsewhere();
    if (s_.synced == end()) return {};
    if (int const r = s_.files.sync_data(s_.log.file.get()); r < 0) return fail(r);
    s_.synced = end();
    if constexpr (timed) s_.synced_at = s_.files.milliseconds();
    return {};
  }

  /// `write`, and `sync` where the durability policy asks for it. Under `sync_group` the caller groups: one leader
  /// commits what many staged.
  result<location> commit(batch& b) {
    auto const at = write(b);
    if (!at) return at;
    bool due = Durability::due(0);
    if constexpr (timed) due = Durability::due(s_.files.milliseconds() - s_.synced_at);
    if (due) {
      if (auto r = sync(); !r) return r.error();
    }
    return at;
  }

  /// Behind all that was written.
  location end() const noexcept { return location::in(s_.log.header.segment, s_.log.tail); }
  /// Behind all that is known to be durable.
  location synced() const noexcept { return s_.synced; }
  /// Whether an error was final.
  bool failed() const noexcept { return s_.failed; }
  /// What opening found.
  log_recovery const& recovery() const noexcept { return s_.log.found; }
  /// The configuration that the log was created with.
  bytes_view config() const noexcept { return s_.log.header.config(); }

  /// A reader, which must not outlive the log. Opens nothing yet.
  reader<Files> read(std::size_t window = std::size_t{256} << 10U) const noexcept {
    return {s_.files, s_.log.directory.get(), window};
  }

 private:
  // Whether it matters how long ago the last sync was.
  static constexpr bool timed = Durability::due(0) != Durability::due(~std::uint64_t{0});
  static constexpr std::uint64_t most_ahead = std::uint64_t{1} << 20U;

  struct state {
    [[no_unique_address]] Files files;
    log_options options;
    std::string path;
    detail::opened_log<Files> log{};
    location synced{};
    std::uint64_t zeroed = 0;  // how far the segment was written with zeros ahead of the tail
    std::uint64_t ahead = std::uint64_t{16} << 10U;
    std::uint64_t synced_at = 0;
    unsigned process = 0;
    bool failed = false;
  };

  byte_log(Files files, std::string_view path, log_options const& options) {
    // Not as an aggregate: Clang 16 miscompiles one that starts with an empty member without an address.
    s_.files = files;
    s_.options = options;
    s_.path = path;
  }

  unsigned process() const noexcept {
    if constexpr (requires { s_.files.process(); })
      return s_.files.process();
    else
      return 0;
  }
  // Two processes with one log would write over each other.
  bool forked() const noexcept { return process() != s_.process; }
  error opened_elsewhere() const noexcept {
    return {errc::failed, "the store was opened by the process that this one was forked from",
            "open a store after the fork, in the one process that writes", place()};
  }

  result<void> writable(batch const& b) const noexcept {
    if (s_.failed) return failed_before();
    if (forked()) return opened_elsewhere();
    if (s_.options.mode != open_mode::write) {
      return error(errc::invalid_argument, "the log was opened for reading", "open it with open_mode::write", place());
    }
    if (!b.complete()) {
      return error(errc::invalid_argument, "a batch ends in frames without a commit", "call end_commit", place());
    }
    if (b.oversize() || b.size() > format::max_segment - 2 * format::header_size) {
      return error(errc::too_large, "a payload is larger than 1 GiB, or a batch than 32 GiB", "split it", place());
    }
    return {};
  }

  // The first write to a block that was only reserved makes the file system change its metadata, and the sync wait for
  // it. Writing zeros far ahead pays that once for many commits. Of no use to large commits, and to those that don't
  // sync.
  void zero_ahead(std::size_t size) noexcept {
    if constexpr (!Durability::acknowledged_is_synced) return;
    auto const end = s_.log.tail + size;
    if (end <= s_.zeroed || size >= most_ahead) return;
    // Little at first: a program that writes little shouldn't wait for much.
    s_.ahead = detail::least(most_ahead, detail::most(2 * s_.ahead, 8 * size));
    auto const to = detail::least(end + s_.ahead, s_.log.header.capacity);
    // An error is of no interest: it is an optimisation, the log's own write will tell.
    (void)detail::write_zeros(s_.files, s_.log.file.get(), end, to);
    s_.zeroed = to;
  }

  // After a failed write of `n` bytes: zeros again behind the tail, and durably so, lest a later crash show pieces of
  // it.
  error take_back(int r, std::size_t n) noexcept {
    if (!detail::means_full(r)) return fail(r);
    auto const file = s_.log.file.get();
    int undone = detail::write_zeros(s_.files, file, s_.log.tail, s_.log.tail + n);
    if (undone < 0) {
      undone = s_.files.resize(file, s_.log.tail);  // takes no space
      if (undone == 0) undone = s_.files.resize(file, s_.log.header.capacity);
    }
    if (undone == 0) undone = s_.files.sync_data(file);
    if (undone < 0) return fail(undone);
    s_.synced = end();
    return detail::system_error(r, place());
  }

  // Goes on in a new segment with room for `n` bytes. The new one is there before the old one is sealed, and the old
  // one is durable before anything is written to the new one: so only the last segment can have a torn tail, and one
  // that is missing is missed.
  result<void> roll(std::uint64_t n) {
    auto const& old = s_.log.header;
    if (old.segment == format::max_segments) {
      return error(errc::too_large, "the log has as many segments as it can have", "start a new store", place());
    }
    segment_header h = old;
    std::array<std::byte, sizeof h.salt> salt;
    if (int const r = s_.files.random(salt.data(), salt.size()); r < 0) return detail::system_error(r, place());
    h.salt = format::get64(salt.data());
    h.segment = old.segment + 1;
    h.first_sequence = s_.log.next_sequence + 1;
    auto const needed = (format::header_size + n + 2 * format::marker_size + 4095U) & ~std::uint64_t{4095};
    h.capacity = detail::most(s_.options.segment_size, needed);
    bool unsure = false;
    auto created = detail::create_segment(s_.files, s_.log.directory.get(), s_.path, h, unsure);
    if (!created) {
      auto e = created.error();
      if (unsure) {
        s_.failed = true;
        e.code = errc::failed;
      }
      return e;
    }
    if (int const r = put_marker(format::kind_seal); r < 0) {
      auto const e = take_back(r, format::marker_size);
      if (!s_.failed) {
        (void)s_.files.remove(s_.log.directory.get(), detail::segment_name(h.segment).c_str());
        if (int const again = s_.files.sync(s_.log.directory.get()); again < 0) return fail(again);
      }
      return e;
    }
    if (int const r = s_.files.sync_data(s_.log.file.get()); r < 0) return fail(r);
    (void)s_.files.resize(s_.log.file.get(), s_.log.tail);  // gives back what was reserved and not used
    s_.log.file = std::move(*created);
    s_.log.header = h;
    s_.log.tail = format::header_size;
    s_.zeroed = format::header_size;
    s_.synced = end();
    s_.log.proven = end();
    return {};
  }

  int put_marker(std::uint8_t kind) noexcept {
    std::array<std::byte, format::marker_size> m;
    format::put_marker(m.data(), kind, 0);
    auto const sequence = detail::stamp(m, s_.log.header.salt, s_.log.tail, s_.log.next_sequence, s_.synced);
    int const r = detail::write_fully(s_.files, s_.log.file.get(), m.data(), m.size(), s_.log.tail);
    if (r < 0) return r;
    s_.log.next_sequence = sequence;
    s_.log.tail += format::marker_size;
    s_.log.proven = s_.synced;
    return 0;
  }

  void close() noexcept {
    // Room for the seal must remain. Whatever goes wrong here costs the marker and nothing else.
    if (s_.log.file && s_.options.mode == open_mode::write && sync() && s_.log.proven < end() &&
        s_.log.tail + 2 * format::marker_size <= s_.log.header.capacity && put_marker(format::kind_commit) == 0) {
      (void)sync();
    }
    s_.log = {};
  }

  error fail(int r) noexcept {
    s_.failed = true;
    auto e = detail::system_error(r, place());
    e.code = errc::failed;
    e.advice = "open the store again: it keeps what was acknowledged";
    return e;
  }
  error failed_before() const noexcept {
    return {errc::failed, "an earlier write or sync failed", "open the store again: it keeps what was acknowledged",
            place()};
  }
  text<120> place() const noexcept {
    return detail::place(s_.path, detail::segment_name(s_.log.header.segment).view());
  }

  state s_;
};

}  // namespace ab::file
