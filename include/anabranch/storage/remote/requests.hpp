/// @file
/// What a store's client asks a server, and what that answers: values, written with `ab::canonical_codec`.
#pragma once

#include "anabranch/core/bytes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ab::remote {

/// Of the messages below. A server refuses a client of another one.
inline constexpr std::uint32_t protocol_version = 1;

/// How an answer begins: a byte, before its value.
enum class answer : std::uint8_t {
  done = 0,     ///< the reply of the request follows
  refused = 1,  ///< a `refusal` follows
  changed = 2,  ///< `heads` follow: what a commit took for granted isn't so any more, and it wrote nothing
};

/// An error as it travels.
struct refusal {
  std::uint8_t code = 0;
  bool compares = false;
  std::int64_t expected = 0;
  std::int64_t actual = 0;
  std::string what;
  std::string advice;
  std::string where;
};

struct nothing {};

/// Where a stream stands.
struct head {
  std::int64_t first = 0;   ///< the revision of its oldest event, or of the next one
  std::int64_t last = 0;    ///< the last revision given out
  std::uint64_t bytes = 0;  ///< what its events take
};
/// Where several streams of one store stand, and the store itself.
struct heads {
  std::vector<head> streams;
  std::int64_t position = 0;  ///< under `ab::global_order`
  bytes newest;               ///< the newest stamp that the server knows of; empty where there is none
};

/// A stream: which of the store's families, and its name.
struct stream_id {
  std::uint32_t family = 0;
  std::string name;
};
/// A table: its name, and the shape of its values.
struct table_id {
  std::string name;
  std::uint64_t shape = 0;
};

/// A part of a stream's or a store's events, each a record as `remote/record.hpp` has it.
struct page {
  std::vector<stream_id> streams;  ///< those that the records are about
  bytes records;
  bool more = false;         ///< whether the part that was asked for goes on
  std::int64_t next = 0;     ///< where
  std::int64_t through = 0;  ///< where it ends
};

// --- requests: `tag` is their number on the wire, `reply` what answers them ------------------------------------------

/// Comes first: are we of one mind about what is stored?
struct hello {
  static constexpr std::uint16_t tag = 1;
  using reply = heads;
  std::uint32_t version = protocol_version;
  std::uint64_t schema = 0;
};
struct get_head {
  static constexpr std::uint16_t tag = 2;
  using reply = heads;
  stream_id stream;
};
struct read_stream {
  static constexpr std::uint16_t tag = 3;
  using reply = page;
  stream_id stream;
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool stored = false;  ///< whatever is there: what has been truncated is passed over
};
struct read_store {
  static constexpr std::uint16_t tag = 4;
  using reply = page;
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool stored = false;  ///< as of a stream
};
/// Whether a revision ends a run of old events that are now one, if it is in one.
struct check_boundary {
  static constexpr std::uint16_t tag = 5;
  using reply = nothing;
  stream_id stream;
  std::int64_t revision = 0;
};
struct open_table {
  static constexpr std::uint16_t tag = 6;
  using reply = nothing;
  table_id table;
};
struct get_value {
  static constexpr std::uint16_t tag = 7;
  struct found {
    bool is = false;
    bytes value;
  };
  using reply = found;
  table_id table;
  std::string key;
};
struct get_keys {
  static constexpr std::uint16_t tag = 8;
  struct all {
    std::vector<std::string> keys;
  };
  using reply = all;
  table_id table;
};
struct list_streams {
  static constexpr std::uint16_t tag = 9;
  struct all {
    std::vector<stream_id> streams;
    std::vector<head> heads;
  };
  using reply = all;
};
struct list_tables {
  static constexpr std::uint16_t tag = 10;
  struct entry {
    std::string name;
    std::uint64_t keys = 0;
  };
  struct all {
    std::vector<entry> tables;
  };
  using reply = all;
};
struct sync {
  static constexpr std::uint16_t tag = 11;
  using reply = nothing;
};

/// What a commit read of a stream, and still has to hold.
struct known_stream {
  stream_id stream;
  std::int64_t first = 0;
  std::int64_t last = 0;
};
/// What a commit read under a key.
struct known_value {
  std::uint32_t table = 0;  ///< its place among the commit's tables
  std::string key;
  bool is = false;
  bytes value;
};
/// What a commit writes, in order.
struct change {
  enum : std::uint8_t { append, truncate, put, erase };
  std::uint8_t kind = append;
  std::uint32_t target = 0;  ///< the place of the stream, or of the table, among the commit's
  std::int64_t number =
      0;            ///< append: the type's place in the family as it is stored; truncate: the last revision gone
  std::string key;  ///< put, erase
  bytes value;      ///< append: a record's payload; put: the value
};
/// All that is known still holds, and all changes are made, or nothing is.
struct commit {
  static constexpr std::uint16_t tag = 12;
  using reply = nothing;
  std::vector<known_stream> streams;
  std::vector<table_id> tables;
  std::vector<known_value> values;
  bool knows_position = false;
  std::int64_t position = 0;
  std::vector<change> changes;
};

}  // namespace ab::remote
