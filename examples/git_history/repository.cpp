#include "repository.hpp"

#include "failure.hpp"
#include "process.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace {

// Takes from `text` what stands before the next `end`, and removes both.
std::string_view take(std::string_view& text, char end) {
  auto const size = std::min(text.find(end), text.size());
  auto const taken = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return taken;
}

// Zero where there is none: git has "-" for the lines of a binary file, and nothing for a date that is none.
std::int64_t number(std::string_view text) {
  std::int64_t n = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

std::int64_t words(std::string_view text) { return text.empty() ? 0 : std::count(text.begin(), text.end(), ' ') + 1; }

// From "<id>" and " <parent>" for each parent.
commit_key key_of(std::string_view line) {
  auto const id = take(line, ' ');
  return {std::string(id), words(line)};
}

// What `git log -z` writes for a commit: a line as below, with a zero at its end; then, where there are changes, a newline,
// and for each "<added> TAB <removed> TAB <path>" or, after a rename, an empty path and then the old and the new one.
constexpr auto commit_format = "--format=commit %H%x00%P%x00%an <%ae>%x00%at";
constexpr std::string_view commit_mark = "commit ";

commit_made take_commit(std::string_view& log) {
  log.remove_prefix(commit_mark.size());
  auto const id = take(log, '\0'), parents = take(log, '\0'), author = take(log, '\0'), at = take(log, '\0');
  if (log.starts_with('\n')) log.remove_prefix(1);
  return {{std::string(id), words(parents)}, std::string(author), number(at)};
}

file_changed take_change(std::string_view& log) {
  auto const added = take(log, '\t'), removed = take(log, '\t');
  auto path = take(log, '\0');
  if (path.empty()) (void)take(log, '\0'), path = take(log, '\0');
  return {std::string(path), number(added), number(removed)};
}

std::string without_last_newline(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

// A git that runs us, as it does from a hook, says in the environment which repository is meant. Here the path says it.
void forget_the_surrounding_repository() {
  for (auto const* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
                           "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX"}) {
    (void)::unsetenv(name);
  }
}

}  // namespace

repository::repository(std::string path) : path_(std::move(path)) {
  forget_the_surrounding_repository();
  auto found = run({"git", "-C", path_, "rev-parse", "--absolute-git-dir"});
  if (!found.well) {
    throw failure(path_ + ": " + without_last_newline(found.err) + "\nname the path of a Git repository");
  }
  git_directory_ = without_last_newline(std::move(found.out));
}

std::vector<commit_key> repository::commits() const {
  auto const head = run({"git", "-C", path_, "rev-parse", "--quiet", "--verify", "HEAD"});
  if (!head.well) return {};
  auto const text = git({"rev-list", "--topo-order", "--reverse", "--parents", without_last_newline(head.out), "--"});
  std::vector<commit_key> all;
  for (std::string_view rest = text; !rest.empty();) all.push_back(key_of(take(rest, '\n')));
  return all;
}

std::vector<history_event> repository::read(std::span<commit_key const> commits) const {
  std::vector<std::string> arguments{"log", "--no-walk=unsorted",  "--numstat",
                                     "-z",  "--no-show-signature", commit_format};
  for (auto const& commit : commits) arguments.push_back(commit.id);
  arguments.emplace_back("--");
  auto const text = git(std::move(arguments));

  std::vector<history_event> events;
  std::size_t read = 0;
  for (std::string_view rest = text; !rest.empty();) {
    if (rest.starts_with(commit_mark)) {
      events.emplace_back(take_commit(rest));
      ++read;
    } else {
      events.emplace_back(take_change(rest));
    }
  }
  if (read != commits.size())
    throw failure(path_ + ": git log says something else than was asked; is it the real one?");
  return events;
}

std::string repository::diff_settings() const {
  return git({"version"}) + git({"for-each-ref", "--format=%(refname) %(objectname)", "refs/replace"}) +
         git({"ls-files", "--full-name", "--stage", "--", ":(top,glob)**/.gitattributes"}) +
         run({"git", "-C", path_, "config", "--get-regexp", "^diff[.]"}).out;  // fails where there is none
}

std::vector<std::string> repository::names(std::span<std::string const> authors) const {
  std::vector<std::string> names;
  while (!authors.empty()) {
    auto const some = authors.first(std::min<std::size_t>(authors.size(), 1000));  // a command has a greatest length
    authors = authors.subspan(some.size());
    std::vector<std::string> arguments{"check-mailmap", "--"};
    arguments.insert(arguments.end(), some.begin(), some.end());
    auto const text = git(std::move(arguments));
    for (std::string_view rest = text; !rest.empty();) {
      auto line = take(rest, '\n');
      auto name = take(line, '<');
      if (name.ends_with(' ')) name.remove_suffix(1);
      names.emplace_back(name);
    }
  }
  return names;
}

std::string repository::git(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"git", "-C", path_});
  auto done = run(arguments);
  if (!done.well) {
    throw failure(path_ + ": git " + arguments[3] + " failed: " + without_last_newline(done.err) +
                  "\ncheck the repository with: git -C " + path_ + " fsck");
  }
  return std::move(done.out);
}
