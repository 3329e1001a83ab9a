/// @file
/// A store in files: its log, and the index of it that is kept in memory.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/detail/name_table.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/detail/type_token.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/policies/concurrency.hpp"
#include "anabranch/storage/encoding.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/file/byte_log.hpp"
#include "anabranch/storage/file/detail/visit.hpp"
#include "anabranch/storage/file/group.hpp"
#include "anabranch/storage/file/records.hpp"
#include "anabranch/storage/file/recovery.hpp"
#include "anabranch/storage/file/stream.hpp"
#include "anabranch/storage/file/table.hpp"
#include "anabranch/storage/file/types.hpp"
#include "anabranch/storage/schema.hpp"
#include "anabranch/storage/stream_nodes.hpp"
#include "anabranch/storage/transaction.hpp"
#include "anabranch/upcast/detail/lift.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

template <bool Groups, class Concurrency>
struct group_for {
  struct type {};
};
template <class Mutex>
struct group_for<true, locked<Mutex>> {
  using type = commit_group<Mutex>;
};

// The log is the truth; everything else here is found again by reading it.
template <class Schema, class Durability, class Files>
class file_engine {
 public:
  using schema = Schema;
  using log_type = file::byte_log<Durability, Files>;
  using reader_type = file::reader<Files>;
  using concurrency = typename schema::concurrency;
  using gate_type = gate<concurrency>;
  using hold = typename gate_type::hold;
  using clock_type = typename schema::clock;
  using stamp = typename schema::stamp;
  using position_type = typename schema::position_type;
  using info = typename schema::info;
  using meta = typename schema::meta;
  using codec = typename schema::codec;
  using any_event = typename schema::any_event;
  using any_stored = typename schema::any_stored;
  using recorded_type = recorded<any_event, info>;
  using stream_node = file_stream_node<file_engine>;
  template <class E>
  using stream_type = file_stream<file_engine, E>;
  template <class T>
  using table_type = file_table<file_engine, T>;

  // Whether a scan from within an operation's check sees all that comes before the commit.
  static constexpr bool scans_in_checks = schema::global;
  static_assert(
      std::is_empty_v<stamp> || canonical_codec::template fixed_size<stamp>,
      "ab::file_storage: the clock's stamps don't all take the same number of bytes; give them fields of fixed size");
  static constexpr bool groups = schema::concurrency::shared && std::is_same_v<Durability, sync_group>;
  template <class E>
  static constexpr bool borrows = codec::template borrows<E>;

  template <class T>
  static consteval std::uint64_t shape_of() {
    return codec::template shape<T>();
  }

  static result<file_engine*> open(std::string_view directory, file::log_options options = {}, Files files = {}) {
    struct owner {
      file_engine* engine = new file_engine();
      owner() = default;
      owner(owner const&) = delete;
      owner& operator=(owner const&) = delete;
      ~owner() { delete engine; }
    } fresh;
    auto const config = file_recovery<file_engine>::configuration();
    auto log = log_type::open(directory, std::as_bytes(std::span(config.view())),
                              file_recovery<file_engine>(*fresh.engine), options, std::move(files));
    if (!log) return log.error();
    fresh.engine->log_.emplace(*std::move(log));
    return std::exchange(fresh.engine, nullptr);
  }
  file_engine(file_engine const&) = delete;
  file_engine& operator=(file_engine const&) = delete;
  ~file_engine() {
    tables_.each([](file_table_node& t) { delete &t; });
  }

  // The stream of that name, made where there is none; never null. O(1) expected.
  template <class E>
  stream_type<E>* stream(name const& n) {
    hold const lock(gate_);
    if (auto* s = streams_.template find<E>(n, *this)) return s;
    return streams_.template make<E>(n, *this);
  }

  // The table of that name; an error where it holds values of another shape.
  template <class T>
  result<table_type<T>*> table(name const& n) {
    codec::template require<T>();
    static_assert(!codec::template borrows<T>,
                  "ab::kv: this type points into bytes that it doesn't own; keep a std::string "
                  "or std::vector instead of a view");
    constexpr auto shape = codec::template shape<T>();
    hold const lock(gate_);
    auto* t = tables_.find(n);
    if (t == nullptr) t = make_table(n, shape);
    if (t->shape != shape) return wrong_table(n);
    for (auto* v : t->views) {
      if (v->type == &type_token<T>) return static_cast<table_type<T>*>(v);
      return wrong_table(n);  // as in memory: two types of one shape would take each other's values for their own
    }
    t->views.reserve(t->views.size() + 1);
    auto* v = new table_type<T>(*t, *this);
    v->type = &type_token<T>;
    t->views.push_back(v);
    return v;
  }

  // The same without its type: what a server keeps for its clients.
  result<file_bytes_table<file_engine>> bytes_table(name const& n, std::uint64_t shape) {
    hold const lock(gate_);
    auto* t = tables_.find(n);
    if (t == nullptr) t = make_table(n, shape);
    if (t->shape != shape) return wrong_table(n);
    return file_bytes_table<file_engine>(*t, *this);
  }

  template <class... Ops>
  result<outcomes<Ops...>> commit(Ops&... ops) {
    if constexpr (schema::concurrency::shared) {
      if (is_inside(&gate_)) return commit_inside_callback();
    }
    if constexpr (groups) {
      if (auto const ok = group_.commit(*this, gate_, ops...); !ok) return ok.error();
    } else {
      hold const lock(gate_);
      if (staging_ > 0 || scans_ > 0) return commit_inside_callback();
      refusal err;
      staging s(*this);
      if (!run(*this, err, ops...)) return err;
      s.keep();
    }
    return outcome_of(ops...);
  }
  // All operations of a commit are staged: make them durable.
  bool finish(refusal& err) {
    batch_.end_commit();
    return flush(err);
  }

  hold guard() const { return hold(gate_); }
  clock_type& clock() noexcept { return clock_; }
  stamp now() noexcept { return clock_.now(); }
  file::batch& batch() noexcept { return batch_; }
  result<void> sync() {
    hold const lock(gate_);
    return log_->sync();
  }
  file::log_recovery const& recovered() const noexcept { return log_->recovery(); }

  // Calls `f(stream)` for each stream that is in the log or has a handle, whatever is in it.
  template <class F>
  void each_stream(F&& f) const {
    streams_.each(f);
  }
  // Calls `f(name, keys)` for each table that is in the log or has a handle.
  template <class F>
  void each_table(F&& f) const {
    tables_.each([&](file_table_node const& t) { f(t.key(), t.entries.size()); });
  }

  // --- staging ------------------------------------------------------------------------------------------------------

  // Drops what was staged since it was made, in the batch and of definitions, unless it is kept.
  class staging {
   public:
    explicit staging(file_engine& e) noexcept
        : under_way_(e.staging_),
          engine_(&e),
          batch_(e.batch_.mark()),
          types_(e.types_.size()),
          streams_(e.stream_ids_.size()),
          tables_(e.table_ids_.size()) {}
    staging(staging const&) = delete;
    staging& operator=(staging const&) = delete;
    ~staging() {
      if (engine_ != nullptr) engine_->rewind(*this);
    }
    void keep() noexcept { engine_ = nullptr; }

   private:
    friend file_engine;
    depth under_way_;
    file_engine* engine_;
    file::batch::mark_type batch_;
    std::size_t types_, streams_, tables_;
  };

  // Writes what is staged, and tells every staged event its place in the log.
  bool flush(refusal& err) {
    if (batch_.empty()) return true;
    auto const base = log_->commit(batch_);
    if (!base) {
      err = base.error();
      return false;
    }
    for (auto const& d : dirty_) {
      for (auto i = d.first; i < d.first + d.count; ++i) d.stream->events[i].value += base->value;
    }
    dirty_.clear();
    if constexpr (schema::global) {
      for (; placed_ < places_.size(); ++placed_) places_[placed_].value += base->value;
    }
    batch_.clear();
    return true;
  }

  void reserve([[maybe_unused]] std::size_t n) {
    dirty_.reserve(dirty_.size() + 1);
    if constexpr (schema::global) {
      auto const used = places_.size();
      if (places_.capacity() - used < n) places_.reserve(used + (n > used ? n : used));
    }
  }
  template <class T>
  file::location stage_event(stream_node& s, T const& value, stamp const& at, meta const& with) {
    auto const type = types_.id(any_stored::template index_of<T>, batch_);
    define(s, type);
    auto const before = batch_.size();
    batch_.begin_frame(static_cast<std::uint8_t>(file::record::event), s.id,
                       file::event_number(position_.value + 1, type));
    if constexpr (!std::is_empty_v<stamp>) canonical_codec::encode(at, batch_);
    if constexpr (!std::is_empty_v<meta>) put_metadata<codec>(with, batch_);
    codec::encode(value, batch_);
    file::location const where{batch_.end_frame() >> 3U};
    s.frames += batch_.size() - before;
    note_dirty(s);
    if constexpr (schema::global) places_.push_back(where);
    ++position_.value;
    return where;
  }
  // Operations are undone from the last to the first, so theirs is the end of the last run.
  void unstage_events(std::size_t n) noexcept {
    if ((dirty_.back().count -= n) == 0) dirty_.pop_back();
    position_.value -= static_cast<std::int64_t>(n);
    if constexpr (schema::global) places_.resize(places_.size() - n);
  }
  void stage_truncation(stream_node& s, revision last_gone) {
    batch_.begin_frame(static_cast<std::uint8_t>(file::record::truncation), s.id,
                       static_cast<std::uint64_t>(last_gone.value));
    batch_.end_frame();
  }
  void define(file_table_node& t) {
    if (t.id != file_table_node::no_id) return;
    table_ids_.reserve(table_ids_.size() + 1);
    auto const id = static_cast<std::uint32_t>(table_ids_.size());
    define(file::record::table, id, t.shape, t.key());
    table_ids_.push_back(&t);
    t.id = id;
  }
  position_type staged_position() const noexcept {
    if constexpr (schema::global)
      return position_;
    else
      return {};
  }
  void note_gone(file::location last) noexcept {
    if constexpr (schema::global) {
      auto const at = std::lower_bound(places_.begin(), places_.end(), last) - places_.begin() + 1;
      if (at > gone_.value) gone_.value = at;
    }
  }
  // Whether reading the whole log is cheaper than reading the stream's events one by one.
  bool is_most_of_the_log(stream_node const& s) const noexcept {
    return static_cast<std::int64_t>(s.events.size()) * 2 >= position_.value;
  }

  // --- reading ------------------------------------------------------------------------------------------------------

  // A reader for one pass. A pass inside a pass gets another, so that neither takes the other's bytes away.
  struct lent_reader {
    file_engine& engine;
    reader_type reader;

    explicit lent_reader(file_engine& e) : engine(e), reader(e.take_reader()) {}
    lent_reader(lent_reader const&) = delete;
    lent_reader& operator=(lent_reader const&) = delete;
    ~lent_reader() { engine.spare_.emplace(std::move(reader)); }
  };
  lent_reader lend_reader() { return lent_reader(*this); }
  file::location end() const noexcept { return log_->end(); }
  position last_position() const noexcept { return position_; }
  // Whether some events aren't in the log yet, where their stream says that they are.
  bool has_staged() const noexcept { return staging_ > 0 && !dirty_.empty(); }

  // Decodes what a stream of family `E` may store and calls `use(data, info)`.
  template <class E, class F>
  result<void> decode(file::frame const& f, bytes_view payload, stream_node const& s, revision at, F&& use) {
    info i{s.key(), at, {}, {}, {}, {}};
    if constexpr (schema::global) i.position = {file::position_in(f.number)};
    if constexpr (!std::is_empty_v<stamp>) {
      constexpr auto size = canonical_codec::template least_size<stamp>;
      if (payload.size() < size) return types_type::malformed_record("an event without its time");
      auto const told = canonical_codec::template decode<stamp>(payload.first(size));
      if (!told) return told.error();
      i.at = *told;
      payload = payload.subspan(size);
    }
    if constexpr (!std::is_empty_v<meta>) {
      auto const missing = types_type::malformed_record("an event without its metadata");
      if (auto const ok = take_metadata<codec>(payload, i.meta, missing); !ok) return ok.error().at(s.key().view());
    }
    return with_index<any_stored::size>(types_.index(file::type_in(f.number)), [&](auto k) -> result<void> {
      using T = typename any_stored::template type<k>;
      if constexpr (E::template has<T>) {
        auto value = [&]() -> result<T> {
          if constexpr (std::is_same_v<T, unknown_event>)
            return types_.pass(file::type_in(f.number), payload);
          else
            return types_.template decode<T>(file::type_in(f.number), payload);
        }();
        if (!value) return value.error().at(text<120>(s.key().view()).append(" revision ").append(at.value));
        use(std::move(*value), i);
        return {};
      } else {
        return types_type::malformed_record(s.key());
      }
    });
  }

  // Calls `f(data, info)` for each event of `r`, in commit order. Gives the position of the last. Called by an operation's check,
  // it also sees what commits before it in the same group have staged, which isn't in the log yet. With `stored`, what was
  // truncated is passed over.
  template <class F>
  result<position> scan(place_range<position> r, F&& f, bool stored = false) {
    auto const a = r.first.value < 1 ? position{1} : r.first;
    auto const b = r.last < position_ ? r.last : position_;
    if (!stored && r.names_first() && r.first <= gone_ && gone_.value > 0) return truncated_position(r.first, gone_);
    if (a > b) return position{};
    depth const guard(scans_);
    std::vector<std::size_t> next(stream_ids_.size(), unseen);
    position seen{};
    refusal broken;
    bool whole = true;
    auto const take = [&](file::frame const& frame) -> result<void> {
      if (frame.kind != static_cast<std::uint8_t>(file::record::event)) return {};
      auto& s = *stream_ids_[frame.tag];
      auto& n = next[frame.tag];
      if (n == unseen) n = s.index_of(frame.at);
      if (n == s.events.size() || s.events[n] != frame.at) return {};  // truncated
      auto const at = revision{s.first.value + static_cast<std::int64_t>(n++)};
      seen = {file::position_in(frame.number)};
      return decode<any_stored>(frame, frame.payload, s, at, [&](auto const& data, info const& i) {
        if constexpr (schema::lifts) {
          auto const peek = [&](revision other, auto&& g) { return visit_at(s, other, g); };
          whole = whole && lift<typename schema::graph>::apply(data, i, peek, broken, f);
        } else {
          f(data, i);
        }
      });
    };
    auto lent = lend_reader();
    position const logged{static_cast<std::int64_t>(placed_)};
    if (b >= logged) {
      if (a <= logged) {
        if (auto ok = lent.reader.scan(places_[static_cast<std::size_t>(a.value - 1)], end(), take); !ok)
          return ok.error();
      }
      if (b > logged) {
        auto const staged = [&](file::frame const& frame) -> result<void> {
          auto const at = file::position_in(frame.number);
          bool const asked = at >= a.value && at <= b.value;
          return frame.kind == static_cast<std::uint8_t>(file::record::event) && asked ? take(frame) : result<void>{};
        };
        if (auto ok = file::detail::visit_frames({batch_.data(), batch_.size()}, {}, staged); !ok) return ok.error();
      }
      if (!whole) return broken;
      return seen;
    }
    for (auto p = a; p <= b; p = p.next()) {
      auto const frame = lent.reader.at(places_[static_cast<std::size_t>(p.value - 1)], end());
      if (!frame) return frame.error();
      if (auto ok = take(*frame); !ok) return ok.error();
    }
    if (!whole) return broken;
    return seen;
  }
  // Calls `g` with the stored event of revision `r`, and gives what it gives; false where there is none.
  template <class G>
  result<bool> visit_at(stream_node& s, revision r, G&& g) {
    if (r < s.first || r > s.last()) return false;
    auto const where = s.events[static_cast<std::size_t>(r.value - s.first.value)];
    if (where.segment() == 0) return false;  // only staged, hence no old event
    auto lent = lend_reader();
    auto const frame = lent.reader.at(where, end());
    if (!frame) return frame.error();
    result<bool> said = false;
    auto const ok =
        decode<any_stored>(*frame, frame->payload, s, r, [&](auto const& event, info const&) { said = g(event); });
    if (!ok) return ok.error();
    return said;
  }

 private:
  friend file_recovery<file_engine>;
  using types_type = event_types<any_stored, codec>;
  static constexpr std::size_t unseen = static_cast<std::size_t>(-1);

  struct dirty_run {
    stream_node* stream;
    std::size_t first, count;
  };
  file_engine() = default;

  file_table_node* make_table(name const& n, std::uint64_t shape) {
    tables_.reserve(1);
    auto* t = new file_table_node(n, shape);
    tables_.exchange(t);
    return t;
  }
  reader_type take_reader() {
    if (!spare_) return log_->read();
    reader_type r = std::move(*spare_);
    spare_.reset();
    return r;
  }

  void define(file::record kind, std::uint32_t id, std::uint64_t number, name const& n) {
    auto const s = n.view();
    batch_.begin_frame(static_cast<std::uint8_t>(kind), id, number);
    std::memcpy(batch_.extend(s.size()), s.data(), s.size());
    batch_.end_frame();
  }
  void define(stream_node& s, std::uint16_t type) {
    if (s.id != stream_node::no_id) return;
    stream_ids_.reserve(stream_ids_.size() + 1);
    auto const id = static_cast<std::uint32_t>(stream_ids_.size());
    define(file::record::stream, id, type, s.key());
    stream_ids_.push_back(&s);
    s.id = id;
  }
  // Staged events of one stream in a row are one run; `prepare` made room for it.
  void note_dirty(stream_node& s) {
    auto const at = s.events.size();
    if (!dirty_.empty() && dirty_.back().stream == &s && dirty_.back().first + dirty_.back().count == at)
      ++dirty_.back().count;
    else
      dirty_.push_back({&s, at, 1});
  }
  void rewind(staging const& to) noexcept {
    batch_.rewind(to.batch_);
    types_.rewind(to.types_);
    for (; stream_ids_.size() > to.streams_; stream_ids_.pop_back()) stream_ids_.back()->id = stream_node::no_id;
    for (; table_ids_.size() > to.tables_; table_ids_.pop_back()) table_ids_.back()->id = file_table_node::no_id;
  }

  std::optional<log_type> log_{};
  file::batch batch_{};
  std::optional<reader_type> spare_{};
  types_type types_{};
  stream_nodes<schema, stream_node, stream_type> streams_{};
  std::vector<stream_node*> stream_ids_{};
  name_table<file_table_node> tables_{};
  std::vector<file_table_node*> table_ids_{};
  std::vector<dirty_run> dirty_{};
  std::vector<file::location> places_{};  // by position, under global_order
  std::size_t placed_ = 0;
  position position_{};
  position gone_{};
  int scans_ = 0;
  int staging_ = 0;
  [[no_unique_address]] clock_type clock_{};
  [[no_unique_address]] gate_type gate_{};
  [[no_unique_address]] typename group_for<groups, concurrency>::type group_{};
};

}  // namespace ab::detail
