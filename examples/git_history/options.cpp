#include "options.hpp"

#include <string_view>

char const* const help_text = R"(usage: git_history [--store <folder>] [<repository>]

Reads the history of a Git repository into a durable store, folds it, and shows who made it, which files are the hottest, and
how active it was over time. The default is the checkout that the program was built from.

  --store <folder>  where the store is, or will be made; by default in the current folder, named after the repository
  --help            shows this

A second run reads only what is new. It may be interrupted at any time and run again. The figures are those of HEAD: a commit
that HEAD reaches no more, after an amend or a reset, is withdrawn. They are git's own:

  commits                git rev-list --count HEAD
  authors                git shortlog -sn HEAD, with .mailmap as it is today
  files                  the paths in git log --name-only: those that are gone too, a renamed one under each of its names
  lines added, removed   git log --numstat: without merges, a binary file counts no lines
  appended               commits that this run has added to the store

After a change of git's settings for diffs, or of .gitattributes, all commits are read anew.
)";

options options::parse(int argc, char const* const* argv) {
  options asked;
  std::optional<std::string> repository;
  bool only_paths = false;
  for (int i = 1; i < argc; ++i) {
    std::string_view const word = argv[i];
    if (only_paths || !word.starts_with('-') || word == "-") {
      if (repository) throw misused{"more than one repository: " + *repository + " and " + argv[i]};
      repository = word;
    } else if (word == "--") {
      only_paths = true;
    } else if (word == "--help" || word == "-h") {
      asked.help = true;
    } else if (word == "--store") {
      if (++i == argc || *argv[i] == '\0') throw misused{"--store needs a folder"};
      asked.store = argv[i];
    } else if (word.starts_with("--store=") && word.size() > 8) {
      asked.store = word.substr(8);
    } else {
      throw misused{"there is no option " + std::string(word)};
    }
  }
  asked.repository = repository.value_or(GIT_HISTORY_CHECKOUT);
  return asked;
}
