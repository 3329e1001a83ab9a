// Operations of which there are as many as the run decides, as one.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/subscription/detail/owner.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace ab::detail {

struct any_operation : counted {
  virtual bool check(refusal& err) const = 0;
  virtual bool stage(refusal& err) = 0;
  virtual void undo() noexcept = 0;
};

template <class Op>
class this_operation final : public any_operation {
 public:
  explicit this_operation(Op op) : op_(std::move(op)) {}
  bool check(refusal& err) const override { return op_.check(err); }
  bool stage(refusal& err) override { return op_.stage(err); }
  void undo() noexcept override { op_.undo(); }

 private:
  Op op_;
};

template <class Op>
owner<any_operation> any_operation_of(Op op) {
  return owner<any_operation>(new this_operation<Op>(std::move(op)));
}

// On keys only: undoing one that wasn't staged is no change, and none has anything to settle.
template <class Engine>
class [[nodiscard("an operation does nothing until ab::commit")]] operation_list {
 public:
  using outcome_type = std::size_t;

  explicit operation_list(Engine& e) noexcept : engine_(&e) {}
  void add(owner<any_operation> op) { all_.push_back(std::move(op)); }
  bool empty() const noexcept { return all_.empty(); }

  Engine& engine() const noexcept { return *engine_; }
  bool check(refusal& err) const {
    for (auto const& op : all_) {
      if (!op->check(err)) return false;
    }
    return true;
  }
  bool stage(refusal& err) {
    for (auto const& op : all_) {
      if (!op->stage(err)) return false;
    }
    return true;
  }
  void undo() noexcept {
    for (auto i = all_.size(); i > 0; --i) all_[i - 1]->undo();
  }
  outcome_type outcome() const noexcept { return all_.size(); }

 private:
  Engine* engine_;
  std::vector<owner<any_operation>> all_{};
};

// The log ends where it did when it was read.
template <class Feed>
class [[nodiscard("an operation does nothing until ab::commit")]] expect_end_operation {
 public:
  using outcome_type = void;

  expect_end_operation(Feed const& f, typename Feed::place last) noexcept : feed_(f), last_(last) {}

  auto& engine() const noexcept { return feed_.engine(); }
  bool check(refusal& err) const noexcept {
    auto const now = feed_.last();
    if (now == last_) return true;
    err = error(errc::wrong_revision, "the log has grown meanwhile", "fold what is new, and retry", feed_.where())
              .with(last_.value, now.value);
    return false;
  }

 private:
  Feed feed_;
  typename Feed::place last_;
};

}  // namespace ab::detail
