// Transports that do what real ones only do now and then.
#pragma once

#include "spine/storages.hpp"

#include <anabranch/remote.hpp>

namespace remote_tests {

inline bool is(ab::bytes_view request, std::uint16_t tag) {
  return request.size() > 1 && std::to_integer<unsigned>(request[0]) == tag;
}

/// Another program was faster, each time a commit is tried first: every commit is staged at least twice.
class overtaken {
 public:
  template <class Server>
  explicit overtaken(Server& s) : to_(s) {}

  ab::result<ab::bytes> call(ab::bytes_view request) {
    if (!is(request, ab::remote::commit::tag)) return to_.call(request);
    first_ = !first_;
    if (!first_) return to_.call(request);
    // What the server would say if the commit relied on a value that is another by now.
    auto changed = *ab::detail::take_message<ab::remote::commit>(request.subspan(2));
    changed.tables.push_back({"$nothing", 1});
    changed.values.push_back({static_cast<std::uint32_t>(changed.tables.size() - 1), "nothing", true, {}});
    changed.changes.clear();
    ++times;
    return to_.call(ab::detail::request_bytes(changed));
  }
  static inline int times = 0;

 private:
  ab::remote::in_process to_;
  bool first_ = false;
};

using overtaken_server = spine::on_server_with<overtaken, spine::on_file>;
using memory_server = spine::on_server_with<ab::remote::in_process, spine::in_memory>;

}  // namespace remote_tests
