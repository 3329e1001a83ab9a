/// @file
/// `ab::testing::faulty_disk`: a disk in memory that fails, fills up, and loses power.
#pragma once

#include "anabranch/core/bytes.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ab::testing {

/// The calls that a `Files` has, for aiming faults.
enum class file_call : std::uint8_t {
  open_directory,
  make_directory,
  open,
  read,
  write,
  sync_data,
  sync,
  allocate,
  resize,
  size,
  next_data,
  rename,
  remove,
  list,
  lock,
  random,
  any,
};

/// What a disk holds, in two states: what programs see, and what would survive a power failure.
///
/// A sector that was written keeps any one of the versions it had since its file was last synced; names and sizes go
/// back to some earlier state in order. A sync that fails leaves the cache as if it had worked, as Linux does: what it
/// didn't bring to the disk is only brought there when it is written again. Deterministic for a given seed. Not
/// thread-safe.
class faulty_disk {
 public:
  static constexpr std::size_t sector = 512;
  static constexpr std::size_t block = 4096;

  explicit faulty_disk(std::uint64_t seed = 1) noexcept : random_(seed) {}

  // -- Faults

  /// The `k`-th call of this kind from now on (1 is the next) fails with `error`, once. A failing write has written
  /// some of its bytes.
  void fail(file_call call, std::uint64_t k, int error) { faults_.push_back({call, count(call) + k, error}); }
  void clear_faults() {
    faults_.clear();
    halt_at_ = ~std::uint64_t{0};
    halted_ = false;
  }
  /// From the `k`-th call from now on, the machine is dead: nothing has an effect until `power_failure` or `kill`.
  void halt(std::uint64_t k) noexcept { halt_at_ = count(file_call::any) + k; }
  bool halted() const noexcept { return halted_; }
  /// How many bytes can still be allocated.
  void set_space(std::uint64_t n) noexcept { space_ = n; }
  /// Whether `allocate` reserves blocks, or only sets the size, as on file systems that can't.
  void set_can_allocate(bool can) noexcept { can_allocate_ = can; }
  /// A read or write moves at most `n` bytes.
  void set_most(std::size_t n) noexcept { most_ = n; }
  /// How often a kind of call was made.
  std::uint64_t count(file_call call) const noexcept { return counts_[static_cast<std::size_t>(call)]; }

  /// The program dies: its handles and locks are gone, what it wrote stays.
  void kill() {
    for (auto& o : open_) o = {0, none, false, false, false};
    clear_faults();
  }
  /// The power fails: of what wasn't synced, some sectors and names survive, others don't.
  void power_failure() {
    kill();
    for (auto& n : nodes_) lose(n);
    for (auto& d : directories_) {
      d.pending.resize(static_cast<std::size_t>(below(d.pending.size() + 1)));
      for (auto const& change : d.pending) change.apply(d.durable);
      d.pending.clear();
      d.seen = d.durable;
    }
    // A directory whose parent wasn't synced may be gone, with all that is in it.
    std::erase_if(directories_, [&](directory const& d) { return !d.durable_name && below(2) == 0; });
  }

  // -- Looking and meddling, as from outside

  /// A file's bytes, to be changed at will; null where there is no such file. What is changed is durable.
  bytes* contents(std::string_view path, std::string_view name) {
    auto* const d = find(path);
    auto const n = d != nullptr ? lookup(d->seen, name) : none;
    return n == none ? nullptr : &nodes_[n].seen;
  }
  /// Makes all that programs see durable.
  void settle() {
    for (auto& n : nodes_) {
      n.durable = n.seen;
      n.writes.clear();
    }
    for (auto& d : directories_) {
      d.durable = d.seen;
      d.pending.clear();
      d.durable_name = true;
    }
  }
  /// Adds a file, or replaces it.
  void put(std::string_view path, std::string_view name, bytes content) {
    auto* d = find(path);
    if (d == nullptr) {
      (void)make_directory(path);
      d = find(path);
    }
    std::erase_if(d->seen, [&](entry const& e) { return e.name == name; });
    d->seen.push_back({std::string(name), nodes_.size()});
    nodes_.push_back({content, content, {}, {}});
    settle();
  }
  void erase(std::string_view path, std::string_view name) {
    if (auto* const d = find(path); d != nullptr)
      std::erase_if(d->seen, [&](entry const& e) { return e.name == name; });
    settle();
  }

  // -- What `faulty_files` calls

  /// Counts a call and says whether it fails. The handle of a program that died is no handle any more.
  int begin(file_call call, int handle = -1) {
    auto const all = ++counts_[static_cast<std::size_t>(file_call::any)];
    auto const own = ++counts_[static_cast<std::size_t>(call)];
    if (all >= halt_at_) halted_ = true;
    if (halted_) return -EIO;
    if (handle >= 0 && (static_cast<std::size_t>(handle) >= open_.size() || !at(handle).open)) return -EBADF;
    if (handle >= 0 && !at(handle).writable && (call == file_call::write || call == file_call::resize)) return -EBADF;
    for (auto& f : faults_) {
      if ((f.call == call && f.at == own) || (f.call == file_call::any && f.at == all)) return -f.error;
    }
    return 0;
  }
  int open_directory(std::string_view path) {
    if (path == "." || path.ends_with('/')) return add({root, 0, false});
    for (std::size_t i = 0; i < directories_.size(); ++i) {
      if (directories_[i].path == path) return add({static_cast<std::uint32_t>(i), none, false});
    }
    return -ENOENT;
  }
  int make_directory(std::string_view path) {
    if (find(path) != nullptr) return -EEXIST;
    directories_.push_back({std::string(path), {}, {}, {}, false});
    return 0;
  }
  int open(int h, std::string_view name, bool create, bool writable) {
    auto& d = directories_[at(h).where];
    auto n = lookup(d.seen, name);
    if (n == none) {
      if (!create) return -ENOENT;
      n = nodes_.size();
      nodes_.push_back({});
      change(d, {std::string(name), {}, n});
    }
    return add({at(h).where, n, writable});
  }
  void close(int h) noexcept { at(h).open = false; }
  std::int64_t read(int h, std::byte* to, std::size_t n, std::uint64_t offset) const {
    auto const& b = nodes_[at(h).node].seen;
    if (offset >= b.size()) return 0;
    n = std::min({n, most_, b.size() - static_cast<std::size_t>(offset)});
    std::copy_n(b.begin() + static_cast<std::ptrdiff_t>(offset), n, to);
    return static_cast<std::int64_t>(n);
  }
  std::int64_t write(int h, std::byte const* from, std::size_t n, std::uint64_t offset) {
    auto& f = nodes_[at(h).node];
    n = std::min(n, most_);
    std::size_t fits = 0;
    while (fits < n && claim(f, offset + fits)) fits = std::min(n, fits + block - (offset + fits) % block);
    if (fits == 0 && n > 0) return -ENOSPC;
    if (f.seen.size() < offset + fits) f.seen.resize(static_cast<std::size_t>(offset) + fits);
    std::copy_n(from, fits, f.seen.begin() + static_cast<std::ptrdiff_t>(offset));
    f.writes.push_back({offset, bytes(from, from + fits)});
    return static_cast<std::int64_t>(fits);
  }
  int sync(int h, int error) {
    auto const& o = at(h);
    if (o.where == root) {
      for (auto& d : directories_) d.durable_name = d.durable_name || error == 0;
    } else if (o.node == none) {
      auto& d = directories_[o.where];
      if (error == 0) d.durable = d.seen;
      if (error == 0) d.pending.clear();
    } else if (error == 0) {
      // Only what is dirty: what an earlier sync failed to bring there isn't.
      auto& f = nodes_[o.node];
      f.durable.resize(f.seen.size());
      for (auto const& w : f.writes) f.apply(w);
      f.writes.clear();
    } else {
      auto& f = nodes_[o.node];
      auto const visible = f.seen;
      lose(f);
      f.seen = visible;
    }
    return -error;
  }
  int allocate(int h, std::uint64_t size) {
    auto& f = nodes_[at(h).node];
    for (std::uint64_t b = 0; can_allocate_ && b < size; b += block) {
      if (!claim(f, b)) return -ENOSPC;
    }
    if (f.seen.size() < size) f.seen.resize(static_cast<std::size_t>(size));
    return 0;
  }
  int resize(int h, std::uint64_t size) {
    auto& f = nodes_[at(h).node];
    f.seen.resize(static_cast<std::size_t>(size));
    for (auto b = (size + block - 1) / block; b < f.claimed.size(); ++b) release(f, static_cast<std::size_t>(b));
    // What lay behind is gone from the disk once the size is; sectors that stay are as they were.
    for (auto& w : f.writes) {
      if (w.offset + w.data.size() > size)
        w.data.resize(w.offset < size ? static_cast<std::size_t>(size - w.offset) : 0);
    }
    f.writes.push_back({size, {}, true});
    return 0;
  }
  std::int64_t size(int h) const { return static_cast<std::int64_t>(nodes_[at(h).node].seen.size()); }
  std::int64_t next_data(int h, std::uint64_t offset) const {
    auto const& b = nodes_[at(h).node].seen;
    for (auto i = static_cast<std::size_t>(offset); i < b.size(); ++i) {
      if (b[i] != std::byte{}) return static_cast<std::int64_t>(std::max<std::uint64_t>(offset, i / block * block));
    }
    return static_cast<std::int64_t>(b.size());
  }
  int rename(int h, std::string_view from, std::string_view to) {
    auto& d = directories_[at(h).where];
    if (lookup(d.seen, from) == none) return -ENOENT;
    change(d, {std::string(from), std::string(to), none});
    return 0;
  }
  int remove(int h, std::string_view name) {
    auto& d = directories_[at(h).where];
    auto const n = lookup(d.seen, name);
    if (n == none) return -ENOENT;
    for (std::size_t b = 0; b < nodes_[n].claimed.size(); ++b) release(nodes_[n], b);
    change(d, {std::string(name), {}, none});
    return 0;
  }
  template <class F>
  void list(int h, F&& f) const {
    for (auto const& e : directories_[at(h).where].seen) {
      if (!f(std::string_view(e.name))) return;
    }
  }
  int lock(int h) {
    for (auto const& o : open_) {
      if (o.open && o.locked && o.node == at(h).node) return -EWOULDBLOCK;
    }
    at(h).locked = true;
    return 0;
  }
  std::uint64_t tick() noexcept { return ++now_; }
  /// A number below `n`, for tests that want to share the disk's dice.
  std::uint64_t below(std::uint64_t n) noexcept {
    random_ += 0x9E37'79B9'7F4A'7C15U;
    auto z = random_;
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBU;
    return (z ^ (z >> 31U)) % n;
  }

 private:
  static constexpr std::size_t none = ~std::size_t{0};
  static constexpr std::uint32_t root = ~std::uint32_t{0};

  struct fault {
    file_call call;
    std::uint64_t at;
    int error;
  };
  struct entry {
    std::string name;
    std::size_t node;
  };
  // A name that appears (with its node), is renamed (with another name), or goes.
  struct name_change {
    std::string name, to;
    std::size_t node;
    void apply(std::vector<entry>& entries) const {
      auto const found = std::find_if(entries.begin(), entries.end(), [&](entry const& e) { return e.name == name; });
      if (node != none) {
        entries.push_back({name, node});
      } else if (found != entries.end() && to.empty()) {
        entries.erase(found);
      } else if (found != entries.end()) {
        auto const n = found->node;
        std::erase_if(entries, [&](entry const& e) { return e.name == name || e.name == to; });
        entries.push_back({to, n});
      }
    }
  };
  struct directory {
    std::string path;
    std::vector<entry> seen, durable;
    std::vector<name_change> pending;
    bool durable_name = false;
  };
  struct pending_write {
    std::uint64_t offset;
    bytes data;
    bool cut = false;  // a new size instead: what lies behind becomes zeros
  };
  struct node {
    bytes seen{}, durable{};
    std::vector<pending_write> writes{};
    std::vector<bool> claimed{};

    void apply(pending_write const& w) {
      if (w.cut) {
        std::fill(durable.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(w.offset, durable.size())),
                  durable.end(), std::byte{});
        return;
      }
      if (durable.size() < w.offset + w.data.size()) durable.resize(static_cast<std::size_t>(w.offset) + w.data.size());
      std::copy(w.data.begin(), w.data.end(), durable.begin() + static_cast<std::ptrdiff_t>(w.offset));
    }
  };
  struct opened {
    std::uint32_t where;
    std::size_t node;
    bool writable;
    bool locked = false;
    bool open = true;
  };

  // Each sector keeps one of the versions it had; mostly at random, sometimes all the oldest or all the newest.
  void lose(node& f) {
    auto const mode = below(8);
    auto size = f.durable.size() == f.seen.size() || below(2) == 0 ? f.seen.size() : f.durable.size();
    if (mode == 0) size = f.durable.size();
    bytes survives = f.durable;
    survives.resize(std::max(f.durable.size(), f.seen.size()));
    for (std::size_t s = 0; s < survives.size(); s += sector) {
      auto const end = std::min(survives.size(), s + sector);
      std::size_t versions = 0;
      for (auto const& w : f.writes) versions += touches(w, s, end) ? 1U : 0U;
      auto keep = mode == 0 ? 0 : mode == 1 ? versions : static_cast<std::size_t>(below(versions + 1));
      for (auto const& w : f.writes) {
        if (keep == 0) break;
        if (!touches(w, s, end)) continue;
        --keep;
        for (std::size_t i = std::max<std::size_t>(s, static_cast<std::size_t>(w.offset)); i < end; ++i) {
          if (w.cut) {
            survives[i] = std::byte{};
          } else if (i < w.offset + w.data.size()) {
            survives[i] = w.data[i - static_cast<std::size_t>(w.offset)];
          }
        }
      }
    }
    survives.resize(size);
    f.durable = survives;
    f.seen = std::move(survives);
    f.writes.clear();
  }
  static bool touches(pending_write const& w, std::size_t from, std::size_t to) noexcept {
    return w.offset < to && (w.cut || w.offset + w.data.size() > from);
  }

  bool claim(node& f, std::uint64_t offset) {
    auto const b = static_cast<std::size_t>(offset / block);
    if (b < f.claimed.size() && f.claimed[b]) return true;
    if (space_ < block) return false;
    space_ -= block;
    if (f.claimed.size() <= b) f.claimed.resize(b + 1);
    f.claimed[b] = true;
    return true;
  }
  void release(node& f, std::size_t b) {
    if (f.claimed[b] && space_ < ~std::uint64_t{0} - block) space_ += block;
    f.claimed[b] = false;
  }
  void change(directory& d, name_change c) {
    c.apply(d.seen);
    d.pending.push_back(std::move(c));
  }
  directory* find(std::string_view path) {
    auto const d =
        std::find_if(directories_.begin(), directories_.end(), [&](directory const& x) { return x.path == path; });
    return d == directories_.end() ? nullptr : &*d;
  }
  static std::size_t lookup(std::vector<entry> const& entries, std::string_view name) {
    auto const e = std::find_if(entries.begin(), entries.end(), [&](entry const& x) { return x.name == name; });
    return e == entries.end() ? none : e->node;
  }
  int add(opened o) {
    open_.push_back(o);
    return static_cast<int>(open_.size() - 1);
  }
  opened& at(int h) { return open_[static_cast<std::size_t>(h)]; }
  opened const& at(int h) const { return open_[static_cast<std::size_t>(h)]; }

  std::vector<node> nodes_{};
  std::vector<directory> directories_{};
  std::vector<opened> open_{};
  std::vector<fault> faults_{};
  std::array<std::uint64_t, static_cast<std::size_t>(file_call::any) + 1> counts_{};
  std::uint64_t halt_at_ = ~std::uint64_t{0};
  std::uint64_t space_ = ~std::uint64_t{0};
  std::size_t most_ = ~std::size_t{0};
  std::uint64_t random_;
  std::uint64_t now_ = 0;
  bool can_allocate_ = true;
  bool halted_ = false;
};

}  // namespace ab::testing
