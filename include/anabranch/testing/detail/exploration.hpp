// The search of the model checker: breadth first, so that the first trace that fails is a shortest one.
#pragma once

#include "anabranch/codec/detail/type_name.hpp"
#include "anabranch/testing/detail/fingerprint_map.hpp"
#include "anabranch/testing/detail/model_states.hpp"
#include "anabranch/testing/detail/model_world.hpp"
#include "anabranch/testing/operation.hpp"
#include "anabranch/testing/show.hpp"
#include "anabranch/testing/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace ab::testing::detail {

// Two worlds are one where they have the same history, whatever the order in which it was made, and the same of it is known to
// each replica; names may differ, too, unless the intent says that they matter. That such worlds have the same states, and so
// the same future, isn't taken for granted: on each step, also one into a world that is known, the state that the replica
// reaches is compared with the first that knew of the same operations, and what it shows with what it is meant to.
template <class Intent>
class exploration {
  using states = model_states<Intent>;
  using T = typename Intent::state;
  using steps = std::vector<model_step>;
  static constexpr bool names_matter = [] {
    if constexpr (requires { bool{Intent::names_matter}; })
      return bool{Intent::names_matter};
    else
      return false;
  }();

  // A step, and the node before it.
  struct node {
    std::uint32_t before = UINT32_MAX;
    model_step step{};
  };
  // How a view of the history was come by first, and the state that it made.
  struct first_view {
    std::uint32_t before = 0;
    model_step step{};
    std::uint32_t state = 0;
  };
  enum class trouble : std::uint8_t { none, shows, differs, doubled, path };

 public:
  exploration(std::size_t replicas, std::size_t operations, std::size_t most)
      : replicas_(few(replicas)), operations_(few(operations)), most_(most) {}

  verdict run() {
    nodes_.push_back({});
    for (std::uint32_t at = 0; at < nodes_.size(); ++at) {
      auto const trace = trace_to(at);
      // Replicas that differ in one world say more than two worlds that differ, and come soon after.
      if (!other_way_.empty() && trace.size() > one_way_.size() + 1) break;
      auto const now = replay(trace);
      if (auto const again = harmful_double(now)) {
        failed_ = trace_to(at, *again);
        return verdict(false, account_of(failed_, trouble::doubled));
      }
      for (std::size_t r = 0; r < replicas_; ++r) {
        if (now.size < operations_)
          for (std::size_t k = 0; k < states::kind_count; ++k)
            if (!follow(at, now, {u8(r), u8(k), model_step::does})) return failed();
        for (std::size_t m = 0; m < now.size; ++m) {
          if (now.done[m].delta != states::none && !model_world::has(now.known[r], m))
            if (!follow(at, now, {u8(r), u8(m), model_step::gets_delta})) return failed();
          if ((now.covered(m) & ~now.known[r]) != 0)
            if (!follow(at, now, {u8(r), u8(m), model_step::gets_state})) return failed();
        }
        if (!names_matter && now.known[r] == 0) break;  // the others that did nothing yet are like it
      }
      if (nodes_.size() > most_) {
        verdict::account_type account;
        account.append("gave up after ").append(static_cast<std::int64_t>(nodes_.size()));
        account.append(" states: raise most_states, or take fewer replicas or operations");
        return verdict(false, account);
      }
    }
    if (!other_way_.empty()) return verdict(false, account_of(one_way_, trouble::path));
    verdict::account_type account;
    account.append(ab::detail::canonical::type_name<T>).append(" shows what it is meant to in all ");
    account.append(static_cast<std::int64_t>(nodes_.size())).append(" states of ");
    account.append(static_cast<std::int64_t>(replicas_)).append(" replicas, ");
    account.append(static_cast<std::int64_t>(operations_)).append(" operations, ");
    account.append(static_cast<std::int64_t>(states::kind_count)).append(" kinds");
    return verdict(true, account);
  }

 private:
  static std::size_t few(std::size_t n) noexcept { return n < model_most ? n : model_most; }
  static std::uint8_t u8(std::size_t n) noexcept { return static_cast<std::uint8_t>(n); }

  steps trace_to(std::uint32_t at) const {
    steps trace;
    for (; nodes_[at].before != UINT32_MAX; at = nodes_[at].before) trace.push_back(nodes_[at].step);
    for (std::size_t i = 0; i < trace.size() / 2; ++i) std::swap(trace[i], trace[trace.size() - 1 - i]);
    return trace;
  }
  steps trace_to(std::uint32_t before, model_step last) const {
    auto trace = trace_to(before);
    trace.push_back(last);
    return trace;
  }
  model_world start() {
    model_world w;
    w.replicas = replicas_;
    w.states.fill(states_.id_of(T{}));
    return w;
  }
  model_world replay(steps const& trace) {
    auto w = start();
    for (auto const& step : trace) states_.apply(w, step);
    return w;
  }

  // Adds what comes after the step, if it is new. @return whether it is as it is meant to be
  bool follow(std::uint32_t at, model_world const& now, model_step s) {
    auto next = now;
    if (!states_.apply(next, s)) return true;
    if (auto const t = look_at(next, s.replica); t != trouble::none) {
      failed_ = trace_to(at, s);
      why_ = t;
      return false;
    }
    note_view(at, next, s);
    if (visited_.insert(world_key::of(next, names_matter), 0).second) nodes_.push_back({at, s});
    return true;
  }
  // The same view must make the same state, in whatever order it was come by.
  void note_view(std::uint32_t at, model_world const& w, model_step s) {
    auto const state = w.states[s.replica];
    auto const [number, added] = views_.insert(view_key(w, s.replica), static_cast<std::uint32_t>(first_views_.size()));
    if (added) {
      first_views_.push_back({at, s, state});
      return;
    }
    auto const& first = first_views_[number];
    if (!other_way_.empty() || states_.same(first.state, state)) return;
    one_way_ = trace_to(at, s);
    other_way_ = trace_to(first.before, first.step);
  }

  // Only the replica that the last step changed needs to be looked at.
  trouble look_at(model_world const& w, std::size_t changed) {
    for (std::size_t r = 0; r < replicas_; ++r)
      if (w.known[r] == w.known[changed] && !states_.same(w.states[r], w.states[changed])) return trouble::differs;
    if (!w.causal(changed)) return trouble::none;
    fingerprint128 f;
    f.add(std::uint64_t{w.known[changed]} << 32U | w.states[changed]);
    for (std::size_t n = 0; n < w.size; ++n)
      if (model_world::has(w.known[changed], n))
        f.add(w.done[n].kind * 65536U + w.done[n].replica * 256U + w.done[n].seen);
    if (!as_meant_.insert(f, 0).second) return trouble::none;
    return Intent::observed(states_[w.states[changed]]) == expected(w, changed) ? trouble::none : trouble::shows;
  }
  static auto expected(model_world const& w, std::size_t r) {
    known_operations known;
    for (std::size_t n = 0; n < w.size; ++n)
      if (model_world::has(w.known[r], n)) known.add(w[n]);
    return Intent::expected(std::as_const(known));
  }
  // A message that has arrived, and changes something when it comes again.
  std::optional<model_step> harmful_double(model_world const& w) {
    for (std::size_t m = 0; m < w.size; ++m)
      for (std::size_t r = 0; r < replicas_; ++r) {
        auto const& op = w.done[m];
        if (op.delta != states::none && model_world::has(w.known[r], m) && !states_.does_nothing(w.states[r], op.delta))
          return model_step{u8(r), u8(m), model_step::gets_delta};
        if ((w.covered(m) & ~w.known[r]) == 0 && !states_.does_nothing(w.states[r], op.sent))
          return model_step{u8(r), u8(m), model_step::gets_state};
      }
    return std::nullopt;
  }

  verdict failed() { return verdict(false, account_of(failed_, why_)); }

  static void add_number(verdict::account_type& out, std::string_view letter, std::size_t n) {
    out.append(letter).append(static_cast<std::int64_t>(n));
  }
  void write_states(verdict::account_type& out) const {
    out.append("T s0");
    for (std::size_t r = 1; r < replicas_; ++r) add_number(out, ", s", r);
    out.append(";\n");
  }
  model_world write_steps(verdict::account_type& out, steps const& trace) {
    auto w = start();
    for (auto const& s : trace) {
      states_.apply(w, s);
      if (s.how == model_step::does) {
        auto const number = w.size - 1;
        if (w.done[number].delta != states::none) {
          add_number(out, "auto const d", number);
          out.append(" = ");
        }
        std::size_t kind = 0;
        std::apply([&](auto const&... op) { ((kind++ == s.what ? write_operation(out, op, s.replica) : void()), ...); },
                   states::kinds);
        add_number(out, "auto const m", number);
        add_number(out, " = s", s.replica);
        out.append(";\n");
      } else {
        add_number(out, "ab::join(s", s.replica);
        add_number(out, s.how == model_step::gets_delta ? ", d" : ", m", s.what);
        out.append(");\n");
      }
    }
    return w;
  }
  verdict::account_type account_of(steps const& trace, trouble why) {
    verdict::account_type out;
    out.append("using T = ").append(ab::detail::canonical::type_name<T>).append(";\n");
    write_states(out);
    auto const w = write_steps(out, trace);
    std::size_t const r = trace.empty() ? 0U : trace.back().replica;
    if (why == trouble::shows) {
      show(Intent::observed(states_[w.states[r]]), add_comment(out, r, " shows "));
      show(expected(w, r), out.append("\n// and is meant to show "));
    } else if (why == trouble::differs) {
      std::size_t other = 0;
      while (w.known[other] != w.known[r] || states_.same(w.states[other], w.states[r])) ++other;
      add_number(add_comment(out, r, " knows of the same operations as s"), "", other);
      out.append(", and isn't the same");
    } else if (why == trouble::path) {
      add_comment(out, r, " knows of the same operations as, after the following, s");
      add_number(out, "", other_way_.back().replica);
      out.append(", and isn't the same\n");
      write_states(out);
      write_steps(out, other_way_);
    } else {
      out.append("// a message that has arrived changes something when it comes again");
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
  states states_;
  std::vector<node> nodes_;
  fingerprint_map visited_, as_meant_, views_;
  std::vector<first_view> first_views_;
  steps failed_, one_way_, other_way_;
  trouble why_ = trouble::none;
};

}  // namespace ab::testing::detail
