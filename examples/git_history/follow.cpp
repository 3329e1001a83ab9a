#include "follow.hpp"

#include "failure.hpp"
#include "progress.hpp"
#include "projections.hpp"

#include <anabranch/snapshot.hpp>

#include <algorithm>
#include <deque>
#include <future>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

// Reads commits in batches, several at a time, and hands them out in order.
class read_ahead {
 public:
  read_ahead(repository const& source, std::span<commit_key const> commits) : source_(source), rest_(commits) {}

  // The events of the next batch; none after the last.
  std::vector<history_event> next() {
    while (!rest_.empty() && under_way_.size() < at_a_time_) {
      auto const batch = rest_.first(std::min(rest_.size(), batch_size));
      rest_ = rest_.subspan(batch.size());
      under_way_.push_back(std::async(std::launch::async, [this, batch] { return source_.read(batch); }));
    }
    if (under_way_.empty()) return {};
    auto events = under_way_.front().get();
    under_way_.pop_front();
    return events;
  }

 private:
  static constexpr std::size_t batch_size = 250;

  repository const& source_;
  std::span<commit_key const> rest_;
  std::size_t at_a_time_ = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
  std::deque<std::future<std::vector<history_event>>> under_way_;
};

// A batch is in the log as a whole or not at all.
void append(history_log log, repository const& source, std::span<commit_key const> commits, progress& shown) {
  read_ahead batches(source, commits);
  for (auto events = batches.next(); !events.empty(); events = batches.next()) {
    must(log.append_all(events));
    auto const is_commit = [](history_event const& e) { return e.holds<commit_made>(); };
    shown.advance(static_cast<std::size_t>(std::count_if(events.begin(), events.end(), is_commit)));
  }
}

// Finds in the log what commits were made of, and turns it round.
struct withdrawals {
  std::map<commit_key, std::vector<history_event>> of;
  std::vector<history_event>* current = nullptr;

  void apply(commit_made const& e) {
    auto const at = of.find(e.key);
    current = at == of.end() ? nullptr : &at->second;
    if (current) *current = {commit_withdrawn{e}};  // anew for one that came and went before
  }
  void apply(file_changed const& e) {
    if (current) current->push_back(change_withdrawn{e});
  }
  void apply(ab::others) {}
};

std::vector<history_event> withdraw(history_log log, std::span<commit_key const> commits) {
  withdrawals wanted;
  for (auto const& commit : commits) wanted.of.try_emplace(commit);
  auto const found = must(log.resume(ab::folded<withdrawals>{std::move(wanted)}));
  std::vector<history_event> all;
  for (auto const& [commit, events] : found.state.of) all.insert(all.end(), events.begin(), events.end());
  return all;
}

void take_snapshots(history_log log) {
  must(ab::snapshot<totals>(log));
  must(ab::snapshot<authors>(log));
  must(ab::snapshot<hottest_files>(log));
  must(ab::snapshot<activity>(log));
}

// In the order of `all`.
template <class Commits, class Others>
std::vector<commit_key> without(Commits const& all, Others const& those) {
  std::set<commit_key> const left_out(those.begin(), those.end());
  std::vector<commit_key> rest;
  std::copy_if(all.begin(), all.end(), std::back_inserter(rest),
               [&](commit_key const& c) { return !left_out.contains(c); });
  return rest;
}

}  // namespace

std::size_t follow(history& store, repository const& source) {
  auto log = store.stream("commits");
  auto settings = store.kv<std::string>("settings");
  auto const known = must(log.fold<known_commits>()).keys;
  auto const reached = source.commits();

  // Under other settings for diffs, git would say something else about every commit: none is as the log has it.
  auto const now = source.diff_settings();
  bool const as_before = must(settings.get("diff")) == now;
  auto const gone = without(known, as_before ? reached : std::vector<commit_key>());
  if (!gone.empty()) std::cerr << "commits withdrawn: " << gone.size() << '\n';
  if (!gone.empty() || !as_before) must(ab::commit(log.write_all(withdraw(log, gone)), settings.write("diff", now)));

  // The snapshots are taken halfway, so that there is a tail to them.
  auto const fresh = without(reached, without(known, gone));
  auto const half = fresh.size() / 2;
  progress shown("commits read:", fresh.size());
  append(log, source, std::span(fresh).first(half), shown);
  if (half > 0) take_snapshots(log);
  append(log, source, std::span(fresh).subspan(half), shown);
  return without(reached, known).size();
}
