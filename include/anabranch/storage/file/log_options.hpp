/// @file
/// How a byte log is opened, and what opening found.
#pragma once

#include "anabranch/storage/file/recover.hpp"

#include <cstdint>
#include <string_view>

namespace ab::file {

/// What opening may do.
enum class open_mode : std::uint8_t {
  write,    ///< takes the lock, creates what is missing, rolls back a torn tail
  read,     ///< changes nothing and takes no lock; writes are refused. Damage is still an error
  salvage,  ///< as `read`, but damage is no error: what lies before it is visited, and where it lies is reported
};

/// Options of `byte_log::open`.
struct log_options {
  open_mode mode = open_mode::write;
  /// Of segments that will be created: 8 KiB to 32 GiB. A commit larger than that gets a segment of its own.
  std::uint64_t segment_size = std::uint64_t{64} << 20U;
};

/// What opening found. Where `state` isn't clean, the bytes `[from, to)` of a segment are lost.
struct log_recovery {
  recovery_state state = recovery_state::clean;
  std::uint64_t segment = 0;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::string_view reason{};
  std::uint64_t frames = 0;   ///< how many were visited
  std::uint64_t commits = 0;  ///< how many they were written in
};

}  // namespace ab::file
