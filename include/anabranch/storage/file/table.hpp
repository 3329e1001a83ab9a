/// @file
/// Key-values of a store in files: in memory as bytes, in the log as puts and erasures.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/detail/name_table.hpp"
#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/encoding.hpp"
#include "anabranch/storage/file/detail/check_value.hpp"
#include "anabranch/storage/file/records.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace ab::detail {

struct file_entry {
  name key_;
  bytes value;
  name const& key() const noexcept { return key_; }
};

struct file_table_view {
  virtual ~file_table_view() = default;
  void const* type = nullptr;
};

// A table without the type of its values, as recovery finds it.
struct file_table_node {
  static constexpr std::uint32_t no_id = 0xFFFF'FFFF;

  name key_;
  std::uint64_t shape;
  std::uint32_t id = no_id;  // none until it is in the log
  name_table<file_entry> entries{};
  std::vector<file_table_view*> views{};

  file_table_node(name const& n, std::uint64_t s) : key_(n), shape(s) {}
  file_table_node(file_table_node const&) = delete;
  file_table_node& operator=(file_table_node const&) = delete;
  ~file_table_node() {
    entries.each([](file_entry& e) { delete &e; });
    for (auto* v : views) delete v;
  }
  name const& key() const noexcept { return key_; }
};

// A table as it is kept, whatever its values are.
template <class Engine>
class file_bytes_table {
 public:
  using entry = file_entry;

  file_bytes_table(file_table_node& n, Engine& e) noexcept : node_(&n), engine_(&e) {}

  Engine& engine() const noexcept { return *engine_; }
  name const& key() const noexcept { return node_->key(); }
  entry* find(std::string_view key) const noexcept { return node_->entries.find(key); }
  static bytes_view bytes_of(entry const& e) noexcept { return e.value; }
  static entry* make_of(name const& key, bytes value) { return new entry{key, std::move(value)}; }

  bool stage_put(entry const& e, refusal&) {
    node_->entries.reserve(1);
    engine_->define(*node_);
    auto const k = e.key().view();
    auto& b = engine_->batch();
    b.begin_frame(static_cast<std::uint8_t>(file::record::put), node_->id, k.size());
    auto* p = b.extend(k.size() + e.value.size());
    std::memcpy(p, k.data(), k.size());
    if (!e.value.empty()) std::memcpy(p + k.size(), e.value.data(), e.value.size());
    b.end_frame();
    return true;
  }
  bool stage_erase(name const& key, refusal&) {
    auto const k = key.view();
    auto& b = engine_->batch();
    b.begin_frame(static_cast<std::uint8_t>(file::record::erasure), node_->id, 0);
    std::memcpy(b.extend(k.size()), k.data(), k.size());
    b.end_frame();
    return true;
  }
  entry* exchange(entry* e) noexcept { return node_->entries.exchange(e); }
  entry* extract(std::string_view key) noexcept { return node_->entries.extract(key); }

  std::size_t size() const noexcept { return node_->entries.size(); }
  template <class F>
  void each_key(F&& f) const {
    node_->entries.each([&](entry const& e) { f(e.key()); });
  }

 private:
  file_table_node* node_;
  Engine* engine_;
};

template <class Engine, class T>
class file_table : public file_table_view, public file_bytes_table<Engine> {
  using codec = typename Engine::schema::codec;

 public:
  using entry = file_entry;

  using file_bytes_table<Engine>::file_bytes_table;

  result<T> value_of(entry const& e) const { return codec::template decode<T>(e.value); }
  bool admits(T const& value, refusal& err) const {
    auto const ok = check_value<codec>(value, this->key());
    if (!ok) err = ok.error();
    return ok.has_value();
  }
  entry* make(name const& key, T const& value) {
    bytes encoded;
    appending sink{encoded};
    codec::encode(value, sink);
    return this->make_of(key, std::move(encoded));
  }
};

}  // namespace ab::detail
