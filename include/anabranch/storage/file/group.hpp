/// @file
/// Group commit: threads that commit at the same time share one write and one sync.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/transaction.hpp"

#include <cstddef>
#include <exception>
#include <optional>
#include <tuple>
#include <utility>

namespace ab::detail {

// Threads that come while another one syncs make a group. Its first to get in waits for the store, stages every commit of the
// group in the order of their coming, writes and syncs once, and leaves each its answer. A group has a door of its own, at which only
// its own wait: at one door for all, whoever has just been served would come back and be first again, alone.
template <class Mutex>
class commit_group {
 public:
  commit_group() = default;
  commit_group(commit_group const&) = delete;
  commit_group& operator=(commit_group const&) = delete;

  template <class Engine, class Gate, class... Ops>
  result<void> commit(Engine& engine, Gate const& gate, Ops&... ops) {
    request_of<Engine, Ops...> mine(engine, ops...);
    {
      member const with(*this, mine);
      mutex_guard const door(with->door);
      if (!mine.done) {
        typename Gate::hold const lock(gate);
        close(*with);
        lead(engine, with->first);
      }
    }
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
      bool const ok = std::apply([&](Ops&... o) { return (o.check(why) && ...) && stage_all(tx, why, o...); }, ops);
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

  // Those that commit together. Lives until the last of them has left.
  struct group {
    Mutex door{};
    request* first = nullptr;
    request** last = &first;
    std::size_t members = 0;
  };
  class member {
   public:
    member(commit_group& all, request& mine) : all_(all) {
      mutex_guard const lock(all.mutex_);
      if (all.open_ == nullptr) all.open_ = new group();
      group_ = all.open_;
      ++group_->members;
      *group_->last = &mine;
      group_->last = &mine.next;
    }
    member(member const&) = delete;
    member& operator=(member const&) = delete;
    ~member() {
      bool last = false;
      {
        mutex_guard const lock(all_.mutex_);
        last = --group_->members == 0;
      }
      if (last) delete group_;
    }
    group* operator->() const noexcept { return group_; }
    group& operator*() const noexcept { return *group_; }

   private:
    commit_group& all_;
    group* group_;
  };

  // From here on, who comes makes another group.
  void close(group& g) noexcept {
    mutex_guard const lock(mutex_);
    if (open_ == &g) open_ = nullptr;
  }

  template <class Engine>
  static void lead(Engine& engine, request* first) {
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

  struct mutex_guard {
    Mutex& m;
    explicit mutex_guard(Mutex& x) : m(x) { m.lock(); }
    mutex_guard(mutex_guard const&) = delete;
    mutex_guard& operator=(mutex_guard const&) = delete;
    ~mutex_guard() { m.unlock(); }
  };

  Mutex mutex_{};  // of what follows, and of the groups' lists
  group* open_ = nullptr;
};

}  // namespace ab::detail
