/// @file
/// Opening a byte log: locking, creating, recovering.
#pragma once

#include "anabranch/core/result.hpp"
#include "anabranch/storage/file/detail/bounds.hpp"
#include "anabranch/storage/file/detail/list_directory.hpp"
#include "anabranch/storage/file/detail/load_segment.hpp"
#include "anabranch/storage/file/log_options.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace ab::file::detail {

// A log that was opened, and where it goes on.
template <class Files>
struct opened_log {
  open_file<Files> directory{};
  open_file<Files> lock{};
  open_file<Files> file{};  // of the last segment
  segment_header header{};  // of the last segment
  std::uint64_t tail = 0;   // in the last segment
  std::uint64_t next_sequence = 1;
  location proven{};
  log_recovery found{};
};

template <class Files, class Visitor>
class opener {
 public:
  opener(Files files, std::string const& path, bytes_view config, Visitor& visit, log_options const& options) noexcept
      : files_(files), path_(path), config_(config), visit_(visit), options_(options) {}

  result<opened_log<Files>> open() {
    if (config_.size() > format::max_config || options_.segment_size < 2 * format::header_size ||
        options_.segment_size > format::max_segment) {
      return error(errc::invalid_argument, "a log's options are out of range",
                   "use 8 KiB to 32 GiB as segment size, and at most 256 bytes of configuration", place(path_));
    }
    if (path_.find('\0') != std::string::npos) {
      return error(errc::invalid_argument, "a path has a zero byte", "the system would end it there",
                   place(path_.c_str()));
    }
    if (auto r = enter(); !r) return r.error();
    if (contents_.highest == 0) {
      if (auto r = create(); !r) return r.error();
    } else if (auto r = recover_from(1, {}); !r) {
      return r.error();
    }
    return std::move(log_);
  }

  // Visits what was committed behind the end of a log that was opened for reading, and moves the end. What was visited
  // stays so where an error comes behind it.
  result<void> follow(opened_log<Files>& log) {
    log_ = std::move(log);
    log_.found.state = recovery_state::clean;
    auto r = look();
    segment_report so_far;
    so_far.end = log_.tail;
    so_far.next_sequence = log_.next_sequence;
    so_far.proven = log_.proven;
    if (r) r = recover_from(log_.header.segment, so_far);
    log = std::move(log_);
    return r;
  }

 private:
  bool writing() const noexcept { return options_.mode == open_mode::write; }

  // Opens the directory, sees what it is, and locks it.
  result<void> enter() {
    auto h = files_.open_directory(path_.c_str());
    if (h == -ENOENT && writing()) {
      if (int const r = files_.make_directory(path_.c_str()); r < 0 && r != -EEXIST)
        return system_error(r, place(path_));
      h = files_.open_directory(path_.c_str());
    }
    if (h == -ENOTDIR) return not_a_store("a file lies where the store's directory should be");
    if (h < 0) return system_error(h, place(path_));
    log_.directory = open_file<Files>(files_, h);
    if (auto r = look(); !r) return r;
    if (!writing()) {
      return contents_.highest != 0 ? result<void>() : not_a_store("the directory holds no store");
    }
    log_.lock = open_file<Files>(files_, files_.open(h, lock_name, file_access::create));
    if (!log_.lock) return system_error(log_.lock.get(), place(path_, lock_name));
    if (int const r = files_.lock(log_.lock.get()); r < 0) {
      if (r != -EWOULDBLOCK && r != -EAGAIN) return system_error(r, place(path_, lock_name));
      return has_writer();
    }
    // Somebody may have removed the file of the lock, and its lock with it. Not every file system can lock a directory.
    if (int const r = files_.lock(h); r == -EWOULDBLOCK || r == -EAGAIN) return has_writer();
    return look();  // what was there before the lock was held may have changed
  }

  result<void> look() {
    auto c = list_directory(files_, log_.directory.get(), path_);
    if (!c) return c.error();
    contents_ = *c;
    if (contents_.highest == 0 && contents_.alien) return not_a_store("the directory holds other files and no store");
    return {};
  }

  result<void> create() {
    auto& h = log_.header;
    std::array<std::byte, sizeof h.salt> salt;
    int r = files_.random(h.store.data(), h.store.size());
    if (r == 0) r = files_.random(salt.data(), salt.size());
    if (r < 0) return system_error(r, place(path_));
    h.salt = format::get64(salt.data());
    h.segment = 1;
    h.first_sequence = 1;
    h.capacity = options_.segment_size;
    h.config_size = static_cast<std::uint32_t>(config_.size());
    if (!config_.empty()) std::memcpy(h.config_bytes.data(), config_.data(), config_.size());
    bool unsure = false;
    auto file = create_segment(files_, log_.directory.get(), path_, h, unsure);
    if (!file) return file.error();
    if (r = sync_parent(); r < 0) return system_error(r, place(path_));
    log_.file = std::move(*file);
    log_.tail = format::header_size;
    log_.proven = location::in(1, log_.tail);
    return {};
  }

  // The directory may be new itself, perhaps by an attempt that a crash cut short.
  int sync_parent() const {
    open_file<Files> const parent(files_, files_.open_directory(parent_path().c_str()));
    int const r = parent ? files_.sync(parent.get()) : parent.get();
    // Who may not look into the parent didn't make the directory in it.
    return r == -EACCES || r == -EPERM ? 0 : r;
  }
  std::string parent_path() const {
    auto const end = path_.find_last_not_of('/');
    auto const slash = end == std::string::npos ? end : path_.find_last_of('/', end);
    return slash == std::string::npos ? "." : path_.substr(0, slash + 1);
  }

  // Recovers one segment after the other, the first of them from where `so_far` ends.
  result<void> recover_from(std::uint64_t number, segment_report so_far) {
    for (;; ++number) {
      auto const where = place(path_, segment_name(number).view());
      auto segment =
          load_segment(files_, log_.directory.get(), path_, number, writing() ? file_access::write : file_access::read);
      bool const fresh = so_far.next_sequence == 0;
      auto checked = !segment ? result<void>(segment.error()) : fresh ? check_header(*segment, number) : result<void>();
      if (!checked) {
        auto const& e = checked.error();
        // Behind the first segment, one of another format is damage too: what lies before it can be read.
        bool const damaged = e.code == errc::corrupt || (e.code == errc::wrong_format && number > 1);
        if (options_.mode != open_mode::salvage || !damaged) return e;
        auto& found = log_.found;
        found.state = recovery_state::corrupt;
        found.segment = number;
        found.from = 0;
        found.to = segment ? segment->file_size : format::header_size;
        found.reason = e.what;
        return {};
      }
      if (fresh) so_far = nothing_recovered({number, segment->header.salt, segment->header.first_sequence, true});
      auto const report = recovered(*segment, so_far, where);
      if (!report) return in_the_log(report.error());
      note(*segment, *report, so_far);
      if (report->state == recovery_state::corrupt) {
        if (options_.mode == open_mode::salvage) return {};
        return error(errc::corrupt, report->reason,
                     "restore a backup, or open with open_mode::salvage to read what lies before it",
                     place(path_, segment_name(number).view(), report->end, report->damage_end));
      }
      if (!report->sealed) return writing() ? make_ready(segment->file_size, *report) : result<void>();
      so_far = {};
    }
  }

  result<segment_report> recovered(loaded_segment<Files> const& segment, segment_report so_far,
                                   text<120> const& where) {
    for (;;) {
      auto const last = may_be_torn(segment.header.segment, where);
      if (!last) return last.error();
      auto report = recover_segment(files_, segment, *last, memory_, visit_, where, so_far);
      if (!report) return report;
      // A writer may be at work beside a reader: what was half-written when it was read is read again, as long as there
      // is progress.
      if (!writing() && report->state != recovery_state::clean && report->end != so_far.end) {
        so_far = *report;
        so_far.state = recovery_state::clean;
        continue;
      }
      if (!report->sealed && report->state == recovery_state::clean && segment.file_size < segment.header.capacity) {
        report->state = recovery_state::rolled_back;
        report->reason = "the segment was cut off";
        report->damage_end = segment.header.capacity;
      }
      return report;
    }
  }

  result<void> check_header(loaded_segment<Files> const& s, std::uint64_t number) {
    auto const& h = s.header;
    auto const where = place(path_, segment_name(number).view());
    if (number == 1) {
      if (auto r = check_config(h.config()); !r) return r;
    } else if (h.store != log_.header.store || h.config_size != log_.header.config_size ||
               h.config_bytes != log_.header.config_bytes) {
      return error(errc::corrupt, "a segment belongs to another store", "restore the right one", where);
    }
    if (h.segment != number) {
      return error(errc::corrupt, "a segment has another's name", "rename it, or restore the right one", where)
          .with(static_cast<std::int64_t>(number), static_cast<std::int64_t>(h.segment));
    }
    if (h.first_sequence != log_.next_sequence) {
      return error(errc::corrupt, "a segment doesn't go on where the one before it ends",
                   "restore both from one backup", where)
          .with(static_cast<std::int64_t>(log_.next_sequence), static_cast<std::int64_t>(h.first_sequence));
    }
    return {};
  }

  result<void> check_config(bytes_view stored) {
    if constexpr (requires { visit_.configured(stored); }) {
      auto const r = visit_.configured(stored);
      return r ? r : result<void>(in_the_log(r.error()));
    } else {
      if (stored.size() == config_.size() &&
          (stored.empty() || std::memcmp(stored.data(), config_.data(), stored.size()) == 0))
        return {};
      return error(errc::wrong_format, "the store was created with another configuration",
                   "open it with the configuration it was created with", place(path_));
    }
  }

  // Whether a torn tail of a segment is no corruption: in the last one, and in the one before while the last is blank.
  // For the next segment is created before this one is sealed, and a crash may come in between.
  result<bool> may_be_torn(std::uint64_t number, text<120> const& where) {
    if (number + 1 != contents_.highest) return number >= contents_.highest;
    auto const next = load_segment(files_, log_.directory.get(), path_, number + 1, file_access::read);
    if (!next) return false;  // its own turn will tell
    auto const blank = is_blank(files_, *next, format::header_size, memory_, where);
    return blank;
  }

  void note(loaded_segment<Files>& s, segment_report const& report, segment_report const& before) {
    auto& found = log_.found;
    found.frames += report.frames - before.frames;
    found.commits += report.commits - before.commits;
    if (report.state != recovery_state::clean) {
      found.state = report.state;
      found.segment = s.header.segment;
      found.from = report.end;
      found.to = report.damage_end;
      found.reason = report.reason;
    }
    log_.header = s.header;
    log_.file = std::move(s.file);
    log_.tail = report.end;
    log_.next_sequence = report.next_sequence;
    log_.proven = report.proven;
  }

  // Makes what was recovered durable, and nothing else: zeros behind the end, no half-made files.
  result<void> make_ready(std::uint64_t file_size, segment_report const& report) {
    auto const& header = log_.header;
    auto const file = log_.file.get();
    int r = 0;
    if (report.state == recovery_state::rolled_back)
      r = write_zeros(files_, file, report.end, least(report.damage_end, file_size));
    if (r == 0 && file_size < header.capacity) r = extend(file, header.capacity);
    if (r == 0) r = write_again(file, report);
    // A segment without a commit may come from somebody who didn't get as far as to make its name durable.
    bool const blank = report.end == format::header_size;
    if (r == 0 && blank) r = files_.sync(log_.directory.get());
    if (r == 0 && blank) r = header.segment > 1 ? write_sealed_again(header.segment - 1) : sync_parent();
    if (r == 0 && contents_.temporary != 0) {
      r = files_.remove(log_.directory.get(), segment_name(contents_.temporary, temporary_suffix).c_str());
    }
    if (r == 0 && contents_.highest > header.segment) {
      r = files_.remove(log_.directory.get(), segment_name(contents_.highest).c_str());
      if (r == 0) r = files_.sync(log_.directory.get());
    }
    return r == 0 ? result<void>() : system_error(r, place(path_, segment_name(header.segment).view()));
  }

  // A full disk is no reason not to open. Nor does a header reserve more than the caller would.
  int extend(typename Files::handle file, std::uint64_t capacity) {
    if (capacity > options_.segment_size) return files_.resize(file, capacity);
    int const r = files_.allocate(file, capacity);
    return means_full(r) ? files_.resize(file, capacity) : r;
  }

  // Writes once more what no marker proves durable, and syncs. It may lie in the page cache only, counted as written
  // although the device refused it, and then no sync would ever write it.
  int write_again(typename Files::handle file, segment_report const& report) {
    auto at = report.proven.offset();
    while (at < report.end) {
      auto const n = static_cast<std::size_t>(least(memory_.capacity(), report.end - at));
      auto const got = read_fully(files_, file, memory_.data(), n, at);
      if (got < 0) return static_cast<int>(got);
      if (static_cast<std::size_t>(got) != n) return -EIO;
      if (int const r = write_fully(files_, file, memory_.data(), n, at); r < 0) return r;
      at += n;
    }
    return files_.sync_data(file);
  }

  // A crash after a seal was written and before it was synced leaves a sealed segment and a blank one.
  int write_sealed_again(std::uint64_t number) {
    auto const s = load_segment(files_, log_.directory.get(), path_, number, file_access::write);
    if (!s) return -EIO;
    auto ignore = [](frame const&) {};
    auto const report = recover_segment(files_, *s, false, memory_, ignore, {},
                                        nothing_recovered({number, s->header.salt, s->header.first_sequence, false}));
    return report ? write_again(s->file.get(), *report) : -EIO;
  }

  error has_writer() const noexcept {
    return {errc::locked, "another writer has the store open", "close it there, or open the store for reading",
            place(path_)};
  }
  // What a visitor says is about the log's contents; where the log is, it doesn't know.
  error in_the_log(error const& e) const noexcept {
    auto const here = place(path_);
    if (e.where.view().starts_with(here.view())) return e;
    auto where = here;
    return e.at(e.where.empty() ? where : where.append(": ").append(e.where.view()));
  }
  error not_a_store(std::string_view what) const noexcept {
    return {errc::wrong_format, what, "choose another path", place(path_)};
  }

  [[no_unique_address]] Files files_;
  std::string const& path_;
  bytes_view config_;
  Visitor& visit_;
  log_options const& options_;
  directory_contents contents_{};
  buffer memory_{};
  opened_log<Files> log_{};
};

}  // namespace ab::file::detail
