// A client's commit, as one operation on the store that is served.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/one_of.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/remote/message.hpp"
#include "anabranch/storage/remote/record.hpp"
#include "anabranch/storage/remote/requests.hpp"
#include "anabranch/upcast/unknown_event.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace ab::detail {

template <class Engine, class Newest>
class [[nodiscard("an operation does nothing until ab::commit")]] served_commit {
  using schema = typename Engine::schema;
  using stamp = typename schema::stamp;
  using meta = typename schema::meta;
  using payload = remote_payload<schema>;
  template <std::size_t I>
  using stream_of = typename Engine::template stream_type<typename schema::template family<I>>;
  using table_type = typename decltype(std::declval<Engine&>().bytes_table(std::declval<name const&>(), 0))::value_type;
  using entry = typename table_type::entry;

 public:
  using outcome_type = bool;

  served_commit(Engine& e, remote::commit const& c, Newest& newest) noexcept
      : engine_(&e), commit_(&c), newest_(&newest) {}
  served_commit(served_commit const&) = delete;
  served_commit& operator=(served_commit const&) = delete;
  ~served_commit() {
    for (auto const& d : done_) delete d.old;
    delete fresh_;
  }

  // Finds what the commit names, and checks that it can be, before the store is held.
  result<void> prepare() {
    for (auto const& k : commit_->streams) {
      auto const n = recalled_name(k.stream.name);
      if (!n) return n.error();
      if (k.stream.family >= schema::family_count) return malformed_message("a stream of no family");
      streams_.push_back({k.stream.family, with_index<schema::family_count>(k.stream.family, [&](auto i) -> void* {
                            return engine_->template stream<typename schema::template family<i>>(*n);
                          })});
    }
    for (auto const& t : commit_->tables) {
      auto const n = recalled_name(t.name);
      if (!n) return n.error();
      auto table = engine_->bytes_table(*n, t.shape);
      if (!table) return table.error();
      tables_.push_back(*table);
    }
    for (auto const& v : commit_->values) {
      if (v.table >= tables_.size()) return malformed_message("a value of no table");
    }
    for (auto const& c : commit_->changes) {
      bool const of_stream = c.kind == remote::change::append || c.kind == remote::change::truncate;
      if (c.kind > remote::change::erase || c.target >= (of_stream ? streams_.size() : tables_.size()))
        return malformed_message("a change of nothing");
      if (of_stream) continue;
      auto n = recalled_name(c.key);
      if (!n) return n.error();
      keys_.push_back(*std::move(n));
    }
    done_.reserve(commit_->changes.size());
    now_.streams.resize(streams_.size());
    return {};
  }

  Engine& engine() const noexcept { return *engine_; }
  bool check(refusal& err) const {
    bool same = true;
    for (std::size_t i = 0; i < streams_.size(); ++i) {
      bool const ok = on(streams_[i], [&](auto& s) {
        now_.streams[i] = {s.first().value, s.last().value, s.stored_bytes()};
        return s.usable(err);
      });
      if (!ok) return false;
      auto const& known = commit_->streams[i];
      same = same && known.first == now_.streams[i].first && known.last == now_.streams[i].last;
    }
    for (auto const& v : commit_->values) {
      auto const& t = tables_[v.table];
      auto const* e = t.find(v.key);
      bool const as_known = v.is ? e != nullptr && equal(t.bytes_of(*e), v.value) : e == nullptr;
      same = same && as_known;
    }
    if constexpr (schema::global) {
      now_.position = engine_->last_position().value;
      same = same && (!commit_->knows_position || commit_->position == now_.position);
    }
    changed_ = !same;
    if (changed_) err = error(errc::busy, "what a commit relied on has changed", "stage it again");
    return same;
  }
  bool stage(refusal& err) {
    std::size_t key = 0;
    for (auto const& c : commit_->changes) {
      bool const ok = c.kind == remote::change::append     ? append(c, err)
                      : c.kind == remote::change::truncate ? truncate(c, err)
                      : c.kind == remote::change::put      ? put(c, keys_[key++], err)
                                                           : erase(c, keys_[key++], err);
      if (!ok) return undo(), false;
    }
    return true;
  }
  void undo() noexcept {
    while (!done_.empty()) {
      auto const d = done_.back();
      done_.pop_back();
      switch (d.kind) {
        case remote::change::append: on(streams_[d.target], [](auto& s) { s.undo(1); }); break;
        case remote::change::truncate: break;
        default: auto& t = tables_[d.target]; delete (d.old != nullptr ? t.exchange(d.old) : t.extract(*d.key));
      }
    }
  }
  void settle() noexcept {
    for (auto const& d : done_) {
      if (d.kind != remote::change::truncate) continue;
      on(streams_[d.target], [&](auto& s) { s.truncate({d.through}); });
    }
  }
  outcome_type outcome() const noexcept { return true; }

  bool changed() const noexcept { return changed_; }
  remote::heads& now() noexcept { return now_; }

 private:
  struct named_stream {
    std::uint32_t family;
    void* stream;
  };
  struct done_change {
    std::uint8_t kind;
    std::uint32_t target;
    std::int64_t through = 0;
    name const* key = nullptr;
    entry* old = nullptr;
  };

  static bool equal(bytes_view a, bytes_view b) noexcept {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
  }
  template <class F>
  static decltype(auto) on(named_stream const& s, F&& f) {
    return with_index<schema::family_count>(s.family, [&](auto i) { return f(*static_cast<stream_of<i>*>(s.stream)); });
  }

  bool append(remote::change const& c, refusal& err) {
    return on(streams_[c.target], [&]<class Stream>(Stream& s) {
      using stored = typename Stream::stored;
      bytes_view data(c.value);
      stamp at{};
      meta with{};
      if (auto const ok = payload::take(data, at, with); !ok) return err = ok.error(), false;
      if (c.number < 0 || static_cast<std::uint64_t>(c.number) >= stored::size)
        return err = malformed_message("an event of no type"), false;
      return with_index<stored::size>(static_cast<std::size_t>(c.number), [&](auto i) {
        using T = typename stored::template type<i>;
        if constexpr (std::is_same_v<T, unknown_event>) {
          return err = malformed_message("an event of an unknown type can't be appended"), false;
        } else {
          auto value = payload::template data<T>(data);
          if (!value) return err = value.error(), false;
          if (!s.prepare(1, err)) return false;
          engine_->clock().observe(at);
          newest_->note(at);
          if (!s.push(*std::move(value), at, with, err)) return false;
          done_.push_back({c.kind, c.target});
          return true;
        }
      });
    });
  }
  bool truncate(remote::change const& c, refusal& err) {
    return on(streams_[c.target], [&](auto& s) {
      auto const through = revision{c.number} > s.last() ? s.last() : revision{c.number};
      if (!s.check_truncation(err) || !s.stage_truncation(through, err)) return false;
      done_.push_back({c.kind, c.target, through.value});
      return true;
    });
  }
  bool put(remote::change const& c, name const& key, refusal& err) {
    auto& t = tables_[c.target];
    delete std::exchange(fresh_, t.make_of(key, c.value));
    if (!t.stage_put(*fresh_, err)) return false;
    done_.push_back({c.kind, c.target, 0, &key, t.exchange(std::exchange(fresh_, nullptr))});
    return true;
  }
  bool erase(remote::change const& c, name const& key, refusal& err) {
    auto& t = tables_[c.target];
    if (t.find(key) == nullptr) return true;
    if (!t.stage_erase(key, err)) return false;
    done_.push_back({c.kind, c.target, 0, &key, t.extract(key)});
    return true;
  }

  Engine* engine_;
  remote::commit const* commit_;
  Newest* newest_;
  std::vector<named_stream> streams_{};
  mutable std::vector<table_type> tables_{};
  std::vector<name> keys_{};
  std::vector<done_change> done_{};
  entry* fresh_ = nullptr;  // on its way into its table
  mutable remote::heads now_{};
  mutable bool changed_ = false;
};

}  // namespace ab::detail
