// A disk in memory that loses power: of what wasn't synced, anything may be left, in any combination.
#pragma once

#include "anabranch/core/bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace blobs {

/// Files and folders in two states: what programs see, and what a power failure would leave. Harsher than any real one:
/// each name that appears or goes without a sync of its folder survives or doesn't, by itself, so that a rename may be half
/// done; bytes that weren't synced become anything.
class power_disk {
 public:
  explicit power_disk(unsigned seed) : dice_(seed) { nodes_.push_back({true, {}, {}, {}, {}, {}}); }

  // From the `k`-th call from now on the machine is dead.
  void halt_after(int k) { left_ = k; }
  bool halted() const { return left_ <= 0; }
  int calls() const { return calls_; }

  // The program dies: what it wrote stays, what it held open and locked is gone.
  void kill() {
    open_.clear();
    left_ = forever;
  }
  void power_failure() {
    kill();
    for (auto& n : nodes_) {
      if (n.folder) {
        // Names in any combination: each change for itself.
        for (auto const& c : n.changes) {
          if (dice_() % 2 == 0) continue;
          if (c.node == gone)
            n.durable_names.erase(c.name);
          else
            n.durable_names[c.name] = c.node;
        }
        n.names = n.durable_names;
        n.changes.clear();
      } else if (n.dirty) {
        // Some size between the two, and each byte from before, from after, or neither.
        auto const most = std::max(n.content.size(), n.durable.size());
        auto size = dice_() % 3 == 0 ? n.content.size() : dice_() % (most + 1);
        ab::bytes left(size);
        for (std::size_t i = 0; i < size; ++i) {
          auto const which = dice_() % 8;
          auto const& from = which < 3 ? n.content : n.durable;
          left[i] = which < 6 && i < from.size() ? from[i] : std::byte{};
        }
        n.content = n.durable = left;
        n.dirty = false;
      }
    }
  }

  // --- what `power_files` calls: -errno as the system does

  int open_folder(std::string_view path) {
    if (dead()) return -EIO;
    std::size_t at = 0;
    while (!path.empty()) {
      auto const end = path.find('/');
      auto const part = path.substr(0, end);
      path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
      auto const found = nodes_[at].names.find(std::string(part));
      if (found == nodes_[at].names.end()) return -ENOENT;
      at = found->second;
    }
    return nodes_[at].folder ? add(at) : -ENOTDIR;
  }
  int open_folder_in(int h, std::string_view name) {
    if (dead()) return -EIO;
    if (name == "..") return add(parent_of(at(h)));
    auto const n = find(h, name);
    return n == gone ? -ENOENT : nodes_[n].folder ? add(n) : -ENOTDIR;
  }
  int make_folder_in(int h, std::string_view name) {
    if (dead()) return -EIO;
    if (find(h, name) != gone) return -EEXIST;
    nodes_.push_back({true, {}, {}, {}, {}, {}});
    change(at(h), name, nodes_.size() - 1);
    return 0;
  }
  int make_folder(std::string_view path) {
    int const root = add(0);
    return make_folder_in(root, path);
  }
  int create(int h, std::string_view name) {
    if (dead()) return -EIO;
    if (find(h, name) != gone) return -EEXIST;
    nodes_.push_back({false, {}, {}, {}, {}, {}});
    change(at(h), name, nodes_.size() - 1);
    return add(nodes_.size() - 1);
  }
  int open_file(int h, std::string_view name) {
    if (dead()) return -EIO;
    auto const n = find(h, name);
    return n == gone ? -ENOENT : add(n);
  }
  std::int64_t size(int h) {
    if (dead()) return -EIO;
    return nodes_[at(h)].folder ? -EISDIR : static_cast<std::int64_t>(nodes_[at(h)].content.size());
  }
  std::int64_t size_in(int h, std::string_view name) {
    if (dead()) return -EIO;
    auto const n = find(h, name);
    return n == gone ? -ENOENT : nodes_[n].folder ? -EISDIR : static_cast<std::int64_t>(nodes_[n].content.size());
  }
  std::int64_t names_of(int h) {
    if (dead()) return -EIO;
    std::int64_t count = 0;
    for (auto const& n : nodes_) {
      for (auto const& entry : n.names) count += entry.second == at(h) ? 1 : 0;
    }
    return count;
  }
  std::int64_t read(int h, std::byte* to, std::size_t n, std::uint64_t offset) {
    if (dead()) return -EIO;
    auto const& c = nodes_[at(h)].content;
    if (offset >= c.size()) return 0;
    n = std::min(n, c.size() - static_cast<std::size_t>(offset));
    if (n != 0) std::memcpy(to, c.data() + offset, n);
    return static_cast<std::int64_t>(n);
  }
  // At most 1000 bytes, so that there are moments in between.
  std::int64_t write(int h, std::byte const* from, std::size_t n, std::uint64_t offset) {
    if (dead()) return -EIO;
    auto& f = nodes_[at(h)];
    n = std::min<std::size_t>(n, 1000);
    if (f.content.size() < offset + n) f.content.resize(static_cast<std::size_t>(offset) + n);
    if (n != 0) std::memcpy(f.content.data() + offset, from, n);
    f.dirty = true;
    return static_cast<std::int64_t>(n);
  }
  int sync(int h) {
    if (dead()) return -EIO;
    auto& n = nodes_[at(h)];
    n.durable = n.content;
    n.dirty = false;
    n.durable_names = n.names;
    n.changes.clear();
    return 0;
  }
  int rename_new(int from_folder, std::string_view from, int to_folder, std::string_view to) {
    if (dead()) return -EIO;
    auto const n = find(from_folder, from);
    if (n == gone) return -ENOENT;
    if (find(to_folder, to) != gone) return -EEXIST;
    change(at(to_folder), to, n);
    change(at(from_folder), from, gone);
    return 0;
  }
  int remove(int h, std::string_view name) {
    if (dead()) return -EIO;
    if (find(h, name) == gone) return -ENOENT;
    change(at(h), name, gone);
    return 0;
  }
  template <class F>
  int list(int h, F&& f) {
    if (dead()) return -EIO;
    auto const names = nodes_[at(h)].names;
    for (auto const& entry : names) {
      if (!f(std::string_view(entry.first))) break;
    }
    return 0;
  }
  int lock(int h) {
    if (dead()) return -EIO;
    for (auto const& o : open_) {
      if (o.locked && o.node == at(h)) return -EWOULDBLOCK;
    }
    open_[static_cast<std::size_t>(h)].locked = true;
    return 0;
  }
  void close(int h) {
    if (static_cast<std::size_t>(h) < open_.size()) open_[static_cast<std::size_t>(h)].locked = false;
  }
  int random(std::byte* to, std::size_t n) {
    if (dead()) return -EIO;
    for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<std::byte>(dice_());
    return 0;
  }

 private:
  static constexpr std::size_t gone = ~std::size_t{0};
  static constexpr int forever = 1 << 30;

  struct name_change {
    std::string name;
    std::size_t node;
  };
  struct node {
    bool folder;
    ab::bytes content, durable;
    std::map<std::string, std::size_t> names, durable_names;
    std::vector<name_change> changes;
    bool dirty = false;
  };
  struct opened {
    std::size_t node;
    bool locked = false;
  };

  bool dead() {
    ++calls_;
    if (left_ > 0) --left_;
    return left_ <= 0;
  }
  std::size_t at(int h) const { return open_[static_cast<std::size_t>(h)].node; }
  int add(std::size_t n) {
    open_.push_back({n});
    return static_cast<int>(open_.size() - 1);
  }
  std::size_t find(int h, std::string_view name) const {
    auto const& names = nodes_[at(h)].names;
    auto const found = names.find(std::string(name));
    return found == names.end() ? gone : found->second;
  }
  std::size_t parent_of(std::size_t child) const {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      for (auto const& entry : nodes_[i].names) {
        if (entry.second == child) return i;
      }
    }
    return 0;
  }
  void change(std::size_t folder, std::string_view name, std::size_t n) {
    auto& f = nodes_[folder];
    if (n == gone)
      f.names.erase(std::string(name));
    else
      f.names[std::string(name)] = n;
    f.changes.push_back({std::string(name), n});
  }

  std::vector<node> nodes_{};
  std::vector<opened> open_{};
  std::mt19937 dice_;
  int left_ = forever;
  int calls_ = 0;
};

/// A `Files` on a `power_disk`, which must outlive it.
struct power_files {
  using handle = int;
  static constexpr handle none = -1;

  power_disk* disk = nullptr;

  handle open_directory(char const* path) const { return disk->open_folder(path); }
  int make_directory(char const* path) const { return disk->make_folder(path); }
  handle open_directory_in(handle d, char const* n) const { return disk->open_folder_in(d, n); }
  int make_directory_in(handle d, char const* n) const { return disk->make_folder_in(d, n); }
  handle create(handle d, char const* n) const { return disk->create(d, n); }
  handle open_to_read(handle d, char const* n) const { return disk->open_file(d, n); }
  void close(handle h) const { disk->close(h); }
  std::int64_t size_of_file(handle h) const { return disk->size(h); }
  std::int64_t size_in(handle d, char const* n) const { return disk->size_in(d, n); }
  std::int64_t names(handle h) const { return disk->names_of(h); }
  std::int64_t read(handle h, std::byte* to, std::size_t n, std::uint64_t at) const { return disk->read(h, to, n, at); }
  std::int64_t write(handle h, std::byte const* from, std::size_t n, std::uint64_t at) const {
    return disk->write(h, from, n, at);
  }
  int sync(handle h) const { return disk->sync(h); }
  int rename_new(handle a, char const* from, handle b, char const* to) const {
    return disk->rename_new(a, from, b, to);
  }
  int remove(handle d, char const* n) const { return disk->remove(d, n); }
  template <class F>
  int list(handle d, F&& f) const {
    return disk->list(d, f);
  }
  int lock(handle h) const { return disk->lock(h); }
  int random(std::byte* to, std::size_t n) const { return disk->random(to, n); }
};

}  // namespace blobs
