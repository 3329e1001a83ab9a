/// @file
/// How a store's index is found again in its log.
#pragma once

#include "anabranch/codec/canonical.hpp"
#include "anabranch/core/bytes.hpp"
#include "anabranch/core/definition.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/file/format.hpp"
#include "anabranch/storage/file/frame.hpp"
#include "anabranch/storage/file/records.hpp"
#include "anabranch/storage/file/table.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ab::detail {

// Visits the frames of whole commits, in order. The log has checked their bytes; here it is checked that they make sense.
template <class Engine>
class file_recovery {
  using schema = typename Engine::schema;
  using stamp = typename schema::stamp;
  using stream_node = typename Engine::stream_node;

 public:
  explicit file_recovery(Engine& e) noexcept : engine_(e) {}

  // What a store keeps of the policies it was made with: those without which its bytes can't be read.
  static text<200> configuration() {
    auto const codec = definition_of<typename schema::codec>;
    text<200> t("anabranch store 1; codec ");
    t.append(codec.name).append(" ").append(std::int64_t{codec.version});
    t.append("; stamp ").append(std::is_empty_v<stamp> ? std::int64_t{0} : static_cast<std::int64_t>(sizeof(stamp)));
    if constexpr (!std::is_empty_v<typename schema::meta>) {
      t.append("; metadata ")
          .append(static_cast<std::int64_t>(schema::codec::template shape<typename schema::meta>() >> 1U));
    }
    t.append("; revisions from ").append(schema::first_revision);
    return t;
  }
  result<void> configured(bytes_view stored) const {
    std::string_view const s(reinterpret_cast<char const*>(stored.data()), stored.size());
    if (s == configuration().view()) return {};
    return error(errc::wrong_format, "the store was made with other policies (codec, clock, metadata or revision base)",
                 "open it with the policies it was made with", text<120>(s));
  }

  result<void> operator()(file::frame const& f) {
    switch (static_cast<file::record>(f.kind)) {
      case file::record::event: return event(f);
      case file::record::put: return put(f);
      case file::record::erasure: return erasure(f);
      case file::record::truncation: return truncation(f);
      case file::record::stream: return stream(f);
      case file::record::table: return table(f);
      case file::record::event_type: return engine_.types_.recover(f);
    }
    return error(errc::wrong_format, "the store has a kind of record that this version doesn't know",
                 "open it with a newer version of the library");
  }

 private:
  static error malformed(std::string_view what) noexcept { return Engine::types_type::malformed_record(what); }
  static std::string_view text_of(bytes_view b) noexcept { return {reinterpret_cast<char const*>(b.data()), b.size()}; }
  static result<name> name_of(bytes_view b) { return recalled_name(text_of(b)); }

  result<void> event(file::frame const& f) {
    auto& e = engine_;
    if (f.tag >= e.stream_ids_.size()) return malformed("an event of an unknown stream");
    if (file::position_in(f.number) != e.position_.value + 1) return malformed("an event out of order");
    if (e.types_.index(file::type_in(f.number)) == Engine::types_type::count)
      return malformed("an event of an unknown type");
    if constexpr (!std::is_empty_v<stamp>) {
      constexpr auto size = canonical_codec::template least_size<stamp>;
      if (f.payload.size() < size) return malformed("an event without its time");
      auto const at = canonical_codec::template decode<stamp>(f.payload.first(size));
      if (!at) return at.error();
      e.clock_.observe(*at);
    }
    auto& s = *e.stream_ids_[f.tag];
    s.events.push_back(f.at);
    s.frames += file::format::frame_size(f.payload.size());
    if constexpr (schema::global) {
      e.places_.push_back(f.at);
      e.placed_ = e.places_.size();
    }
    ++e.position_.value;
    return {};
  }

  result<void> stream(file::frame const& f) {
    auto& e = engine_;
    auto const type = f.number < Engine::types_type::no_id ? e.types_.index(static_cast<std::uint16_t>(f.number))
                                                           : Engine::types_type::count;
    auto const n = name_of(f.payload);
    if (f.tag != e.stream_ids_.size() || type == Engine::types_type::count || !n) return malformed("a stream");
    if (e.streams_.find(*n) != nullptr) return malformed("a stream that was there already");
    e.stream_ids_.reserve(e.stream_ids_.size() + 1);
    with_index<Engine::any_stored::size>(type, [&](auto i) {
      using T = typename Engine::any_stored::template type<i>;
      stream_node* s = e.streams_.template make<typename schema::template family_of<T>>(*n, e);
      s->id = f.tag;
      e.stream_ids_.push_back(s);
    });
    return {};
  }

  result<void> truncation(file::frame const& f) {
    if (f.tag >= engine_.stream_ids_.size()) return malformed("a truncation of an unknown stream");
    engine_.stream_ids_[f.tag]->truncate({static_cast<std::int64_t>(f.number)});
    return {};
  }

  result<void> table(file::frame const& f) {
    auto& e = engine_;
    auto const n = name_of(f.payload);
    if (f.tag != e.table_ids_.size() || !n || e.tables_.find(*n) != nullptr) return malformed("a table");
    e.table_ids_.reserve(e.table_ids_.size() + 1);
    auto* t = e.make_table(*n, f.number);
    t->id = f.tag;
    e.table_ids_.push_back(t);
    return {};
  }

  result<void> put(file::frame const& f) {
    if (f.tag >= engine_.table_ids_.size() || f.number > f.payload.size())
      return malformed("a value of an unknown table");
    auto const size = static_cast<std::size_t>(f.number);
    auto k = name_of(f.payload.first(size));
    if (!k) return malformed("a value under a bad key");
    auto const value = f.payload.subspan(size);
    auto& t = *engine_.table_ids_[f.tag];
    t.entries.reserve(1);
    delete t.entries.exchange(new file_entry{*std::move(k), bytes(value.begin(), value.end())});
    return {};
  }

  result<void> erasure(file::frame const& f) {
    if (f.tag >= engine_.table_ids_.size()) return malformed("an erasure in an unknown table");
    delete engine_.table_ids_[f.tag]->entries.extract(text_of(f.payload));
    return {};
  }

  Engine& engine_;
};

}  // namespace ab::detail
