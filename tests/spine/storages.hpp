// The storages that the spine runs on, behind one interface: every body of tests is instantiated for each of them.
#pragma once

#include "catch.hpp"

#include <anabranch/anabranch.hpp>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include <unistd.h>

namespace spine {

/// A store in memory. It has nowhere to come back from, so reopening keeps it as it is.
struct in_memory {
  static constexpr char const* name = "memory";
  static constexpr bool durable = false;

  template <class Families, class... Policies>
  using store = ab::store<Families, ab::policies<Policies...>>;

  template <class Families, class... Policies>
  store<Families, Policies...> open() {
    return {};
  }
  template <class Store>
  void reopen(Store&) {}
};

/// A folder of its own that goes with the fixture.
class temporary_folder {
 public:
  temporary_folder() {
    static std::atomic<int> count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("anabranch-" + std::to_string(::getpid()) + '-' + std::to_string(++count));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  temporary_folder(temporary_folder const&) = delete;
  temporary_folder& operator=(temporary_folder const&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A store on disk. Reopening closes it and reads it back, so handles have to be asked for again.
template <class Durability>
struct on_file_with {
  static constexpr char const* name = "file";
  static constexpr bool durable = true;

  template <class Families, class... Policies>
  using store = ab::store<Families, ab::policies<ab::file_storage<Durability>, Policies...>>;

  template <class Families, class... Policies>
  store<Families, Policies...> open() {
    return open_again<store<Families, Policies...>>();
  }
  template <class Store>
  void reopen(Store& s) {
    { auto const closed = std::move(s); }
    s = open_again<Store>();
  }

  std::string path() const { return (folder.path() / "log").string(); }

 private:
  template <class Store>
  Store open_again() {
    // Segments as small as they can be, so that tests meet their ends.
    ab::file::log_options options;
    options.segment_size = 8192;
    auto s = Store::open(path(), options);
    if (!s) FAIL("the store doesn't open: " << s.error());
    return *std::move(s);
  }

  temporary_folder folder;
};

/// What most tests use: they end processes and stores, not machines.
using on_file = on_file_with<ab::no_sync>;

/// A store that a server keeps, as `Kept` does, asked over a transport. Reopening ends the server and begins another.
template <class Transport, class Kept>
struct on_server_with {
  static constexpr char const* name = "remote";
  static constexpr bool durable = Kept::durable;

  template <class Families, class... Policies>
  using store = ab::store<Families, ab::policies<ab::remote_storage<Transport>, Policies...>>;
  /// The store itself, and who answers for it.
  template <class Families, class... Policies>
  struct served {
    typename Kept::template store<Families, Policies...> kept;
    ab::remote::server<decltype(kept)> server{kept};
    explicit served(decltype(kept) k) : kept(std::move(k)) {}
  };

  template <class Families, class... Policies>
  store<Families, Policies...> open() {
    served_.reset();
    auto const fresh = std::make_shared<served<Families, Policies...>>(where_.template open<Families, Policies...>());
    served_ = fresh;
    return connect<Families, Policies...>(*fresh);
  }
  template <class Families, class... Policies>
  void reopen(ab::store<Families, ab::policies<ab::remote_storage<Transport>, Policies...>>& s) {
    if (!durable) return;
    { auto const closed = std::move(s); }
    s = open<Families, Policies...>();
  }
  /// One more program that uses the same store.
  template <class Families, class... Policies>
  store<Families, Policies...> another() {
    return connect<Families, Policies...>(*static_cast<served<Families, Policies...>*>(served_.get()));
  }

 private:
  template <class Families, class... Policies>
  store<Families, Policies...> connect(served<Families, Policies...>& to) {
    auto s = store<Families, Policies...>::open(Transport(to.server));
    if (!s) FAIL("the server doesn't let the store be opened: " << s.error());
    return *std::move(s);
  }

  Kept where_;
  std::shared_ptr<void> served_;
};

using on_server = on_server_with<ab::remote::in_process, on_file>;
using storages = std::tuple<in_memory, on_file, on_server>;
/// For those that commit at once from many threads: these also share their syncs.
using shared_storages = std::tuple<in_memory, on_file, on_file_with<ab::sync_group>, on_server>;

}  // namespace spine
