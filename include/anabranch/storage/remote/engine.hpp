/// @file
/// A store that another process keeps: what is known of it here, and how it is asked.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/detail/name_table.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/detail/type_token.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/policies/concurrency.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/remote/message.hpp"
#include "anabranch/storage/remote/record.hpp"
#include "anabranch/storage/remote/requests.hpp"
#include "anabranch/storage/remote/schema_id.hpp"
#include "anabranch/storage/remote/stream.hpp"
#include "anabranch/storage/remote/table.hpp"
#include "anabranch/storage/remote/transport.hpp"
#include "anabranch/storage/schema.hpp"
#include "anabranch/storage/stream_nodes.hpp"
#include "anabranch/storage/transaction.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

// What a commit has looked at or writes to, in order. Adding to it can't fail.
template <class Node>
class reliance {
 public:
  void add(Node& n) noexcept {
    if (std::exchange(n.relied_on, true)) return;
    n.place = size_++;
    (last_ != nullptr ? last_->next_relied_on : first_) = &n;
    last_ = &n;
  }
  std::uint32_t size() const noexcept { return size_; }
  template <class F>
  void each(F&& f) const {
    for (auto* n = first_; n != nullptr; n = n->next_relied_on) f(*n);
  }
  template <class F>
  void clear(F&& f) noexcept {
    for (auto* n = first_; n != nullptr;) {
      auto* const gone = std::exchange(n, n->next_relied_on);
      gone->relied_on = false;
      gone->next_relied_on = nullptr;
      f(*gone);
    }
    *this = {};
  }

 private:
  Node* first_ = nullptr;
  Node* last_ = nullptr;
  std::uint32_t size_ = 0;
};

// Keeps no data. A commit runs here against what is known, and is sent with what it relied on; where that no longer holds,
// the server says what does, and the commit is staged again.
template <class Schema, class Transport>
class remote_engine {
 public:
  using schema = Schema;
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
  using recorded_type = recorded<any_event, info>;
  using payload = remote_payload<schema>;
  using stream_node = remote_stream_node<remote_engine>;
  using table_node = remote_table_node<remote_engine>;
  template <class E>
  using stream_type = remote_stream<remote_engine, E>;
  template <class T>
  using table_type = remote_table<remote_engine, T>;

  // A scan in a check is of the store at some position, and the commit relies on that.
  static constexpr bool scans_in_checks = schema::global;
  static constexpr bool stages_again = true;
  template <class E>
  static constexpr bool borrows = codec::template borrows<E>;

  template <class T>
  static consteval std::uint64_t shape_of() {
    return codec::template shape<T>();
  }

  static result<remote_engine*> open(Transport t) {
    struct owner {
      remote_engine* engine;
      explicit owner(Transport&& t) : engine(new remote_engine(std::move(t))) {}
      owner(owner const&) = delete;
      owner& operator=(owner const&) = delete;
      ~owner() { delete engine; }
    } fresh(std::move(t));
    auto const welcome = fresh.engine->ask(remote::hello{remote::protocol_version, schema_id<schema>()});
    if (!welcome) return welcome.error();
    if (auto const ok = fresh.engine->learn(*welcome); !ok) return ok.error();
    return std::exchange(fresh.engine, nullptr);
  }
  remote_engine(remote_engine const&) = delete;
  remote_engine& operator=(remote_engine const&) = delete;
  ~remote_engine() {
    tables_.each([](table_node& t) { delete &t; });
  }

  // The stream of that name, made where there is none; never null. The first time the server is asked.
  template <class E>
  stream_type<E>* stream(name const& n) {
    hold const lock(gate_);
    if (auto* s = streams_.template find<E>(n, *this)) return s;
    auto const id = remote::stream_id{static_cast<std::uint32_t>(schema::template family_index<E>), std::string(n)};
    auto const told = ask(remote::get_head{id});
    if (!told && told.error() == errc::wrong_family) return streams_.template clash<E>(n, *this);
    auto* s = streams_.template make<E>(n, *this);
    (void)learn(told, s);
    return s;
  }

  // The table of that name; an error where it holds values of another shape, or can't be asked for.
  template <class T>
  result<table_type<T>*> table(name const& n) {
    codec::template require<T>();
    static_assert(!codec::template borrows<T>,
                  "ab::kv: this type points into bytes that it doesn't own; keep a std::string "
                  "or std::vector instead of a view");
    hold const lock(gate_);
    if (auto* t = tables_.find(n)) {
      if (t->type == &type_token<T>) return static_cast<table_type<T>*>(t);
      return wrong_table(n);
    }
    constexpr auto shape = codec::template shape<T>();
    if (auto const ok = ask(remote::open_table{{std::string(n), shape}}); !ok) return ok.error();
    tables_.reserve(1);
    auto* t = new table_type<T>(n, shape, &type_token<T>, *this);
    tables_.exchange(t);
    return t;
  }

  template <class... Ops>
  result<outcomes<Ops...>> commit(Ops&... ops) {
    hold const lock(gate_);
    if constexpr (concurrency::shared) {
      if (lock.reentered()) return commit_inside_callback();
    }
    if (in_commit() || scans_ > 0) return commit_inside_callback();
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      refusal err;
      transaction const tx(*this);
      if (run(*this, err, ops...)) return outcome_of(ops...);
      // What refused it is what was known here, which may be out of date.
      if (std::vector<remote::change> none; !trouble_ && !changed_ && sends(none)) return err;
      if (trouble_) return *trouble_;
    }
    return error(errc::busy, "others commit to the same streams and keys faster than this one can", "try again later");
  }
  // All operations of a commit are staged: send it.
  bool finish(refusal& err) {
    if (trouble_ || !sends(changes_)) {
      if (trouble_) err = *trouble_;
      return false;
    }
    written_ = true;
    streams_relied_on_.each([](stream_node const& s) { s.head.last += std::exchange(s.staged, 0); });
    position_.value += std::exchange(staged_, 0);
    return true;
  }

  hold guard() const { return hold(gate_); }
  clock_type& clock() noexcept { return clock_; }
  stamp now() noexcept { return clock_.now(); }
  result<void> sync() {
    hold const lock(gate_);
    auto const ok = ask(remote::sync{});
    if (!ok) return ok.error();
    return {};
  }

  template <class F>
  void each_stream(F&& f) {
    auto const all = ask(remote::list_streams{});
    if (all) (void)learn(*all);
    depth const here(knowing_);
    streams_.each(f);
  }
  // Calls `f(name, keys)` for each table of the server.
  template <class F>
  void each_table(F&& f) {
    auto const all = ask(remote::list_tables{});
    if (!all) return;
    for (auto const& t : all->tables) {
      if (auto const n = recalled_name(t.name)) f(*n, static_cast<std::size_t>(t.keys));
    }
  }

  position last_position() {
    if (in_commit()) {
      relies_on_position_ = true;
    } else if (knowing_ == 0) {
      if (auto const told = ask(remote::get_head{})) (void)learn(*told);
    }
    return {position_.value + staged_};
  }
  // Calls `f(data, info)` for each event of `r`, in commit order. Gives the position of the last.
  template <class F>
  result<position> scan(place_range<position> r, F&& f) {
    if (has_staged()) return read_of_staged();
    if (in_commit()) relies_on_position_ = true;
    remote::read_store request{r.first.value, r.last.value, !r.names_first()};
    depth const guard(scans_);
    position seen{};
    for (;;) {
      auto const page = ask(request);
      if (!page) return page.error();
      if (!goes_on(*page, request)) return malformed_message("a part of a store that doesn't go on");
      std::vector<stream_node const*> about;
      for (auto const& id : page->streams) {
        auto const* s = known_stream(id);
        if (s == nullptr) return malformed_message("an event of a stream that can't be");
        about.push_back(s);
      }
      auto const ok = each_record<any_event>(
          *page, [&](std::uint32_t i) { return i < about.size() ? about[i] : nullptr; },
          [&](auto&& data, info const& i) { f(std::as_const(data), i); });
      if (!ok) return ok.error();
      if (page->through > seen.value) seen.value = page->through;
      if (!page->more) return seen;
      request.first = page->next;
      request.last = page->through;
    }
  }

  // --- for its streams and tables -----------------------------------------------------------------------------------

  // A request and its reply.
  template <class Request>
  result<typename Request::reply> ask(Request const& r) {
    auto const told = answer_to(r);
    if (!told) return told.error();
    return take_message<typename Request::reply>(bytes_view(*told).subspan(1));
  }

  bool in_commit() const noexcept { return in_commit_ > 0; }
  bool has_staged() const noexcept { return staged_ > 0; }
  position_type staged_position() noexcept {
    if constexpr (schema::global) {
      relies_on_position_ = true;
      return {position_.value + staged_};
    } else {
      return {};
    }
  }

  void look_at(stream_node const& s) {
    if (in_commit())
      rely_on(s);
    else if (knowing_ == 0 && !s.clash)
      (void)learn(ask(remote::get_head{s.id()}), &s);
  }
  void look_up(table_node& t, remote_slot& s) {
    if (trouble_) return;
    auto found = ask(remote::get_value{t.id(), std::string(s.key())});
    if (!found) {
      trouble_ = found.error();
      return;
    }
    s.asked = true;
    if (!found->is) return;
    s.entry = new remote_entry{s.key(), found->value};
    s.found = std::move(found->value);
  }
  bool was_answered(refusal& err) {
    if (!trouble_) return true;
    err = *trouble_;
    if (!in_commit()) trouble_.reset();
    return false;
  }
  void rely_on(stream_node const& s) noexcept {
    if (!s.clash) streams_relied_on_.add(s);
  }
  void rely_on(table_node& t) noexcept {
    if (in_commit()) tables_relied_on_.add(t);
  }

  template <class T>
  void stage_event(stream_node const& s, std::size_t type, T const& value, stamp const& at, meta const& with) {
    rely_on(s);
    remote::change c;
    c.target = s.place;
    c.number = static_cast<std::int64_t>(type);
    payload::put(c.value, value, at, with);
    changes_.push_back(std::move(c));
    ++s.staged;
    ++staged_;
  }
  // The changes go when the commit does.
  void unstage_events(stream_node const& s, std::size_t n) noexcept {
    s.staged -= static_cast<std::int64_t>(n);
    staged_ -= static_cast<std::int64_t>(n);
  }
  void stage_truncation(stream_node const& s, revision last_gone) {
    rely_on(s);
    remote::change c;
    c.kind = remote::change::truncate;
    c.target = s.place;
    c.number = last_gone.value;
    changes_.push_back(std::move(c));
  }
  void stage_put(table_node& t, remote_entry const& e) { stage_key(t, remote::change::put, e.key(), e.value); }
  void stage_erase(table_node& t, name const& key) { stage_key(t, remote::change::erase, key, {}); }

  // Calls `use(data, info)` with the events of `r` where the commit that is ending has written just these: a truncation of the same
  // commit has taken them away already. Whether it has.
  template <class E, class Stream, class Use>
  result<bool> each_written(Stream const& s, place_range<revision> r, Use&& use) {
    if (!written_) return false;
    std::int64_t of_stream = 0, all = 0;
    for (auto const& c : changes_) {
      if (c.kind != remote::change::append) continue;
      ++all;
      if (c.target != s.place) continue;
      ++of_stream;
      if (!is_todays<E, typename Stream::stored>(c.number)) return false;  // the server lifts it
    }
    auto at = s.head.last - of_stream;
    auto place = position_.value - all;
    if (r.first.value <= at || r.last.value > s.head.last) return false;
    for (auto const& c : changes_) {
      if (c.kind != remote::change::append) continue;
      ++place;
      if (c.target != s.place || ++at < r.first.value || at > r.last.value) continue;
      info i{s.key(), revision{at}, {}, {}, {}, {}};
      if constexpr (schema::global) i.position = {place};
      bytes_view data(c.value);
      if (auto const ok = payload::take(data, i.at, i.meta); !ok) return ok.error();
      auto const ok = with_index<Stream::stored::size>(static_cast<std::size_t>(c.number), [&](auto k) -> result<void> {
        using T = typename Stream::stored::template type<k>;
        if constexpr (E::template has<T>) {
          auto value = payload::template data<T>(data);
          if (!value) return value.error();
          use(*std::move(value), i);
        }
        return {};
      });
      if (!ok) return ok.error();
    }
    return true;
  }

  // Decodes the events of a page, as a stream of family `E` may hold them, and calls `use(data, info)` with each.
  template <class E, class About, class Use>
  result<void> each_record(remote::page const& page, About&& about, Use&& use) {
    bytes_view left(page.records);
    while (!left.empty()) {
      constexpr auto header_size = canonical_codec::template least_size<remote::record_header>;
      if (left.size() < header_size) return malformed_message("an event that is cut off");
      auto const h = canonical_codec::template decode<remote::record_header>(left.first(header_size));
      if (!h) return h.error();
      left = left.subspan(header_size);
      auto const* s = about(h->stream);
      bool const somewhere = h->revision >= schema::first_revision && h->revision <= most_places;
      if (h->size > left.size() || s == nullptr || h->type >= E::size || !somewhere)
        return malformed_message("an event");
      auto data = left.first(h->size);
      left = left.subspan(h->size);
      info i{s->key(), revision{h->revision}, {}, {}, {}, {}};
      if constexpr (schema::global) i.position = {h->position};
      if constexpr (schema::lifts) i.part = h->part;
      if (auto const ok = payload::take(data, i.at, i.meta); !ok) return ok.error().at(s->key().view());
      auto const ok = with_index<E::size>(h->type, [&](auto k) -> result<void> {
        auto value = payload::template data<typename E::template type<k>>(data);
        if (!value) return value.error().at(text<120>(s->key().view()).append(" revision ").append(h->revision));
        use(*std::move(value), i);
        return {};
      });
      if (!ok) return ok.error();
    }
    return {};
  }

 private:
  static constexpr int most_attempts = 1000;
  // Of a stream or a store: so many that no sum with what a commit writes overflows.
  static constexpr std::int64_t most_places = INT64_MAX / 2;
  static bool can_be(remote::head const& h) noexcept {
    return h.first >= schema::first_revision && h.last >= h.first - 1 && h.last <= most_places;
  }
  // What one attempt at a commit relies on and stages; gone with it.
  class transaction {
   public:
    explicit transaction(remote_engine& e) noexcept : engine_(e), here_(e.in_commit_), before_(e.clock_) {
      if constexpr (std::is_copy_assignable_v<clock_type>) e.clock_before_ = &before_;
    }
    transaction(transaction const&) = delete;
    transaction& operator=(transaction const&) = delete;
    ~transaction() { engine_.end_commit(); }

   private:
    struct no_copy {
      explicit no_copy(clock_type const&) noexcept {}
    };
    remote_engine& engine_;
    depth here_;
    std::conditional_t<std::is_copy_assignable_v<clock_type>, clock_type, no_copy> before_;
  };

  template <class E, class Stored>
  static bool is_todays(std::int64_t type) {
    return with_index<Stored::size>(static_cast<std::size_t>(type),
                                    [](auto k) { return E::template has<typename Stored::template type<k>>; });
  }

  explicit remote_engine(Transport&& t) : transport_(std::move(t)) {}

  // One that the server names. Null where it can't be.
  stream_node* known_stream(remote::stream_id const& id) {
    if (id.family >= schema::family_count) return nullptr;
    if (auto* s = streams_.find(id.name)) return s->family == id.family ? s : nullptr;
    auto const n = recalled_name(id.name);
    if (!n) return nullptr;
    return with_index<schema::family_count>(id.family, [&](auto i) -> stream_node* {
      return streams_.template make<typename schema::template family<i>>(*n, *this);
    });
  }

  result<void> learn(result<remote::heads> const& told, stream_node const* s) {
    if (!told) return told.error();
    if (told->streams.size() != 1 || !can_be(told->streams.front())) return malformed_message("where a stream stands");
    if (!s->relied_on) s->know(told->streams.front());
    return learn(*told);
  }
  result<void> learn_relied_on(remote::heads const& h) {
    if (h.streams.size() != streams_relied_on_.size()) return malformed_message("where the streams stand");
    for (auto const& s : h.streams) {
      if (!can_be(s)) return malformed_message("where the streams stand");
    }
    streams_relied_on_.each([&](stream_node const& s) { s.know(h.streams[s.place]); });
    relies_on_position_ = false;
    return learn(h);
  }
  // What the commit under way has gone by already stays as it is: the server is asked about just that.
  result<void> learn(remote::heads const& h) {
    if (h.position < 0 || h.position > most_places) return malformed_message("where the store stands");
    if (!relies_on_position_) position_.value = h.position;
    if constexpr (!std::is_empty_v<stamp>) {
      if (!h.newest.empty()) {
        auto const newest = canonical_codec::template decode<stamp>(h.newest);
        if (!newest) return newest.error();
        clock_.observe(*newest);
      }
    }
    return {};
  }
  result<void> learn(remote::list_streams::all const& all) {
    if (all.streams.size() != all.heads.size()) return malformed_message("where the streams stand");
    for (std::size_t i = 0; i < all.streams.size(); ++i) {
      if (!can_be(all.heads[i])) return malformed_message("where the streams stand");
      if (auto* s = known_stream(all.streams[i]); s != nullptr && !s->relied_on) s->know(all.heads[i]);
    }
    return {};
  }

  void stage_key(table_node& t, std::uint8_t kind, name const& key, bytes const& value) {
    rely_on(t);
    remote::change c;
    c.kind = kind;
    c.target = t.place;
    c.key = std::string(key.view());
    c.value = value;
    changes_.push_back(std::move(c));
  }

  // Whether the server finds what is relied on unchanged, and has made the changes. Otherwise either what is so by now is
  // known, or there is trouble.
  bool sends(std::vector<remote::change>& changes) {
    remote::commit c;
    streams_relied_on_.each([&](stream_node const& s) { c.streams.push_back({s.id(), s.head.first, s.head.last}); });
    tables_relied_on_.each([&](table_node const& t) {
      c.tables.push_back(t.id());
      t.slots.each([&](remote_slot const& s) {
        if (s.asked)
          c.values.push_back({t.place, std::string(s.key()), s.found.has_value(), s.found.value_or(bytes{})});
      });
    });
    c.knows_position = relies_on_position_;
    c.position = position_.value;
    c.changes = std::move(changes);
    if (c.streams.empty() && c.values.empty() && !c.knows_position && c.changes.empty()) return true;

    auto const told = answer_to(c);
    changes = std::move(c.changes);
    if (!told) return trouble_ = told.error(), false;
    if (told->front() == static_cast<std::byte>(remote::answer::done)) return true;
    if constexpr (std::is_copy_assignable_v<clock_type>) clock_ = *clock_before_;  // no stamp is skipped
    auto const now = take_message<remote::heads>(bytes_view(*told).subspan(1));
    auto const ok = now ? learn_relied_on(*now) : result<void>(now.error());
    if (!ok) return trouble_ = ok.error(), false;
    changed_ = true;
    return false;
  }

  // The answer to a request: done or changed, and its bytes.
  template <class Request>
  result<bytes> answer_to(Request const& r) {
    auto told = transport_.call(request_bytes(r));
    if (!told) return told.error();
    if (told->empty()) return malformed_message("an answer of no bytes");
    switch (static_cast<remote::answer>(told->front())) {
      case remote::answer::done: return told;
      case remote::answer::changed:
        if (std::is_same_v<Request, remote::commit>) return told;
        break;
      case remote::answer::refused: return refusal_from(bytes_view(*told).subspan(1));
    }
    return malformed_message("an answer to another request");
  }

  void end_commit() noexcept {
    streams_relied_on_.clear([](stream_node const& s) { s.staged = 0; });
    tables_relied_on_.clear([](table_node& t) { t.forget(); });
    relies_on_position_ = false;
    staged_ = 0;
    changes_.clear();
    changed_ = written_ = false;
    trouble_.reset();
  }

  Transport transport_;
  stream_nodes<schema, stream_node, stream_type> streams_{};
  name_table<table_node> tables_{};
  position position_{};
  std::vector<remote::change> changes_{};
  std::int64_t staged_ = 0;
  bool relies_on_position_ = false;
  reliance<stream_node const> streams_relied_on_{};
  reliance<table_node> tables_relied_on_{};
  bool changed_ = false;
  bool written_ = false;
  std::optional<error> trouble_{};
  int in_commit_ = 0;
  int knowing_ = 0;
  int scans_ = 0;
  clock_type const* clock_before_ = nullptr;  // of the commit that is under way
  [[no_unique_address]] clock_type clock_{};
  [[no_unique_address]] gate_type gate_{};
};

}  // namespace ab::detail
