/// @file
/// `ab::file_storage`: a store in a folder of segment files.
#pragma once

#include "anabranch/core/policy.hpp"
#include "anabranch/storage/file/durability.hpp"
#include "anabranch/storage/file/engine.hpp"
#include "anabranch/storage/file/posix_files.hpp"

namespace ab {

/// Keeps events, values and snapshots in a segmented, checksummed, append-only log, and an index of it in memory.
///
/// `open(folder)` creates what is missing, takes the one writer's lock, and rolls back a torn tail; damage before data that
/// was written later is `errc::corrupt`. An acknowledged commit is as durable as `Durability` says. Readers see only what
/// was acknowledged. Events are decoded on each read; 8 bytes an event stay in memory (16 under `global_order`), and all
/// values of tables. The format is described in docs/format.md.
/// @tparam Durability `sync_each`, `sync_group`, `sync_interval<ms>` or `no_sync`
/// @tparam Files how files are reached; for tests of failures
template <durability Durability = sync_each, class Files = file::posix_files>
struct file_storage {
  using policy_axis = storage_axis;
  static constexpr bool durable = true;

  template <class Schema>
  using engine = detail::file_engine<Schema, Durability, Files>;
};

}  // namespace ab
