// The operation that keeps a checkpoint.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/kv/operations.hpp"

#include <optional>
#include <utility>

namespace ab::detail {

// Where the one that is kept is not `*kept`, somebody else goes by the same name, and has done what this would do again.
template <class Table, class Place>
class [[nodiscard("an operation does nothing until ab::commit")]] checkpoint_operation : public replacing<Table> {
 public:
  using outcome_type = Place;

  checkpoint_operation(result<Table*> const& t, result<name> key, Place seen, std::optional<Place>& kept)
      : replacing<Table>(t, std::move(key)), seen_(seen), kept_(&kept) {}

  bool check(refusal& err) const { return this->usable(err) && is_ours(err); }
  bool stage(refusal& err) { return is_ours(err) && this->place(seen_, err); }
  void settle() noexcept { *kept_ = seen_; }
  outcome_type outcome() const noexcept { return seen_; }

 private:
  bool is_ours(refusal& err) const {
    std::optional<Place> now;
    if (auto const* e = this->find()) {
      auto const v = this->table().value_of(*e);
      if (!v) return err = v.error(), false;
      now = *v;
    }
    if (now == *kept_) return true;
    err = this->of_key(errc::value_mismatch, "another subscription of this name has moved its checkpoint on",
                       "catch up anew from the checkpoint that is kept, or choose another name");
    return false;
  }

  Place seen_;
  std::optional<Place>* kept_;
};

}  // namespace ab::detail
