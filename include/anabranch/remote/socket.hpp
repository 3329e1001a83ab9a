/// @file
/// `ab::remote::socket`: requests and answers over a connected socket.
#pragma once

#include "anabranch/core/bytes.hpp"
#include "anabranch/core/error.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/remote/message.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace ab::remote {

/// A connected stream socket (of `socketpair`, `connect`, `accept`): what a client's transport is, and what a server serves.
///
/// Each message is its size, 4 bytes, the low one first, and its bytes. Owns the descriptor. Blocks while it waits. After an
/// error it stays closed: what was half sent can't be gone on with. Not thread-safe.
class socket {
 public:
  /// The largest message that is sent or taken, unless another limit is given.
  static constexpr std::size_t most = std::size_t{256} << 20U;

  /// @param fd connected; closed with this
  /// @param limit bytes of the largest message
  explicit socket(int fd, std::size_t limit = most) noexcept : fd_(fd), limit_(limit) {}
  socket(socket&& o) noexcept : fd_(std::exchange(o.fd_, -1)), limit_(o.limit_) {}
  socket& operator=(socket&& o) noexcept {
    close();
    fd_ = std::exchange(o.fd_, -1);
    limit_ = o.limit_;
    return *this;
  }
  ~socket() { close(); }

  /// Sends a request and waits for its answer.
  /// @return `disconnected` where the other side is gone, `too_large` where a message is over the limit
  result<bytes> call(bytes_view request) {
    if (auto const sent = send(request); !sent) return sent.error();
    auto answer = receive();
    if (!answer) return answer.error();
    if (!*answer) return gone();
    return **std::move(answer);
  }

  /// Sends a message.
  result<void> send(bytes_view message) {
    if (message.size() > limit_) return too_large(message.size());
    std::byte head[4];
    for (unsigned i = 0; i < sizeof head; ++i) head[i] = static_cast<std::byte>(message.size() >> (8 * i) & 0xFFU);
    if (!put(head, sizeof head) || !put(message.data(), message.size())) return close(), gone();
    return {};
  }
  /// Waits for a message; empty where the other side has closed the connection between two.
  result<std::optional<bytes>> receive() {
    std::byte head[4];
    auto const got = take(head, sizeof head);
    if (got == 0) return std::optional<bytes>();
    if (got != sizeof head) return close(), gone();
    std::size_t size = 0;
    for (unsigned i = 0; i < sizeof head; ++i) size |= std::to_integer<std::size_t>(head[i]) << (8 * i);
    if (size > limit_) return close(), too_large(size);
    bytes message;
    // What a size claims is believed as it arrives.
    constexpr std::size_t piece = std::size_t{1} << 20U;
    while (message.size() < size) {
      auto const at = message.size();
      auto const n = size - at < piece ? size - at : piece;
      message.resize(at + n);
      if (take(message.data() + at, n) != n) return close(), gone();
    }
    return std::optional<bytes>(std::move(message));
  }

 private:
  static error gone() noexcept {
    return {errc::disconnected, "the connection is closed; a commit that was under way may have happened or not",
            "connect again, and read before you repeat a commit"};
  }
  error too_large(std::size_t size) const noexcept {
    return error(errc::too_large, "a message is larger than the connection takes",
                 "split the commit, or give the socket a higher limit on both sides")
        .with(static_cast<std::int64_t>(limit_), static_cast<std::int64_t>(size));
  }
  bool put(std::byte const* p, std::size_t n) noexcept {
    while (n > 0) {
      auto const done = ::send(fd_, p, n, MSG_NOSIGNAL);
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) return false;
      p += done;
      n -= static_cast<std::size_t>(done);
    }
    return true;
  }
  // How many of `n` bytes there were before the end.
  std::size_t take(std::byte* p, std::size_t n) noexcept {
    std::size_t had = 0;
    while (had < n) {
      auto const done = ::recv(fd_, p + had, n - had, 0);
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) break;
      had += static_cast<std::size_t>(done);
    }
    return had;
  }
  void close() noexcept {
    if (fd_ >= 0) (void)::close(std::exchange(fd_, -1));
  }

  int fd_;
  std::size_t limit_;
};

}  // namespace ab::remote

namespace ab::detail {

// What the store's own types throw, such as an upcaster or a codec, can't pass through to the client: it is told so.
template <class Server>
bytes answer_or_refusal(Server& s, bytes_view request) {
#if defined(__cpp_exceptions)
  try {
    return s.answer(request);
  } catch (...) {
    return refusal_bytes({errc::thrown, "the server threw an exception, and nothing was changed",
                          "see there what an upcaster or a codec throws, or whether memory has run out"});
  }
#else
  return s.answer(request);
#endif
}

}  // namespace ab::detail

namespace ab::remote {

/// Answers what comes over a connection until the other side closes it. What the store throws, and an answer that is over the
/// connection's limit, is told to the other side as an error.
/// @param s an `ab::remote::server`; for several connections at once, one thread each, of a store that is `ab::locked`
/// @return `disconnected` where a message was cut off, `too_large` for a request
template <class Server>
result<void> serve(Server& s, socket& connection) {
  for (;;) {
    auto const request = connection.receive();
    if (!request) return request.error();
    if (!*request) return {};
    auto sent = connection.send(ab::detail::answer_or_refusal(s, **request));
    if (!sent && sent.error() == errc::too_large) sent = connection.send(ab::detail::refusal_bytes(sent.error()));
    if (!sent) return sent.error();
  }
}

}  // namespace ab::remote
