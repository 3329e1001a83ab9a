/// @file
/// Group commit: threads that commit at the same time share one write and one sync.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/transaction.hpp"

#include <exception>
#include <optional>
#include <tuple>
#include <utility>

namespace ab::detail {

// Whoever gets the store's lock first stages every commit that waits, in the order of their coming, writes and syncs
// once, and leaves each its answer. No thread is woken by another: those behind find their answer when they get the lock.
template <class Mutex>
class commit_group {
 public:
  template <class Engine, class Gate, class... Ops>
  result<void> commit(Engine& engine, Gate const& gate, Ops&... ops) {
    request_of<Engine, Ops...> mine(engine, ops...);
    {
      queue_guard const lock(queue_);
      *last_ = &mine;
      last_ = &mine.next;
    }
    typename Gate::hold const lock(gate);
    if (!mine.done) lead(engine);
    if (mine.thrown) std::rethrow_exception(mine.thrown);
    if (mine.refused) return *mine.refused;
    return {};
  }

 private:
  struct request {
    request* next = nullptr;
    bool done = false;
    std::optional<error> refused{};
    std::exception_ptr thrown{};

    request() = default;
    request(request const&) = delete;
    request& operator=(request const&) = delete;
    virtual void stage() = 0;
    virtual void settle_all() noexcept = 0;
    virtual void undo_all() noexcept = 0;
    bool staged() const noexcept { return !refused && !thrown; }

   protected:
    ~request() = default;
  };

  template <class Engine, class... Ops>
  struct request_of final : request {
    Engine& engine;
    std::tuple<Ops&...> ops;

    request_of(Engine& e, Ops&... o) : engine(e), ops(o...) {}

    // What is staged here ends with the commit's marker; the write comes when all are staged.
    struct until_marker {
      Engine& engine;
      bool finish(refusal&) {
        engine.batch().end_commit();
        return true;
      }
    };
    void stage() override {
      refusal why;
      until_marker tx{engine};
      bool const ok = std::apply(
          [&](Ops&... o) { return (o.check(why) && ...) && stage_all(tx, why, o...); }, ops);
      if (!ok) this->refused = why.said();
    }
    void settle_all() noexcept override {
      std::apply([](Ops&... o) { (detail::settle(o), ...); }, ops);
    }
    void undo_all() noexcept override { undo_from<sizeof...(Ops)>(); }

    template <std::size_t N>
    void undo_from() noexcept {
      if constexpr (N > 0) {
        if constexpr (requires { std::get<N - 1>(ops).undo(); }) std::get<N - 1>(ops).undo();
        undo_from<N - 1>();
      }
    }
  };

  template <class Engine>
  void lead(Engine& engine) {
    request* first = nullptr;
    {
      queue_guard const lock(queue_);
      first = std::exchange(first_, nullptr);
      last_ = &first_;
    }
    typename Engine::staging whole(engine);
    for (auto* r = first; r != nullptr; r = r->next) stage(engine, *r);
    refusal why;
    if (engine.flush(why)) {
      whole.keep();
      for (auto* r = first; r != nullptr; r = r->next) {
        if (r->staged()) r->settle_all();
        r->done = true;
      }
    } else {
      undo_backwards(first, why.said());
    }
  }
  template <class Engine>
  static void stage(Engine& engine, request& r) {
    typename Engine::staging one(engine);
#if defined(__cpp_exceptions)
    try {
      r.stage();
    } catch (...) {
      r.thrown = std::current_exception();
    }
#else
    r.stage();
#endif
    if (r.staged()) one.keep();
  }
  static void undo_backwards(request* r, error const& why) noexcept {
    // Reversed in place, since the newest must be undone first; their threads read no link any more.
    request* newest = nullptr;
    while (r != nullptr) {
      auto* const next = std::exchange(r->next, newest);
      newest = std::exchange(r, next);
    }
    for (; newest != nullptr; newest = newest->next) {
      if (newest->staged()) {
        newest->undo_all();
        newest->refused = why;
      }
      newest->done = true;
    }
  }

  struct queue_guard {
    Mutex& m;
    explicit queue_guard(Mutex& x) : m(x) { m.lock(); }
    queue_guard(queue_guard const&) = delete;
    queue_guard& operator=(queue_guard const&) = delete;
    ~queue_guard() { m.unlock(); }
  };

  Mutex queue_{};
  request* first_ = nullptr;
  request** last_ = &first_;
};

}  // namespace ab::detail
