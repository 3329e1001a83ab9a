// A store against the naive definition of one: random programs run on both, and after each step all that can be seen of the
// one is all that can be seen of the other. A program that fails is shrunk, and printed with its seed.
#pragma once

#include "catch.hpp"
#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace spine::model {

/// What a step does is decided by its numbers and by the state that it meets, so that any part of a program is a program.
struct step {
  std::uint64_t kind, a, b, c, d;
};
using program = std::vector<step>;

inline std::string number(std::int64_t n) { return std::to_string(n); }

/// What a store is, written down as directly as can be.
struct reference {
  struct event {
    std::string what;
    std::int64_t at, position;
  };
  struct stream {
    std::vector<event> ever;  // all that was ever appended
    std::size_t gone = 0;     // how many of the oldest are truncated
  };
  std::int64_t base;
  bool global;
  std::map<std::string, stream> streams{{"a", {}}, {"b", {}}, {"o", {}}};
  std::map<std::string, std::int64_t> table{};
  std::map<std::string, std::int64_t> cursors{};
  std::optional<std::size_t> snapshot{};  // of "a": how many events are in it
  std::int64_t position = 0, gone = 0;
  std::int64_t next_stamp = 0, highest_stamp = -1;

  std::int64_t last(std::string const& s) const {
    return base + static_cast<std::int64_t>(streams.at(s).ever.size()) - 1;
  }
  std::int64_t first(std::string const& s) const { return base + static_cast<std::int64_t>(streams.at(s).gone); }
  void append(std::string const& s, std::string what) {
    highest_stamp = std::max(highest_stamp, next_stamp);
    streams[s].ever.push_back({std::move(what), next_stamp++, ++position});
  }
  void truncate(std::string const& s, std::int64_t through) {
    auto& it = streams[s];
    for (; first(s) <= through && it.gone < it.ever.size(); ++it.gone) gone = std::max(gone, it.ever[it.gone].position);
  }
  std::string line(std::string const& s, std::size_t i) const {
    auto const& e = streams.at(s).ever[i];
    return s + '@' + number(base + static_cast<std::int64_t>(i)) + " t" + number(e.at) +
           (global ? " p" + number(e.position) : "") + ' ' + e.what;
  }
};

/// An expectation as it was drawn, for the store and for the reference.
struct expected {
  int kind;
  std::int64_t at;
  expected(std::uint64_t r, std::int64_t last)
      : kind(static_cast<int>(r % 7)),
        at(kind < 3   ? 0
           : kind < 5 ? last
                      : last + static_cast<std::int64_t>(r / 7 % 5) - 2) {}

  ab::expectation get() const {
    if (kind == 0) return ab::any;
    if (kind == 1) return ab::no_stream;
    if (kind == 2) return ab::stream_exists;
    return ab::exact(at);
  }
  std::string unmet(std::int64_t last, std::int64_t none) const {
    if (kind == 1 && last != none) return "stream_exists " + number(none) + ' ' + number(last);
    if (kind == 2 && last == none) return "no_such_stream " + number(none + 1) + ' ' + number(last);
    if (kind > 2 && at != last) return "wrong_revision " + number(at) + ' ' + number(last);
    return {};
  }
  std::string text() const {
    return kind == 0 ? "any" : kind == 1 ? "no_stream" : kind == 2 ? "stream_exists" : "exact(" + number(at) + ')';
  }
};

inline std::string text_of(ab::error const& e) {
  auto const kind = e == ab::errc::wrong_revision   ? "wrong_revision"
                    : e == ab::errc::stream_exists  ? "stream_exists"
                    : e == ab::errc::no_such_stream ? "no_such_stream"
                    : e == ab::errc::key_exists     ? "key_exists"
                    : e == ab::errc::value_mismatch ? "value_mismatch"
                    : e == ab::errc::truncated      ? "truncated"
                    : e == ab::errc::wrong_family   ? "wrong_family"
                                                    : "another error: ";
  auto const numbers = e.compares ? ' ' + number(e.expected) + ' ' + number(e.actual) : std::string();
  return kind + numbers + (e == ab::errc::io || e == ab::errc::corrupt ? std::string(e.message().view()) : "");
}

struct surprise : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Runs a program on a store and on the reference.
template <class Fixture, std::int64_t First, class Order>
class run {
  using store_type =
      typename Fixture::template store<both_families, ab::manual_clock, Order, ab::revisions_from<First>>;

 public:
  run() : s_(fixture_.template open<both_families, ab::manual_clock, Order, ab::revisions_from<First>>()) {
    m_.base = First;
    m_.global = Order::global;
  }

  /// The first difference, or nothing. `log` gets the steps that were taken.
  std::string play(program const& p, std::vector<std::string>& log) {
    for (auto const& st : p) {
      log.emplace_back();
      std::string ours, wanted;
      try {
        take(st, log.back(), ours, wanted);
      } catch (surprise const&) {
        ours += " (it threw)";
      }
      if (ours != wanted) return "gave:     " + ours + "\nexpected: " + wanted;
      ours = seen();
      wanted = should_be();
      if (ours != wanted) return "is:        " + ours + "\nshould be: " + wanted;
    }
    return {};
  }

 private:
  using row = std::pair<account_event, std::string>;

  static account_event account(std::uint64_t r, std::string& what) {
    auto const n = static_cast<std::int64_t>(r / 3 % 1000);
    what = r % 3 == 0 ? '+' + number(n) : r % 3 == 1 ? '-' + number(n) : "note " + number(n);
    if (r % 3 == 0) return deposited{n};
    if (r % 3 == 1) return withdrawn{n};
    return noted{what};
  }
  static std::vector<account_event> accounts(std::uint64_t r, std::vector<std::string>& what) {
    std::vector<account_event> all;
    for (auto n = r % 5; n > 0; --n) all.push_back(account(r / 5 + n * 977, what.emplace_back()));
    return all;
  }
  static std::string key(std::uint64_t r) { return "k" + number(static_cast<std::int64_t>(r % 4)); }
  static std::string none_or(std::map<std::string, std::int64_t> const& t, std::string const& k) {
    auto const i = t.find(k);
    return i == t.end() ? "none" : number(i->second);
  }
  static std::optional<std::int64_t> maybe(std::map<std::string, std::int64_t> const& t, std::string const& k,
                                           std::uint64_t r) {
    auto const i = t.find(k);
    bool const right = r % 4 != 0;
    if (i == t.end()) return right ? std::nullopt : std::optional<std::int64_t>(7);
    if (right) return i->second;
    return r % 8 == 0 ? std::nullopt : std::optional(i->second + 1);
  }
  std::string receipt(std::int64_t first, std::int64_t last) const {
    return "ok " + number(first) + ' ' + number(last);
  }
  template <class R>
  static std::string receipt(R const& r) {
    return r ? "ok " + number(r->first.value) + ' ' + number(r->last.value) : text_of(r.error());
  }

  void take(step const& st, std::string& log, std::string& ours, std::string& wanted) {
    auto a = stream<account_event>(s_, "a"), b = stream<account_event>(s_, "b");
    auto o = stream<order_event>(s_, "o");
    auto const none = First - 1;
    switch (st.kind % 12) {
      case 0:
      case 1: {  // an append with an expectation
        bool const to_a = st.kind % 12 == 0;
        auto& h = to_a ? a : b;
        std::string const n = to_a ? "a" : "b";
        expected const e(st.a, m_.last(n));
        std::string one, two;
        auto const x = account(st.b, one), y = account(st.c, two);
        log = n + ".append(" + e.text() + ", " + one + (st.d % 2 ? ", " + two : "") + ')';
        auto const append = [&](auto const& how) { return receipt(st.d % 2 ? h.append(how, x, y) : h.append(how, x)); };
        // As a type of its own, or as one chosen at run time.
        ours = st.d % 4 > 1  ? append(e.get())
               : e.kind == 0 ? append(ab::any)
               : e.kind == 1 ? append(ab::no_stream)
               : e.kind == 2 ? append(ab::stream_exists)
                             : append(ab::exact(e.at));
        wanted = e.unmet(m_.last(n), none);
        if (!wanted.empty()) return;
        m_.append(n, one);
        if (st.d % 2) m_.append(n, two);
        wanted = receipt(m_.last(n) - static_cast<std::int64_t>(st.d % 2), m_.last(n));
        return;
      }
      case 2: {  // a batch of any size
        expected const e(st.a, m_.last("b"));
        std::vector<std::string> what;
        auto const batch = accounts(st.b, what);
        log = "b.append_all(" + e.text() + ", " + number(static_cast<std::int64_t>(what.size())) + " events)";
        ours = receipt(b.append_all(e.get(), batch));
        wanted = e.unmet(m_.last("b"), none);
        if (!wanted.empty()) return;
        auto const before = m_.last("b");
        for (auto& w : what) m_.append("b", w);
        wanted = receipt(before + 1, m_.last("b"));
        return;
      }
      case 3: {  // a truncation
        char const* const n = st.a % 2 ? "a" : "o";
        auto const through = m_.last(n) + 1 - static_cast<std::int64_t>(st.b % 5);
        log = n + (".truncate(" + number(through)) + ')';
        auto const r = st.a % 2 ? a.truncate(ab::revision{through}) : o.truncate(ab::revision{through});
        ours = r ? number(r->value) : text_of(r.error());
        m_.truncate(n, through);
        wanted = number(m_.first(n));
        return;
      }
      case 4: return table_step(st, log, ours, wanted);
      case 5: {  // time told by the caller, in another family
        auto const at = m_.highest_stamp + static_cast<std::int64_t>(st.a % 20) - 10;
        log = "o.append(at " + number(at) + ')';
        ours = receipt(o.append(ab::at(ab::timestamp{at}), ordered{5}));
        auto const next = m_.next_stamp;
        m_.next_stamp = at;
        m_.append("o", "#5");
        m_.next_stamp = std::max(next, at + 1);
        wanted = receipt(m_.last("o"), m_.last("o"));
        return;
      }
      case 6:
      case 7: return commit_step(st, log, ours, wanted);
      case 8: {
        log = "reopen";
        fixture_.reopen(s_);
        // What failed commits took of the clock is forgotten with the process.
        if (Fixture::durable) m_.next_stamp = std::max<std::int64_t>(m_.highest_stamp + 1, 0);
        return;
      }
      case 9: {  // a range
        char const* const n = st.a % 2 ? "a" : "b";
        auto const first = First + static_cast<std::int64_t>(st.b % 12) - 2,
                   last = first + static_cast<std::int64_t>(st.c % 8) - 2;
        log = n + (".read(" + number(first)) + ".." + number(last) + ')';
        auto const r = fold<journal>(st.a % 2 ? a : b, ab::between(first, last));
        if (r) {
          for (auto const& l : r->lines) ours += l + ';';
        } else {
          ours = text_of(r.error());
        }
        auto const& it = m_.streams.at(n);
        if (it.gone > 0 && first < m_.first(n)) {
          wanted = "truncated " + number(first) + ' ' + number(m_.first(n));
        } else {
          for (std::size_t i = it.gone; i < it.ever.size(); ++i) {
            auto const rev = First + static_cast<std::int64_t>(i);
            if (rev >= first && rev <= last) wanted += m_.line(n, i) + ';';
          }
        }
        return;
      }
      case 10: {  // a resume from what was kept earlier, and something newer to keep
        log = "resume a from " + number(kept_.through.value);
        if (!keeps_) kept_ = {{}, ab::revision{none}};
        keeps_ = true;
        auto const r = a.resume(kept_);
        ours = r ? "ok " + number(r->through.value) : text_of(r.error());
        if (auto const missing = kept_.through.value + 1; m_.streams["a"].gone > 0 && missing < m_.first("a")) {
          wanted = "truncated " + number(missing) + ' ' + number(m_.first("a"));
        } else {
          wanted = "ok " + number(m_.last("a"));
          for (std::size_t i = 0; r && i < m_.streams["a"].ever.size(); ++i) {
            if (i >= r->state.lines.size() || r->state.lines[i] != m_.line("a", i))
              wanted = "the whole, not from " + number(static_cast<std::int64_t>(i));
          }
          if (r && st.a % 2) kept_ = *r;
        }
        return;
      }
      default: {  // a snapshot
        bool const takes = st.a % 3 == 0;
        log = takes ? "snapshot a" : "load a";
        auto const r = takes ? ab::snapshot<journal>(a) : ab::load<journal>(a);
        ours = r ? "ok " + number(r->through.value) : text_of(r.error());
        auto const has = m_.snapshot.value_or(0);
        if (m_.streams["a"].gone > has) {
          wanted = "truncated " + number(First + static_cast<std::int64_t>(has)) + ' ' + number(m_.first("a"));
          return;
        }
        wanted = "ok " + number(m_.last("a"));
        for (std::size_t i = 0; r && i < m_.streams["a"].ever.size(); ++i) {
          if (i >= r->state.lines.size() || r->state.lines[i] != m_.line("a", i)) wanted = "the whole";
        }
        if (takes) m_.snapshot = m_.streams["a"].ever.size();
        return;
      }
    }
  }

  void table_step(step const& st, std::string& log, std::string& ours, std::string& wanted) {
    auto t = kv<std::int64_t>(s_, "t");
    auto& mt = m_.table;
    auto const k = key(st.b);
    auto const v = static_cast<std::int64_t>(st.c % 100);
    auto const value = [](auto const& r) { return r ? number(static_cast<std::int64_t>(*r)) : text_of(r.error()); };
    switch (st.a % 6) {
      case 0:
        log = "put " + k;
        ours = value(t.put(k, v));
        wanted = number(mt[k] = v);
        return;
      case 1:
        log = "put_new " + k;
        ours = value(t.put_new(k, v));
        wanted = mt.contains(k) ? "key_exists" : number(v);
        mt.try_emplace(k, v);
        return;
      case 2:
        log = "erase " + k;
        ours = value(t.erase(k));
        wanted = number(static_cast<std::int64_t>(mt.erase(k)));
        return;
      case 3: {
        log = "update " + k;
        ours = value(t.update(k, v, [](std::int64_t n) { return n + 1; }));
        auto& mine = mt.try_emplace(k, v).first->second;
        wanted = number(++mine);
        return;
      }
      case 4: {
        auto const e = maybe(mt, k, st.d);
        log = "compare_and_swap " + k;
        ours = value(t.compare_and_swap(k, e, v));
        bool const met = e ? none_or(mt, k) == number(*e) : !mt.contains(k);
        wanted = met ? number(mt[k] = v) : "value_mismatch";
        return;
      }
      default:
        log = "get_or " + k;
        ours = value(t.get_or(k, -5));
        wanted = mt.contains(k) ? number(mt[k]) : "-5";
        return;
    }
  }

  // Everything at once; the parts have any size, or one of them fails or throws at the very end.
  void commit_step(step const& st, std::string& log, std::string& ours, std::string& wanted) {
    auto a = stream<account_event>(s_, "a"), b = stream<account_event>(s_, "b"), clash = stream<account_event>(s_, "o");
    auto o = stream<order_event>(s_, "o");
    auto t = kv<std::int64_t>(s_, "t");
    auto cursors = kv<ab::revision>(s_, "cursors");
    bool const lenient = st.d % 2 == 0;
    expected const ea(lenient ? 0 : st.a, m_.last("a")), eb(lenient ? 0 : st.b, m_.last("b"));
    auto const k = key(st.a), gone = key(st.b);
    auto const ek = maybe(m_.table, k, lenient ? 1 : st.c);
    std::vector<std::string> to_a, to_b;
    auto const batch_a = accounts(st.b / 7, to_a), batch_b = accounts(st.c / 7, to_b);
    std::vector<ordered> const orders(st.a % 3, ordered{3});
    auto const through = m_.last("a") + static_cast<std::int64_t>(st.c % 6) - 2;
    auto const ends = st.d / 2 % 5;  // 0: by throwing, 1: at a stream of another family
    log = "commit(a " + ea.text() + " +" + number(static_cast<std::int64_t>(to_a.size())) + ", b " + eb.text() + " +" +
          number(static_cast<std::int64_t>(to_b.size())) + ", o +" + number(static_cast<std::int64_t>(orders.size())) +
          ", expect " + k + ", put " + k + ", erase " + gone + ", truncate a " + number(through) +
          (ends == 0   ? ", throw"
           : ends == 1 ? ", clash"
                       : "") +
          ')';
    auto const v = static_cast<std::int64_t>(st.c % 100);
    auto const last = [&](std::int64_t r) {
      if (ends == 0) throw surprise("on purpose");
      return ab::revision{r};
    };
    std::vector<deposited> const clashing(ends == 1 ? 1 : 0);
    auto const give = [&](auto const& r) {
      if (!r) {
        ours = text_of(r.error());
        return;
      }
      ours = "ok";
    };
    if (ends == 1) {
      give(ab::commit(a.expect(ea.get()), b.expect(eb.get()), t.expect(k, ek), a.write_all(batch_a), t.write(k, v),
                      t.write_erasure(gone), b.write_all(batch_b), clash.write(deposited{1})));
    } else {
      try {
        give(ab::commit(a.expect(ea.get()), b.expect(eb.get()), t.expect(k, ek), a.write_all(batch_a),
                        b.write_all(batch_b), o.write_all(orders), t.write(k, v), t.write_erasure(gone),
                        a.write_truncation(ab::revision{through}), cursors.write("a", a.revision_here()),
                        cursors.write("b", [&] { return last(b.node().last().value); })));
      } catch (surprise const&) {
        ours = "threw";
      }
    }
    wanted = ea.unmet(m_.last("a"), First - 1);
    if (wanted.empty()) wanted = eb.unmet(m_.last("b"), First - 1);
    if (wanted.empty() && none_or(m_.table, k) != (ek ? number(*ek) : "none")) wanted = "value_mismatch";
    if (!wanted.empty()) return;
    auto const events = to_a.size() + to_b.size() + (ends == 1 ? 0 : orders.size());
    if (ends < 2) {
      wanted = ends == 0 ? "threw" : "wrong_family";
      m_.next_stamp += static_cast<std::int64_t>(events);  // what was staged has asked the clock
      return;
    }
    for (auto& w : to_a) m_.append("a", w);
    for (auto& w : to_b) m_.append("b", w);
    for (std::size_t i = 0; i < orders.size(); ++i) m_.append("o", "#3");
    m_.table[k] = v;
    m_.table.erase(gone);
    m_.truncate("a", through);
    m_.cursors["a"] = m_.last("a");
    m_.cursors["b"] = m_.last("b");
    wanted = "ok";
  }

  std::string seen() {
    std::string all;
    auto const see = [&](auto const& h) {
      all += std::string(h.name().view()) + ' ' + number(h.first().value) + ".." + number(h.last().value) + ' ' +
             number(static_cast<std::int64_t>(h.size())) + ": ";
      for (auto const& l : read_all(h).lines) all += l + ';';
      auto const p = fold<counted>(h, ab::stored);
      all += p ? " of " + number(p->n) + '\n' : text_of(p.error());
    };
    see(stream<account_event>(s_, "a"));
    see(stream<account_event>(s_, "b"));
    see(stream<order_event>(s_, "o"));
    auto const t = kv<std::int64_t>(s_, "t");
    for (auto const& k : *t.keys()) all += std::string(k.view()) + '=' + number(**t.get(k)) + ' ';
    auto const c = kv<ab::revision>(s_, "cursors");
    for (auto const& k : *c.keys()) all += std::string(k.view()) + "->" + number(c.get(k)->value().value) + ' ';
    if constexpr (Order::global) {
      all += "\nlast " + number(s_.last().value) + ": ";
      auto const whole = fold<journal>(s_, ab::stored);
      for (auto const& l : whole->lines) all += l + ';';
      for (std::int64_t from = 0; from <= s_.last().value + 1; ++from) {
        auto const r = fold<counted>(s_, ab::from(from));
        all += ' ' + (r ? number(r->n) : text_of(r.error()));
      }
    }
    return all;
  }

  std::string should_be() const {
    std::string all;
    for (auto const& [n, it] : m_.streams) {
      auto const size = number(static_cast<std::int64_t>(it.ever.size() - it.gone));
      all += n + ' ' + number(m_.first(n)) + ".." + number(m_.last(n)) + ' ' + size + ": ";
      for (auto i = it.gone; i < it.ever.size(); ++i) all += m_.line(n, i) + ';';
      all += " of " + size + '\n';
    }
    for (auto const& [k, v] : m_.table) all += k + '=' + number(v) + ' ';
    for (auto const& [k, v] : m_.cursors) all += k + "->" + number(v) + ' ';
    if constexpr (Order::global) {
      all += "\nlast " + number(m_.position) + ": ";
      std::map<std::int64_t, std::string> by_position;
      for (auto const& [n, it] : m_.streams) {
        for (auto i = it.gone; i < it.ever.size(); ++i) by_position[it.ever[i].position] = m_.line(n, i);
      }
      for (auto const& [p, l] : by_position) all += l + ';';
      for (std::int64_t from = 0; from <= m_.position + 1; ++from) {
        auto const left = std::distance(by_position.lower_bound(from), by_position.end());
        all += ' ' + (m_.gone > 0 && from <= m_.gone ? "truncated " + number(from) + ' ' + number(m_.gone + 1)
                                                     : number(left));
      }
    }
    return all;
  }

  Fixture fixture_;
  store_type s_;
  reference m_{};
  ab::folded<journal> kept_{};
  bool keeps_ = false;
};

inline program draw(std::uint64_t seed, std::size_t length) {
  std::mt19937_64 random(seed);
  program p(length);
  for (auto& st : p) st = {random(), random(), random(), random(), random()};
  return p;
}

/// Leaves out whatever a failing program fails without.
template <class Run>
program shrink(program p) {
  auto const fails = [](program const& q) {
    std::vector<std::string> ignored;
    return !Run().play(q, ignored).empty();
  };
  for (auto size = p.size() / 2; size > 0; size /= 2) {
    for (std::size_t at = 0; at + size <= p.size();) {
      auto shorter = p;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at),
                    shorter.begin() + static_cast<std::ptrdiff_t>(at + size));
      if (fails(shorter))
        p = shorter;
      else
        at += size;
    }
  }
  return p;
}

template <class Fixture, std::int64_t First, class Order>
void agrees(std::uint64_t programs, std::size_t length) {
  using run_type = run<Fixture, First, Order>;
  for (std::uint64_t seed = 1; seed <= programs; ++seed) {
    std::vector<std::string> log;
    auto p = draw(seed, length);
    if (run_type().play(p, log).empty()) continue;
    p = shrink<run_type>(p);
    log.clear();
    auto const difference = run_type().play(p, log);
    std::string steps;
    for (auto const& l : log) steps += "  " + l + '\n';
    FAIL("seed " << seed << ", on " << Fixture::name << ":\n" << steps << difference);
  }
  SUCCEED();
}

}  // namespace spine::model
