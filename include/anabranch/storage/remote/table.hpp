/// @file
/// Key-values of a store that another process keeps: what a commit has asked for and what it has put.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/detail/name_table.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/encoding.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/file/detail/check_value.hpp"
#include "anabranch/storage/remote/requests.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ab::detail {

struct remote_entry {
  name key_;
  bytes value;
  name const& key() const noexcept { return key_; }
};

// What is known of one key while a commit, or a single look, is under way.
struct remote_slot {
  name key_;
  bool asked = false;             // whether the server was
  std::optional<bytes> found{};   // what it said
  remote_entry* entry = nullptr;  // what there is by now
  bool staged = false;            // whether the commit has put or erased it, and so knows without being told

  explicit remote_slot(name const& n) : key_(n) {}
  remote_slot(remote_slot const&) = delete;
  remote_slot& operator=(remote_slot const&) = delete;
  ~remote_slot() { delete entry; }
  name const& key() const noexcept { return key_; }
};

template <class Engine>
struct remote_table_node {
  name key_;
  std::uint64_t shape;
  void const* type;
  Engine* engine;
  name_table<remote_slot> slots{};
  std::vector<name> keys{};  // as last asked for
  bool relied_on = false;
  std::uint32_t place = 0;  // among the tables of the commit that is under way
  remote_table_node* next_relied_on = nullptr;

  remote_table_node(name const& n, std::uint64_t s, void const* t, Engine& e)
      : key_(n), shape(s), type(t), engine(&e) {}
  remote_table_node(remote_table_node const&) = delete;
  remote_table_node& operator=(remote_table_node const&) = delete;
  virtual ~remote_table_node() { forget(); }

  name const& key() const noexcept { return key_; }
  remote::table_id id() const { return {std::string(key_.view()), shape}; }
  void forget() noexcept {
    slots.each([](remote_slot& s) { delete &s; });
    slots = {};
  }
};

template <class Engine, class T>
class remote_table final : public remote_table_node<Engine> {
  using node = remote_table_node<Engine>;
  using codec = typename Engine::schema::codec;

 public:
  using entry = remote_entry;

  using node::node;

  Engine& engine() const noexcept { return *node::engine; }

  // Before `find`, where there is somebody to tell that the server can't be asked.
  bool ask(std::string_view key, refusal& err) {
    if (!node::engine->in_commit()) node::forget();
    (void)find(key);
    return node::engine->was_answered(err);
  }
  // Null where there is none, and where the server can't be asked: then the commit fails.
  entry* find(std::string_view key) {
    auto& s = slot(key);
    if (!s.asked && !s.staged) node::engine->look_up(*this, s);
    return s.entry;
  }
  result<T> value_of(entry const& e) const { return codec::template decode<T>(e.value); }
  bool admits(T const& value, refusal& err) const {
    auto const ok = check_value<codec>(value, node::key());
    if (!ok) err = ok.error();
    return ok.has_value();
  }
  entry* make(name const& key, T const& value) {
    bytes encoded;
    appending sink{encoded};
    codec::encode(value, sink);
    return new entry{key, std::move(encoded)};
  }

  bool stage_put(entry const& e, refusal&) {
    (void)slot(e.key());
    node::engine->stage_put(*this, e);
    return true;
  }
  bool stage_erase(name const& key, refusal&) {
    node::engine->stage_erase(*this, key);
    return true;
  }
  entry* exchange(entry* e) noexcept { return replace(e->key(), e); }
  entry* extract(std::string_view key) noexcept { return replace(key, nullptr); }

  bool ask_keys(refusal& err) {
    auto all = node::engine->ask(remote::get_keys{node::id()});
    if (!all) return err = all.error(), false;
    node::keys.clear();
    node::keys.reserve(all->keys.size());
    for (auto const& k : all->keys) {
      auto n = recalled_name(k);
      if (!n) return err = n.error(), false;
      node::keys.push_back(*std::move(n));
    }
    return true;
  }
  std::size_t size() const noexcept { return node::keys.size(); }
  template <class F>
  void each_key(F&& f) const {
    for (auto const& k : node::keys) f(k);
  }

 private:
  entry* replace(std::string_view key, entry* e) noexcept {
    auto& s = *node::slots.find(key);
    s.staged = true;
    return std::exchange(s.entry, e);
  }
  remote_slot& slot(std::string_view key) {
    if (node::engine->in_commit() && !node::relied_on) {
      node::forget();  // what a look outside of a commit was told
      node::engine->rely_on(*this);
    }
    if (auto* s = node::slots.find(key)) return *s;
    node::slots.reserve(1);
    auto n = recalled_name(key);
    auto* s = new remote_slot(*n);
    node::slots.exchange(s);
    return *s;
  }
};

}  // namespace ab::detail
