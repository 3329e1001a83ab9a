// Reads the history of a Git repository into a store, folds it, and shows what it was.

#include "charts.hpp"
#include "failure.hpp"
#include "follow.hpp"
#include "history.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "projections.hpp"
#include "repository.hpp"
#include "terminal.hpp"
#include "timeline.hpp"

#include <anabranch/snapshot.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace {

// "<repository>-<checksum of its place>.history", so that several repositories in one folder have stores of their own.
std::string store_name(repository const& source) {
  std::filesystem::path const place = source.git_directory();
  auto const name = place.filename() == ".git" ? place.parent_path().filename() : place.stem();
  char checksum[9];
  (void)std::snprintf(checksum, sizeof checksum, "%08x", ab::crc32c(std::as_bytes(std::span(source.git_directory()))));
  return name.string() + '-' + checksum + ".history";
}

template <class... Projections>
bool snapshots_lead_to(std::tuple<Projections...> const& replayed, history_log log) {
  return (... && (must(ab::load<Projections>(log)).state == std::get<Projections>(replayed)));
}

// By name, as `git shortlog` has them: one person may have several addresses, and by .mailmap several names.
std::map<std::string, std::int64_t> by_name(authors const& who, repository const& source) {
  std::vector<std::string> contacts;
  for (auto const& [contact, n] : who.commits) contacts.push_back(contact);
  auto const names = source.names(contacts);

  std::map<std::string, std::int64_t> commits;
  auto name = names.begin();
  for (auto const& [contact, n] : who.commits) commits[*name++] += n;
  return commits;
}

void show(std::ostream& out, history_log log, repository const& source) {
  auto const replayed = must(log.fold<totals, authors, hottest_files, activity>());
  auto const& [sums, who, files, when] = replayed;
  if (!snapshots_lead_to(replayed, log)) throw failure("the snapshots and the replay disagree; remove the store");

  auto const screen = terminal::of_output();
  auto const commits_by_name = by_name(who, source);
  auto const [unit, periods] = over_time(when);
  draw(out, screen, "Commits by author", greatest(commits_by_name, 10));
  draw(out, screen, "Hottest files, by commits", greatest(files.changes, 10));
  draw(out, screen, "Commits by " + unit, periods);

  out << "snapshot + tail: equal to the replay of all " << log.last().value << " events\n"
      << "commits: " << sums.commits << '\n'
      << "authors: " << commits_by_name.size() << '\n'
      << "files: " << files.changes.size() << '\n'
      << "lines added: " << sums.lines_added << '\n'
      << "lines removed: " << sums.lines_removed << '\n';
}

void tell(options const& asked) {
  repository const source(asked.repository);
  auto const place = asked.store.value_or(store_name(source));

  std::size_t appended = 0;
  {
    auto store = must(history::open(place, to_write));
    appended = follow(store, source);
  }
  // Opened anew, so that what is shown is what was kept.
  auto store = must(history::open(place, to_read));
  show(std::cout, store.stream("commits"), source);
  std::cout << "appended: " << appended << '\n';
}

int say(std::string const& why, int status) {
  std::cerr << "git_history: " << why << '\n';
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  (void)std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error like a full disk, and no death
  (void)std::signal(SIGCHLD, SIG_DFL);  // where it is ignored, nobody learns how a process has ended
  try {
    auto const asked = options::parse(argc, argv);
    if (asked.help) {
      std::cout << help_text;
    } else {
      tell(asked);
    }
    if (!std::cout.flush()) throw failure("the standard output can't be written; is its disk full?");
    return 0;
  } catch (misused const& e) {
    return say(e.why + "; see git_history --help", 2);
  } catch (std::exception const& e) {
    return say(e.what(), 1);
  }
}
