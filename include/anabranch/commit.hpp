/// @file
/// `ab::commit`: the one way to write.
#pragma once

#include "anabranch/core/detail/refusal.hpp"
#include "anabranch/core/inline.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/storage/errors.hpp"
#include "anabranch/storage/transaction.hpp"

#include <tuple>
#include <type_traits>
#include <utility>

namespace ab {

namespace detail {

template <class Op>
concept commit_operation = requires(Op& op, detail::refusal& err) {
  typename Op::outcome_type;
  op.engine();
  { op.check(err) } -> std::same_as<bool>;
};

struct no_operation;  // of a write that didn't compile, and said why

template <class Op>
consteval bool must_be_operation() {
  static_assert(
      commit_operation<Op> || std::is_same_v<Op, no_operation>,
      "ab::commit takes operations, made by handles: a.expect(ab::exact(1)), a.write(event), a.write_all(range), "
      "settings.write(key, value), …; append and put commit by themselves");
  return commit_operation<Op>;
}

// A handle whose table couldn't be opened has no engine; its check says why.
template <class Op>
constexpr bool names_engine(Op const& op) noexcept {
  if constexpr (requires { op.names_engine(); })
    return op.names_engine();
  else
    return true;
}

// The commit of operations that stay where they are, so that one of them may look at the others.
template <class Op, class... Ops>
ANABRANCH_ALWAYS_INLINE constexpr auto commit_in_place(Op& op, Ops&... ops) {
  using result_type = result<outcomes<Op, Ops...>>;
  refusal err;
  if (!names_engine(op)) return op.check(err), result_type(err);
  auto& engine = op.engine();
  using engine_type = std::remove_reference_t<decltype(engine)>;
  static_assert((std::is_same_v<engine_type, std::remove_reference_t<decltype(ops.engine())>> && ...),
                "ab::commit: the operations are on stores of different types; one commit is one store's");
  if (!(true && ... && names_engine(ops))) {
    (void)(true && ... && (names_engine(ops) || ops.check(err)));
    return result_type(err);
  }
  if (!(true && ... && (&ops.engine() == &engine))) return result_type(different_stores());
  return result_type(engine.commit(op, ops...));
}

}  // namespace detail

/// Runs operations on one store as one step: all of them, or none and the error that says why.
///
/// First every operation checks the store as it is, from left to right; then every one that writes is staged, and sees
/// what those before it have staged; then the whole becomes durable at once. No crash and no other user of the store
/// comes between. Code of the caller that runs inside (a value that is made when it is put, a range that is read) may look
/// at the store, but not write to it, nor read from files what the same commit has only staged: `errc::busy`. Operations may
/// be on different streams, families and tables of one store.
/// @return the outcomes of the operations that write, in order: nothing, the one outcome, or a tuple. A receipt of a
///         write, the value of a put, whether an erase found its key, the oldest revision left by a truncation.
/// Complexity: that of the operations. Durability: the storage's. Threads: as the store's concurrency policy says.
template <class Op, class... Ops>
ANABRANCH_ALWAYS_INLINE constexpr auto commit(Op op, Ops... ops) {
  if constexpr ((detail::must_be_operation<Op>() && ... && detail::must_be_operation<Ops>()))
    return detail::commit_in_place(op, ops...);
}

}  // namespace ab
