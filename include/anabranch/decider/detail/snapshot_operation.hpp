// The operation that keeps a snapshot of the state that its commit makes, where one is due.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/decider/snapshots.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/snapshot/snapshot.hpp"

#include <optional>
#include <utility>

namespace ab::detail {

// What it keeps is known when it is staged, and only then.
template <class Stream, class P>
class [[nodiscard("an operation does nothing until ab::commit")]] snapshot_operation {
  using write_type = decltype(write_snapshot(std::declval<stream<Stream> const&>(), std::declval<folded<P>>()));

 public:
  using outcome_type = bool;

  constexpr snapshot_operation(stream<Stream> const& s, folded<P> const& now, snapshot_every policy) noexcept
      : stream_(s), now_(&now), before_(now.through), policy_(policy) {}

  constexpr auto& engine() const noexcept { return *stream_.node().engine; }
  constexpr bool check(refusal&) const noexcept { return true; }
  constexpr bool stage(refusal& err) {
    write_.reset();
    if (!policy_.due(before_, now_->through, Stream::none())) return true;
    write_.emplace(write_snapshot(stream_, folded<P>(*now_)));
    return write_->check(err) && write_->stage(err);
  }
  constexpr void undo() noexcept {
    if (write_) write_->undo();
  }
  constexpr outcome_type outcome() const noexcept { return write_.has_value(); }

 private:
  stream<Stream> stream_;
  folded<P> const* now_;
  revision before_;
  snapshot_every policy_;
  std::optional<write_type> write_{};
};

}  // namespace ab::detail
