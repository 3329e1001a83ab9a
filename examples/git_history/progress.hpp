// How far a long task is, on the standard error.
#pragma once

#include <cstddef>
#include <iostream>
#include <string>
#include <utility>

#include <unistd.h>

// On a terminal one line that is rewritten; elsewhere a new line for every tenth.
class progress {
 public:
  progress(std::string what, std::size_t total) : what_(std::move(what)), total_(total) {}
  progress(progress const&) = delete;
  progress& operator=(progress const&) = delete;
  ~progress() {
    if (on_terminal_ && done_ > 0 && done_ < total_) std::cerr << '\n';
  }

  void advance(std::size_t n) {
    auto const before = done_;
    done_ += n;
    bool const tenth = done_ * 10 / total_ != before * 10 / total_;
    if (!on_terminal_ && !tenth) return;
    std::cerr << (on_terminal_ ? "\r" : "") << what_ << ' ' << done_ << " of " << total_
              << (on_terminal_ && done_ < total_ ? "" : "\n") << std::flush;
  }

 private:
  std::string what_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool on_terminal_ = ::isatty(STDERR_FILENO) == 1;
};
