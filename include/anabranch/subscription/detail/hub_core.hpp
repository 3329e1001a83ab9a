// The subscribers of a hub, and the commits that they are still to be told of.
#pragma once

#include "anabranch/core/error.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/policies/concurrency.hpp"
#include "anabranch/subscription/detail/owner.hpp"
#include "anabranch/subscription/published.hpp"
#include "anabranch/subscription/subscription.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

namespace ab::detail {

// Locks, in the order in which they are taken: `turn_`, of who delivers; the store's; `queue_`, never held during a call.
// A commit enters the queue under the store's lock, so that the queue is in the order of the commits.
template <class Engine>
class hub_core final : public subscribers {
  using concurrency = typename Engine::schema::concurrency;
  using gate_type = gate<concurrency>;
  using hold = typename gate_type::hold;

 public:
  using recorded_type = typename Engine::recorded_type;

  struct subscriber : counted {
    std::uint64_t id = 0, since = 0;
    name const* stream = nullptr;  // of all streams where null
    bool is_reactor = false;       // is told of no replay
    bool is_gone = false;

    virtual bool takes(std::size_t type) const noexcept = 0;
    virtual result<void> tell(recorded_type const& e) = 0;
  };

  // Of who waits until the subscribers have been told of a commit.
  struct ticket {
    delivery report{};
    bool done = false;
  };
  // The events of a commit. One that nobody waits for was committed by a subscriber, who doesn't wait.
  struct batch final : counted {
    std::vector<recorded_type> events{};
    undelivered unread{};
    bool is_unread = false, is_replay = false;
    ticket* waiting = nullptr;
    std::uint64_t number = 0;
    owner<batch> next{};
  };

  explicit hub_core(Engine& e) noexcept : engine_(&e) {}

  Engine& engine() const noexcept { return *engine_; }

  std::uint64_t add(owner<subscriber> s) {
    hold const lock(queue_);
    s->id = ids_ + 1;
    s->since = numbers_;
    all_.push_back(std::move(s));
    return ++ids_;
  }
  void remove(std::uint64_t id) noexcept override {
    hold const turn(turn_);
    if (delivering_) {
      hold const lock(queue_);
      for (auto& s : all_) {
        if (s->id == id) s->is_gone = true;
      }
    } else {
      auto const gone = extract([id](subscriber const& s) { return s.id == id; });
    }
  }

  bool has_subscribers() {
    hold const lock(queue_);
    return !all_.empty();
  }
  // Whether this thread is inside a subscriber.
  bool is_delivering_here() const noexcept {
    if constexpr (concurrency::shared) {
      if (!is_inside(&turn_)) return false;
    }
    return delivering_;
  }

  // Under the store's lock.
  void push(owner<batch> b) noexcept {
    hold const lock(queue_);
    b->number = numbers_++;
    if (b->waiting == nullptr) ++deferred_;
    auto* const newest = b.get();
    (last_ != nullptr ? last_->next : first_) = std::move(b);
    last_ = newest;
  }

  // Tells the subscribers of everything up to what `mine` waits for, and of what they commit meanwhile.
  void deliver(ticket& mine) noexcept {
    hold const turn(turn_);
    if (mine.done) return;
    delivering_ = true;
    while (!mine.done || has_deferred()) {
      deliver_first(mine);
      while (extract([](subscriber const& s) { return s.is_gone; })) {
      }
    }
    delivering_ = false;
  }

 private:
  bool has_deferred() {
    hold const lock(queue_);
    return deferred_ > 0;
  }
  subscriber* at(std::size_t i) {
    hold const lock(queue_);
    return i < all_.size() ? all_[i].get() : nullptr;
  }
  // Out of the queue's lock, since it may own subscriptions whose end comes back here.
  template <class Which>
  owner<subscriber> extract(Which which) noexcept {
    hold const lock(queue_);
    for (auto i = all_.begin(); i != all_.end(); ++i) {
      if (!which(**i)) continue;
      auto found = std::move(*i);
      all_.erase(i);
      return found;
    }
    return {};
  }
  owner<batch> pop() {
    hold const lock(queue_);
    auto b = std::move(first_);
    first_ = std::move(b->next);
    if (!first_) last_ = nullptr;
    return b;
  }

  void deliver_first(ticket& mine) {
    auto const b = pop();
    auto& report = b->waiting != nullptr ? b->waiting->report : mine.report;
    if (b->is_unread) note(report, b->unread);
    for (auto const& e : b->events) {
      // Who subscribes meanwhile stands at the end, and is too late for this batch; nobody is taken out meanwhile.
      for (std::size_t i = 0; auto* const s = at(i); ++i) {
        if (!s->is_gone && s->since <= b->number && !(b->is_replay && s->is_reactor) && s->takes(e.data.index()) &&
            (s->stream == nullptr || s->stream->view() == e.stream)) {
          tell(*s, e, report);
        }
      }
    }
    hold const lock(queue_);
    if (b->waiting != nullptr)
      b->waiting->done = true;
    else
      --deferred_;
  }

  static void tell(subscriber& s, recorded_type const& e, delivery& report) {
#if defined(__cpp_exceptions)
    try {
      if (auto const ok = s.tell(e); !ok) note(report, {s.id, e.stream, e.revision, ok.error(), {}});
    } catch (...) {
      error const why(errc::thrown, "a subscriber threw", "see the exception beside this error", e.stream);
      note(report, {s.id, e.stream, e.revision, why, std::current_exception()});
    }
#else
    if (auto const ok = s.tell(e); !ok) note(report, {s.id, e.stream, e.revision, ok.error(), {}});
#endif
  }
  static void note(delivery& report, undelivered const& failure) noexcept {
#if defined(__cpp_exceptions)
    try {
      report.failures.push_back(failure);
    } catch (...) {
      ++report.unlisted;
    }
#else
    report.failures.push_back(failure);
#endif
  }

  Engine* engine_;
  bool delivering_ = false;  // of `turn_`
  std::vector<owner<subscriber>> all_{};
  owner<batch> first_{};
  batch* last_ = nullptr;
  std::uint64_t ids_ = 0, numbers_ = 0;
  std::size_t deferred_ = 0;
  [[no_unique_address]] gate_type turn_{};
  struct apart {
    [[no_unique_address]] gate_type gate{};
    operator gate_type const&() const noexcept { return gate; }
  };
  [[no_unique_address]] apart queue_{};
};

}  // namespace ab::detail
