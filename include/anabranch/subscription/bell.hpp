/// @file
/// `ab::bell`: rung when something was published, for those who poll. To be included by itself, for its standard headers' sake.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

namespace ab {

/// What a thread waits for between two polls of a catch-up subscription, instead of sleeping:
///
/// ```cpp
/// ab::bell bell;
/// auto const rings = hub.subscribe(alice, [&](ab::others) { bell.ring(); });
/// while (!stop.stop_requested()) {
///   auto const n = worker.poll(100, f);
///   if (!n || *n == 0) bell.wait_for(15s, stop);
/// }
/// ```
///
/// Nothing is lost between a poll and the wait: a ring that nobody waits for ends the next wait at once. Several count as one.
/// Threads: any number ring, one waits. It outlives those who ring it.
class bell {
 public:
  /// Doesn't block but for the moment in which another thread rings, or looks whether it was rung.
  void ring() {
    {
      std::lock_guard const lock(mutex_);
      rung_ = true;
    }
    changed_.notify_one();
  }

  /// Waits until it was rung since the last wait, `most` has passed, or `stop` is asked for.
  /// @return whether it was rung
  bool wait_for(std::chrono::nanoseconds most, std::stop_token const& stop = {}) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, most, [this] { return rung_; });
    return std::exchange(rung_, false);
  }

 private:
  std::mutex mutex_{};
  std::condition_variable_any changed_{};
  bool rung_ = false;
};

}  // namespace ab
