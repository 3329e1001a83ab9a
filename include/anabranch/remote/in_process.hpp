/// @file
/// `ab::remote::in_process`: a transport to a server of the same process.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/result.hpp"

namespace ab::remote {

/// Calls a server directly: for tests, and for what else of a process uses a store that it serves. Valid while the server lives.
/// Threads: as the server.
class in_process {
 public:
  template <class Server>
    requires requires(Server& s, bytes_view request) { s.answer(request); }
  explicit in_process(Server& s) noexcept
      : server_(&s),
        answer_([](void* server, bytes_view request) { return static_cast<Server*>(server)->answer(request); }) {}

  result<bytes> call(bytes_view request) { return answer_(server_, request); }

 private:
  void* server_;
  bytes (*answer_)(void*, bytes_view);
};

}  // namespace ab::remote
