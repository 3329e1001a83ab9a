#include "follow.hpp"

#include "failure.hpp"
#include "projections.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <map>
#include <thread>
#include <utility>

namespace {

// Reads commits in batches, as many at a time as there are processors, and hands them out in order.
class read_ahead {
 public:
  read_ahead(repository const& source, std::span<commit_key const> commits) : source_(source), rest_(commits) {}

  // The events of the next batch; none after the last.
  std::vector<history_event> next() {
    while (!rest_.empty() && under_way_.size() < std::max(1U, std::thread::hardware_concurrency())) {
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
  std::deque<std::future<std::vector<history_event>>> under_way_;
};

// Finds in the log what a commit was made of, and turns it round.
struct withdrawals {
  std::map<commit_key, std::vector<history_event>> of;
  std::vector<history_event>* current = nullptr;

  void apply(commit_made const& e) {
    auto const at = of.find(e.key);
    current = at == of.end() ? nullptr : &at->second;
    // One that came, went and came again counts as it came last.
    if (current) *current = {commit_withdrawn{e}};
  }
  void apply(file_changed const& e) {
    if (current) current->push_back(change_withdrawn{e});
  }
  void apply(ab::others) {}
};

}  // namespace

difference compare(repository const& source, history_log const& log) {
  auto known = must(log.fold<known_commits>()).keys;
  difference all;
  for (auto& commit : source.commits()) {
    if (known.erase(commit) == 0) all.fresh.push_back(std::move(commit));
  }
  all.gone.assign(known.begin(), known.end());
  return all;
}

void append(history_log log, repository const& source, std::span<commit_key const> commits, progress& shown) {
  read_ahead batches(source, commits);
  for (auto events = batches.next(); !events.empty(); events = batches.next()) {
    must(log.append_all(ab::exact(log.last()), events));
    shown.advance(std::count_if(events.begin(), events.end(), [](auto const& e) { return e.template holds<commit_made>(); }));
  }
}

void withdraw(history_log log, std::span<commit_key const> commits) {
  withdrawals found;
  for (auto const& commit : commits) found.of.try_emplace(commit);
  std::vector<history_event> events;
  for (auto& [key, of] : must(log.resume(ab::folded<withdrawals>{std::move(found), {}})).state.of) {
    std::move(of.begin(), of.end(), std::back_inserter(events));
  }
  must(log.append_all(ab::exact(log.last()), events));
}
