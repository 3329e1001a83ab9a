#include "process.hpp"

#include "failure.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace {

[[noreturn]] void fail(std::string const& what, int error) { throw failure(what + ": " + std::strerror(error)); }

class pipe_ends {
 public:
  pipe_ends() {
    if (::pipe(ends_.data()) != 0) fail("cannot make a pipe", errno);
    for (int const end : ends_) (void)::fcntl(end, F_SETFD, FD_CLOEXEC);
  }
  pipe_ends(pipe_ends const&) = delete;
  pipe_ends& operator=(pipe_ends const&) = delete;
  ~pipe_ends() { close_read(), close_write(); }

  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_read() { close(ends_[0]); }
  void close_write() { close(ends_[1]); }

 private:
  static void close(int& end) {
    if (end >= 0) (void)::close(end);
    end = -1;
  }

  std::array<int, 2> ends_{-1, -1};
};

pid_t spawn(std::vector<std::string> const& command, pipe_ends const& out, pipe_ends const& err) {
  std::vector<char*> arguments;
  for (auto const& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t files{};
  (void)::posix_spawn_file_actions_init(&files);
  (void)::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  (void)::posix_spawn_file_actions_adddup2(&files, out.write_end(), STDOUT_FILENO);
  (void)::posix_spawn_file_actions_adddup2(&files, err.write_end(), STDERR_FILENO);
  pid_t child = 0;
  int const error = ::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
  (void)::posix_spawn_file_actions_destroy(&files);
  if (error != 0) fail("cannot run '" + command[0] + "'; install it, or correct the PATH", error);
  return child;
}

// Both at once: a child that waits for room in one pipe must not be waited for at the other.
void read_all(pipe_ends& out, std::string& out_text, pipe_ends& err, std::string& err_text) {
  std::array<char, 1 << 16> buffer;
  while (out.read_end() >= 0 || err.read_end() >= 0) {
    std::array<pollfd, 2> both{{{out.read_end(), POLLIN, 0}, {err.read_end(), POLLIN, 0}}};
    if (::poll(both.data(), both.size(), -1) < 0) {
      if (errno != EINTR) fail("cannot wait for a pipe", errno);
      continue;
    }
    for (std::size_t i = 0; i < both.size(); ++i) {
      if (both[i].revents == 0) continue;
      auto const n = ::read(both[i].fd, buffer.data(), buffer.size());
      if (n > 0) {
        (i == 0 ? out_text : err_text).append(buffer.data(), static_cast<std::size_t>(n));
      } else if (n == 0 || errno != EINTR) {
        (i == 0 ? out : err).close_read();
      }
    }
  }
}

bool ended_well(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) fail("cannot wait for a process", errno);
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

finished run(std::vector<std::string> const& command) {
  // Nobody is spawned between the making of a pipe and its closing on exec: a second child that held its end would keep it open.
  static std::mutex spawning;
  std::unique_lock lock(spawning);
  pipe_ends out, err;
  pid_t const child = spawn(command, out, err);
  lock.unlock();

  finished all{};
  out.close_write(), err.close_write();
  read_all(out, all.out, err, all.err);
  all.well = ended_well(child);
  return all;
}
