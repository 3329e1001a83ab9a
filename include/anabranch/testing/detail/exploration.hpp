// The search of the model checker: breadth first, so that the first trace that fails is a shortest one.
#pragma once

#include "anabranch/codec/detail/type_name.hpp"
#include "anabranch/codec/encode.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/lattice/try_join.hpp"
#include "anabranch/testing/history.hpp"
#include "anabranch/testing/operation.hpp"
#include "anabranch/testing/show.hpp"
#include "anabranch/testing/verdict.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ab::testing::detail {

// What happens in one step: an operation, or a message that arrives.
struct model_step {
  std::uint8_t replica = 0;
  std::uint8_t what = 0;  // the kind, or the number of the operation whose message it is
  enum : std::uint8_t { does, gets_delta, gets_state } how = does;
};

// A step, and the one before it.
struct model_node {
  std::uint32_t before = UINT32_MAX;
  model_step step{};
};

struct fingerprint128 {
  std::uint64_t a = 1, b = 2;
  constexpr void add(std::uint64_t word) noexcept {
    a = ab::detail::canonical::mix(a, word);
    b = ab::detail::canonical::mix(b, word ^ 0x5851F42D4C957F2DU);
  }
  friend constexpr bool operator==(fingerprint128 const&, fingerprint128 const&) = default;
};
// Open addressing, at most half full. The least fingerprint marks what is free.
class fingerprints {
 public:
  // @return whether it is new
  bool insert(fingerprint128 f) {
    if (size_ * 2 >= slots_.size()) grow();
    if (!put(f)) return false;
    ++size_;
    return true;
  }

 private:
  static constexpr fingerprint128 free_slot{0, 0};
  bool put(fingerprint128 f) {
    auto const mask = slots_.size() - 1;
    auto i = static_cast<std::size_t>(f.a) & mask;
    for (; !(slots_[i] == free_slot); i = (i + 1) & mask)
      if (slots_[i] == f) return false;
    slots_[i] = f;
    return true;
  }
  void grow() {
    std::vector<fingerprint128> old(slots_.empty() ? 1024 : slots_.size() * 2, free_slot);
    slots_.swap(old);
    for (auto const& f : old)
      if (!(f == free_slot)) put(f);
  }

  std::vector<fingerprint128> slots_;
  std::size_t size_ = 0;
};

template <class T>
concept fixed_capacity = requires { requires bool{T::bounded}; };

template <class Intent>
class exploration {
  using T = typename Intent::state;
  static constexpr auto kinds = Intent::operations();
  static constexpr std::size_t kind_count = std::tuple_size_v<std::remove_const_t<decltype(kinds)>>;
  static_assert(canonical_codec::encodable<T>,
                "ab::check_model: states are told apart by their encoding: give the type a canonical one");

  // All replicas and messages at one moment.
  struct world {
    explicit world(std::size_t replicas) : states(replicas), known(replicas) {}
    std::vector<T> states;
    std::vector<std::uint32_t> known;  // a bit for each operation that has arrived
    std::vector<done_operation> done;
    std::vector<T> deltas;
    std::vector<std::uint8_t> has_delta;
    std::vector<T> sent;  // the whole state after each operation
  };

 public:
  exploration(std::size_t replicas, std::size_t operations, std::size_t most)
      : replicas_(replicas < 8 ? replicas : 8), operations_(operations < 8 ? operations : 8), most_(most) {}

  verdict run() {
    nodes_.push_back({});
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      world const now = replay(static_cast<std::uint32_t>(at));
      if (!doubled_messages_do_nothing(now)) return verdict(false, fault(static_cast<std::uint32_t>(at)));
      for (std::size_t r = 0; r < replicas_; ++r) {
        bool const fresh = now.known[r] == 0;
        if (now.done.size() < operations_)
          for (std::size_t k = 0; k < kind_count; ++k)
            if (!follow(at, now, {u8(r), u8(k), model_step::does})) return failed();
        for (std::size_t m = 0; m < now.done.size(); ++m) {
          if (now.has_delta[m] && (now.known[r] >> m & 1U) == 0)
            if (!follow(at, now, {u8(r), u8(m), model_step::gets_delta})) return failed();
          if ((state_covers(now, m) & ~now.known[r]) != 0)
            if (!follow(at, now, {u8(r), u8(m), model_step::gets_state})) return failed();
        }
        if (fresh) break;  // the others that did nothing yet are like it
      }
      if (nodes_.size() > most_) {
        verdict::account_type account;
        account.append("gave up after ").append(static_cast<std::int64_t>(nodes_.size()));
        account.append(" states: raise most_states, or take fewer replicas or operations");
        return verdict(false, account);
      }
    }
    verdict::account_type account;
    account.append(ab::detail::canonical::type_name<T>).append(" shows what it is meant to in all ");
    account.append(static_cast<std::int64_t>(nodes_.size())).append(" states of ");
    account.append(static_cast<std::int64_t>(replicas_)).append(" replicas, ");
    account.append(static_cast<std::int64_t>(operations_)).append(" operations, ");
    account.append(static_cast<std::int64_t>(kind_count)).append(" kinds");
    return verdict(true, account);
  }

 private:
  static std::uint8_t u8(std::size_t n) noexcept { return static_cast<std::uint8_t>(n); }

  static std::uint32_t state_covers(world const& w, std::size_t m) noexcept { return w.done[m].seen | 1U << m; }
  // @return whether it arrived: not where a state of fixed capacity has no room for it
  static bool take(T& state, T const& from) {
    if constexpr (fixed_capacity<T>)
      return static_cast<bool>(ab::try_join(state, from));
    else
      return ab::join(state, from), true;
  }

  // Does one step. @return whether it could be done
  static bool apply(world& w, model_step s) {
    if (s.how == model_step::gets_delta) {
      if (!take(w.states[s.replica], w.deltas[s.what])) return false;
      w.known[s.replica] |= 1U << s.what;
      return true;
    }
    if (s.how == model_step::gets_state) {
      if (!take(w.states[s.replica], w.sent[s.what])) return false;
      w.known[s.replica] |= state_covers(w, s.what);
      return true;
    }
    bool could = false;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((I == s.what ? void(could = change_by(w, s.replica, std::get<I>(kinds))) : void()), ...);
    }(std::make_index_sequence<kind_count>{});
    if (!could) return false;
    auto const number = w.done.size();
    w.done.push_back({s.what, s.replica, number, w.known[s.replica]});
    w.known[s.replica] |= 1U << number;
    w.sent.push_back(w.states[s.replica]);
    return true;
  }
  template <class Operation>
  static bool change_by(world& w, std::size_t r, Operation const& op) {
    using about = signature<std::remove_cv_t<decltype(op.change)>>;
    using result = std::remove_cvref_t<typename about::result>;
    choices c({});
    auto args =
        arguments<typename about::args>(c, r, std::make_index_sequence<std::tuple_size_v<typename about::args>>{});
    T& state = w.states[r];
    if constexpr (std::is_same_v<result, T>) {
      w.deltas.push_back(change(op.change, state, args));
      w.has_delta.push_back(1);
    } else if constexpr (std::is_same_v<typename delta_of<result>::type, T>) {
      auto made = change(op.change, state, args);
      if (!made) return false;
      w.deltas.push_back(*std::move(made));
      w.has_delta.push_back(1);
    } else {
      change(op.change, state, args);
      w.deltas.emplace_back();
      w.has_delta.push_back(0);
    }
    return true;
  }

  world replay(std::uint32_t node) const {
    world w(replicas_);
    for (auto const& step : trace(node)) apply(w, step);
    return w;
  }
  std::vector<model_step> trace(std::uint32_t node) const {
    std::vector<model_step> steps;
    for (; nodes_[node].before != UINT32_MAX; node = nodes_[node].before) steps.push_back(nodes_[node].step);
    for (std::size_t i = 0; i < steps.size() / 2; ++i) std::swap(steps[i], steps[steps.size() - 1 - i]);
    return steps;
  }

  // Adds what comes after the step, if it is new. @return whether it is as it is meant to be
  bool follow(std::size_t at, world const& now, model_step s) {
    world next = now;
    if (!apply(next, s)) return true;
    if (!visited_.insert(fingerprint(next))) return true;
    nodes_.push_back({static_cast<std::uint32_t>(at), s});
    return as_meant(next, s.replica);
  }

  static fingerprint128 fingerprint(world const& w) {
    fingerprint128 f;
    for (auto const& op : w.done) {
      f.add(op.kind * 64 + op.replica);
      f.add(op.seen);
    }
    for (std::size_t r = 0; r < w.states.size(); ++r) {
      f.add(w.known[r]);
      add(f, w.states[r]);
    }
    for (auto const& d : w.deltas) add(f, d);
    return f;
  }
  static void add(fingerprint128& f, T const& state) {
    auto const bytes = encode(state);
    f.add(bytes.size());
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      word = word << 8U | static_cast<std::uint64_t>(bytes[i]);
      if (i % 8 == 7 || i + 1 == bytes.size()) f.add(std::exchange(word, 0));
    }
  }

  static auto expected(world const& w, std::size_t r) {
    known_operations known;
    for (auto const& op : w.done)
      if ((w.known[r] >> op.number & 1U) != 0) known.add(op);
    return Intent::expected(std::as_const(known));
  }

  // Whether of each operation in `set` all are in it that it saw.
  static bool closed(world const& w, std::uint32_t set) {
    for (auto const& op : w.done)
      if ((set >> op.number & 1U) != 0 && (op.seen & ~set) != 0) return false;
    return true;
  }
  // Whether a replica, and whoever did what has reached it, got no effect before its cause. Otherwise what it shows depends on
  // what deltas carry along of each other.
  static bool causal(world const& w, std::size_t r) {
    for (auto const& op : w.done)
      if ((w.known[r] >> op.number & 1U) != 0 && !closed(w, op.seen)) return false;
    return closed(w, w.known[r]);
  }
  // Only the replica that the last step changed needs to be looked at.
  static bool as_meant(world const& w, std::size_t changed) {
    if (causal(w, changed) && !(Intent::observed(w.states[changed]) == expected(w, changed))) return false;
    for (std::size_t r = 0; r < w.states.size(); ++r)
      if (w.known[r] == w.known[changed] && !ab::same(w.states[r], w.states[changed])) return false;
    return true;
  }
  static bool does_nothing(T const& state, T const& message) {
    T again = state;
    return !take(again, message) || ab::same(again, state);
  }
  static bool doubled_messages_do_nothing(world const& w) {
    for (std::size_t m = 0; m < w.done.size(); ++m)
      for (std::size_t r = 0; r < w.states.size(); ++r) {
        if (w.has_delta[m] && (w.known[r] >> m & 1U) != 0 && !does_nothing(w.states[r], w.deltas[m])) return false;
        if ((state_covers(w, m) & ~w.known[r]) == 0 && !does_nothing(w.states[r], w.sent[m])) return false;
      }
    return true;
  }

  verdict failed() const { return verdict(false, fault(static_cast<std::uint32_t>(nodes_.size() - 1))); }

  static void add_number(verdict::account_type& out, std::string_view letter, std::size_t n) {
    out.append(letter).append(static_cast<std::int64_t>(n));
  }
  verdict::account_type fault(std::uint32_t node) const {
    verdict::account_type out;
    auto const steps = trace(node);
    out.append("using T = ").append(ab::detail::canonical::type_name<T>).append(";\nT s0");
    for (std::size_t r = 1; r < replicas_; ++r) add_number(out, ", s", r);
    out.append(";\n");
    world w(replicas_);
    for (auto const& s : steps) {
      if (s.how == model_step::does) {
        auto const number = w.done.size();
        apply(w, s);
        if (w.has_delta[number]) {
          add_number(out, "auto const d", number);
          out.append(" = ");
        }
        std::size_t kind = 0;
        std::apply([&](auto const&... op) { ((kind++ == s.what ? write_operation(out, op, s.replica) : void()), ...); },
                   kinds);
        add_number(out, "auto const m", number);
        add_number(out, " = s", s.replica);
        out.append(";\n");
      } else {
        add_number(out, "ab::join(s", s.replica);
        add_number(out, s.how == model_step::gets_delta ? ", d" : ", m", s.what);
        out.append(");\n");
        apply(w, s);
      }
    }
    std::size_t const r = steps.empty() ? 0U : steps.back().replica;
    auto const is = Intent::observed(w.states[r]);
    auto const meant = expected(w, r);
    if (causal(w, r) && !(is == meant)) {
      show(is, add_comment(out, r, " shows "));
      show(meant, out.append("\n// and is meant to show "));
    } else {
      bool told = false;
      for (std::size_t other = 0; other < replicas_ && !told; ++other) {
        told = w.known[other] == w.known[r] && !ab::same(w.states[other], w.states[r]);
        if (told) add_number(add_comment(out, r, " knows of the same operations as s"), "", other);
      }
      out.append(told ? ", and isn't the same" : "// a message that has arrived changes something when it comes again");
    }
    out.append("\n");
    return out;
  }
  static verdict::account_type& add_comment(verdict::account_type& out, std::size_t r, std::string_view text) {
    add_number(out, "// s", r);
    return out.append(text);
  }
  template <class Operation>
  static void write_operation(verdict::account_type& out, Operation const& op, std::size_t r) {
    add_number(out, "s", r);
    out.append(".");
    for (char const c : op.code)
      if (c == '#')
        add_number(out, "ab::replica(", r + 1), out.append(")");
      else
        out.append(std::string_view(&c, 1));
    out.append(";\n");
  }

  std::size_t replicas_, operations_, most_;
  std::vector<model_node> nodes_;
  fingerprints visited_;
};

}  // namespace ab::testing::detail
