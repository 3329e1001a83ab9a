/// @file
/// `ab::remote::server`: answers the requests of `ab::remote_storage` with a store.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/remote/detail/commit_operation.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/remote/message.hpp"
#include "anabranch/storage/remote/record.hpp"
#include "anabranch/storage/remote/requests.hpp"
#include "anabranch/storage/remote/schema_id.hpp"
#include "anabranch/store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::detail {

// The newest stamp that a clock knows of. One that can't say is asked once for its next, which is after all others; then what
// goes through is noted.
template <class Clock, bool Says = requires(Clock const& c) { c.latest(); }>
struct newest_stamp {
  explicit newest_stamp(Clock const&) noexcept {}
  void note(typename Clock::stamp const&) noexcept {}
  typename Clock::stamp of(Clock const& c) const noexcept { return c.latest(); }
};
template <class Clock>
struct newest_stamp<Clock, false> {
  typename Clock::stamp newest;
  explicit newest_stamp(Clock c) noexcept : newest(c.now()) {}
  void note(typename Clock::stamp const& s) noexcept {
    if (newest < s) newest = s;
  }
  typename Clock::stamp of(Clock const&) const noexcept { return newest; }
};

}  // namespace ab::detail

namespace ab::remote {

/// Serves a store, on whatever storage, to programs that open it with `ab::remote_storage` and the same families and policies.
///
/// A request it doesn't know, or can't read, is answered with an error that says so (`unknown_request`, `malformed`), whatever the
/// bytes, and changes nothing. Tables of a store in memory that clients use are theirs: the serving program reaches them through
/// a transport as well. Valid while the store lives and stays where it is.
/// Threads: as the store's concurrency policy says; several connections at once need `ab::locked`.
template <class Store>
class server {
  using engine = std::remove_reference_t<decltype(ab::detail::store_access::engine(std::declval<Store&>()))>;
  using schema = typename engine::schema;
  using stamp = typename schema::stamp;
  using payload = ab::detail::remote_payload<schema>;
  static constexpr bool keeps_bytes = requires { engine::template borrows<typename schema::any_event>; };
  static_assert(
      keeps_bytes || !schema::codec::template borrows<typename schema::any_stored>,
      "ab::remote::server: an event of this store points into bytes that it doesn't own, and would outlive the "
      "request that brings it; keep a std::string or std::vector instead of a view, or serve a store in files");

 public:
  explicit server(Store& s) noexcept : engine_(&ab::detail::store_access::engine(s)), newest_(engine_->clock()) {}
  server(server const&) = delete;
  server& operator=(server const&) = delete;

  /// The answer to a request, whatever its bytes. May throw `bad_alloc`; then nothing was changed.
  bytes answer(bytes_view request) {
    if (request.size() < 2) return ab::detail::refusal_bytes(ab::detail::malformed_message("a request of no kind"));
    auto const tag =
        static_cast<std::uint16_t>(std::to_integer<unsigned>(request[0]) | std::to_integer<unsigned>(request[1]) << 8U);
    return answer_one<hello, get_head, read_stream, read_store, check_boundary, open_table, get_value, get_keys,
                      list_streams, list_tables, sync, commit>(tag, request.subspan(2));
  }

 private:
  // How much of a stream is read at a time: about as much as this, and as many events as that at the most.
  static constexpr std::size_t page_bytes = std::size_t{1} << 20U;
  static constexpr std::int64_t page_events = 1024;

  template <class Request, class... Others>
  bytes answer_one(std::uint16_t tag, bytes_view body) {
    if (tag == Request::tag) {
      auto const request = ab::detail::take_message<Request>(body);
      if (!request) return ab::detail::refusal_bytes(request.error());
      return to(*request);
    }
    if constexpr (sizeof...(Others) > 0) {
      return answer_one<Others...>(tag, body);
    } else {
      return ab::detail::refusal_bytes(error(errc::unknown_request, "the server doesn't know this kind of request",
                                             "use the same version of the library on both sides",
                                             text<120>("request ").append(std::int64_t{tag})));
    }
  }
  template <class Reply>
  static bytes done(result<Reply> const& reply) {
    if (!reply) return ab::detail::refusal_bytes(reply.error());
    return ab::detail::answer_bytes(ab::remote::answer::done, *reply);
  }
  static bytes done(result<void> const& reply) {
    if (!reply) return ab::detail::refusal_bytes(reply.error());
    return ab::detail::answer_bytes(ab::remote::answer::done);
  }
  static bytes refused(error const& e) { return ab::detail::refusal_bytes(e); }

  // Calls `f(stream)` with the stream of that name, and gives what it gives.
  template <class Reply, class F>
  result<Reply> with_stream(stream_id const& id, F&& f) {
    auto const n = ab::detail::recalled_name(id.name);
    if (!n) return n.error();
    if (id.family >= schema::family_count) return ab::detail::malformed_message("a stream of no family");
    return ab::detail::with_index<schema::family_count>(id.family, [&](auto i) -> result<Reply> {
      auto& s = *engine_->template stream<typename schema::template family<i>>(*n);
      auto const lock = engine_->guard();
      ab::detail::refusal err;
      if (!s.usable(err)) return err;
      return f(s);
    });
  }
  auto table_of(table_id const& id) -> decltype(std::declval<engine&>().bytes_table(std::declval<name const&>(), 0)) {
    auto const n = ab::detail::recalled_name(id.name);
    if (!n) return n.error();
    return engine_->bytes_table(*n, id.shape);
  }
  template <class Stream>
  static head head_of(Stream const& s) {
    return {s.first().value, s.last().value, s.stored_bytes()};
  }
  // What goes along with every `heads`.
  void put_store(heads& h) {
    if constexpr (schema::global) h.position = engine_->last_position().value;
    if constexpr (!std::is_empty_v<stamp>) {
      ab::detail::appending sink{h.newest};
      canonical_codec::encode(newest_.of(engine_->clock()), sink);
    }
  }

  bytes to(hello const& h) {
    if (h.version != protocol_version) {
      return refused(error(errc::wrong_format, "the client speaks another version of the protocol",
                           "use the same version of the library on both sides")
                         .with(std::int64_t{protocol_version}, std::int64_t{h.version}));
    }
    if (h.schema != ab::detail::schema_id<schema>()) {
      return refused({errc::wrong_format, "the client's store has other events or policies than the server's",
                      "build both from the same event definitions, families and policies"});
    }
    heads now;
    auto const lock = engine_->guard();
    put_store(now);
    return ab::detail::answer_bytes(ab::remote::answer::done, now);
  }
  bytes to(get_head const& r) {
    if (r.stream.name.empty()) {
      heads now;
      auto const lock = engine_->guard();
      put_store(now);
      return ab::detail::answer_bytes(ab::remote::answer::done, now);
    }
    return done(with_stream<heads>(r.stream, [&](auto& s) -> result<heads> {
      heads now;
      now.streams.push_back(head_of(s));
      put_store(now);
      return now;
    }));
  }

  // Adds an event to a page; false where that is full, and goes on at `place`.
  template <class T, class Info>
  static bool put_record(page& p, std::size_t type, T const& data, Info const& i, std::uint32_t stream,
                         std::int64_t place) {
    if (p.more) return false;
    if (p.records.size() >= page_bytes && place != p.next) {
      p.more = true;
      p.next = place;
      return false;
    }
    p.next = place;  // of the last that was taken, while there is room
    record_header h{0, stream, static_cast<std::uint32_t>(type), 0, i.revision.value, 0};
    if constexpr (schema::global) h.position = i.position.value;
    if constexpr (schema::lifts) h.part = i.part;
    auto const at = p.records.size();
    ab::detail::appending sink{p.records};
    canonical_codec::encode(h, sink);
    auto const begin = p.records.size();
    payload::put(p.records, data, i.at, i.meta);
    auto const size = p.records.size() - begin;
    for (std::size_t k = 0; k < sizeof h.size; ++k) p.records[at + k] = static_cast<std::byte>(size >> (8 * k) & 0xFFU);
    return true;
  }
  // The part of `first` to `last` that one page is of, where the first that is stored is `oldest`.
  template <class Place>
  static place_range<Place> part_of(std::int64_t first, std::int64_t last, std::int64_t oldest) {
    auto const from = first < oldest ? oldest : first;
    if (from <= last && last - from >= page_events) last = from + page_events - 1;
    return {Place{first}, Place{last}};
  }
  static void close_page(page& p, std::int64_t end, std::int64_t through) {
    p.through = through;
    if (p.more) return;
    p.more = end < through;
    p.next = end + 1;
  }

  bytes to(read_stream const& r) {
    return done(with_stream<page>(r.stream, [&]<class Stream>(Stream& s) -> result<page> {
      page p;
      auto const last = r.last < s.last().value ? r.last : s.last().value;
      auto const oldest = s.first().value;
      auto const part = part_of<revision>(r.stored && r.first < oldest ? oldest : r.first, last, oldest);
      auto const events = s.template read<1>(part);
      if (!events) return events.error();
      for (auto const& e : *events) {
        bool const taken = e.data.visit([&]<class T>(T const& data) {
          return put_record(p, Stream::event_family::template index_of<T>, data, e, 0, e.revision.value);
        });
        if (!taken) break;
      }
      bool const any = last >= (r.first < oldest ? oldest : r.first);
      close_page(p, part.last.value, any ? last : Stream::none().value);
      if (!any) p.more = false;
      return p;
    }));
  }
  bytes to(read_store const& r) {
    if constexpr (!schema::global) {
      return refused({errc::unknown_request, "the server's store keeps no order among its streams",
                      "name ab::global_order among its policies"});
    } else {
      auto const lock = engine_->guard();
      page p;
      auto const end = engine_->last_position().value;
      auto const last = r.last < end ? r.last : end;
      auto const part = part_of<position>(r.first, last, 1);
      std::vector<std::string_view> known;
      auto const take = [&]<class T>(T const& data, auto const& i) {
        std::size_t at = 0;
        while (at < known.size() && known[at].data() != i.stream.data()) ++at;  // names of a store never move
        constexpr auto family = schema::template family_index<typename schema::template family_of<T>>;
        if (at == known.size()) {
          known.push_back(i.stream);
          p.streams.push_back({static_cast<std::uint32_t>(family), std::string(i.stream)});
        }
        put_record(p, schema::any_event::template index_of<T>, data, i, static_cast<std::uint32_t>(at),
                   i.position.value);
      };
      auto const seen = engine_->scan(part, take, r.stored);
      if (!seen) return refused(seen.error());
      bool const any = last >= (r.first < 1 ? 1 : r.first);
      close_page(p, part.last.value, any ? last : 0);
      if (!any) p.more = false;
      return ab::detail::answer_bytes(ab::remote::answer::done, p);
    }
  }
  bytes to(check_boundary const& r) {
    return done(with_stream<nothing>(r.stream, [&](auto& s) -> result<nothing> {
      if (auto const ok = s.check_boundary({r.revision}); !ok) return ok.error();
      return nothing{};
    }));
  }

  bytes to(open_table const& r) {
    auto const t = table_of(r.table);
    if (!t) return refused(t.error());
    return ab::detail::answer_bytes(ab::remote::answer::done);
  }
  bytes to(get_value const& r) {
    auto const t = table_of(r.table);
    if (!t) return refused(t.error());
    auto const lock = engine_->guard();
    get_value::found found;
    if (auto const* e = t->find(r.key)) {
      auto const value = t->bytes_of(*e);
      found = {true, bytes(value.begin(), value.end())};
    }
    return ab::detail::answer_bytes(ab::remote::answer::done, found);
  }
  bytes to(get_keys const& r) {
    auto const t = table_of(r.table);
    if (!t) return refused(t.error());
    auto const lock = engine_->guard();
    get_keys::all all;
    all.keys.reserve(t->size());
    t->each_key([&](name const& k) { all.keys.emplace_back(k.view()); });
    return ab::detail::answer_bytes(ab::remote::answer::done, all);
  }
  bytes to(list_streams const&) {
    auto const lock = engine_->guard();
    list_streams::all all;
    engine_->each_stream([&]<class Stream>(Stream const& s) {
      constexpr auto family = schema::template family_index<typename Stream::event_family>;
      all.streams.push_back({static_cast<std::uint32_t>(family), std::string(s.key().view())});
      all.heads.push_back(head_of(s));
    });
    return ab::detail::answer_bytes(ab::remote::answer::done, all);
  }
  bytes to(list_tables const&) {
    auto const lock = engine_->guard();
    list_tables::all all;
    engine_->each_table([&](name const& n, std::size_t keys) { all.tables.push_back({std::string(n.view()), keys}); });
    return ab::detail::answer_bytes(ab::remote::answer::done, all);
  }
  bytes to(sync const&) {
    if constexpr (requires { engine_->sync(); }) {
      return done(engine_->sync());
    } else {
      return ab::detail::answer_bytes(ab::remote::answer::done);
    }
  }
  bytes to(commit const& c) {
    auto taken = ab::detail::answer_bytes(ab::remote::answer::done);  // before: nothing may fail afterwards
    ab::detail::served_commit op(*engine_, c, newest_);
    if (auto const ok = op.prepare(); !ok) return refused(ok.error());
    auto const ok = engine_->commit(op);
    if (ok) return taken;
    if (!op.changed()) return refused(ok.error());
    auto const lock = engine_->guard();
    put_store(op.now());
    return ab::detail::answer_bytes(ab::remote::answer::changed, op.now());
  }

  engine* engine_;
  ab::detail::newest_stamp<typename schema::clock> newest_;
};

template <class Store>
server(Store&) -> server<Store>;

}  // namespace ab::remote
