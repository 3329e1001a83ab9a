// One version of one projection in a registry.
#pragma once

#include "anabranch/core/definition.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/projection/step.hpp"
#include "anabranch/registry/detail/operation_list.hpp"
#include "anabranch/snapshot/snapshot.hpp"
#include "anabranch/subscription/detail/feed.hpp"
#include "anabranch/subscription/detail/owner.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace ab::detail {

// Where the states of a registry lie: one key a source, in the projection's own tables.
template <class P, class Feed>
auto registered_states(Feed const& f) {
  return snapshots<P, typename Feed::place>(f.engine(), f.where().empty() ? "store-registry" : "registry");
}
template <class Feed>
std::string_view registered_key(Feed const& f) noexcept {
  return f.where().empty() ? whole_store.view() : f.where();
}

template <class Feed>
struct entry : counted {
  using place = typename Feed::place;

  ab::definition definition{};

  // Takes what is kept, or the initial state, as the one that is worked on.
  virtual result<void> load() = 0;
  virtual void reset() = 0;
  virtual place through() const noexcept = 0;
  // Since it was loaded.
  virtual bool changed() const noexcept = 0;
  virtual void step(typename Feed::recorded_type const& e) = 0;
  // All events through there have been taken.
  virtual void pass(place through) noexcept = 0;
  // The operations that keep the state that was worked on, and that drop what is kept.
  virtual owner<any_operation> keep() const = 0;
  virtual owner<any_operation> drop() const = 0;
};

template <class P, class Feed>
class projection_entry final : public entry<Feed> {
  using place = typename Feed::place;
  using states_type = decltype(registered_states<P>(std::declval<Feed const&>()));
  using info = typename Feed::engine_type::info;

 public:
  explicit projection_entry(Feed const& f) : feed_(f), states_(registered_states<P>(f)) {
    this->definition = definition_of<P>;
  }

  result<void> load() override {
    auto const lock = feed_.engine().guard();
    auto kept = states_.get(registered_key(feed_));
    if (!kept) return kept.error();
    if (!*kept) return reset(), result<void>{};
    if ((*kept)->through > feed_.last()) {
      return error(errc::out_of_range, "a registered state claims more events than the log has", "rebuild it",
                   definition_of<P>.name)
          .with(feed_.last().value, (*kept)->through.value);
    }
    now_ = *std::move(kept);
    loaded_ = now_->through;
    return {};
  }
  void reset() override {
    now_.emplace(folded<P, place>{P{}, Feed::none()});
    loaded_ = now_->through;
  }
  bool changed() const noexcept override { return now_->through != loaded_; }
  place through() const noexcept override { return now_->through; }
  void step(typename Feed::recorded_type const& e) override {
    e.data.visit([&]<class T>(T const& data) {
      if constexpr (Feed::event_family::template has<T>) step_one(now_->state, data, static_cast<info const&>(e));
    });
  }
  void pass(place through) noexcept override {
    if (through > now_->through) now_->through = through;
  }
  owner<any_operation> keep() const override { return any_operation_of(states_.write(registered_key(feed_), *now_)); }
  owner<any_operation> drop() const override { return any_operation_of(states_.write_erasure(registered_key(feed_))); }

 private:
  Feed feed_;
  states_type states_;
  std::optional<folded<P, place>> now_{};
  place loaded_{};
};

}  // namespace ab::detail
