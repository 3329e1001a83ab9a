// What subscribers were told, as lines of text.
#pragma once

#include "spine/events.hpp"
#include "spine/storages.hpp"

#include <string>
#include <vector>

namespace subscribing {

using namespace spine;
using lines = std::vector<std::string>;

/// Writes down every event that it is told of.
struct scribe {
  lines* to;
  void operator()(deposited const& e, auto const& info) const { line("+" + std::to_string(e.cents), info); }
  void operator()(withdrawn const& e, auto const& info) const { line("-" + std::to_string(e.cents), info); }
  void operator()(noted const& e, auto const& info) const { line(e.text, info); }
  void operator()(ordered const& e, auto const& info) const { line("#" + std::to_string(e.item), info); }

 private:
  void line(std::string const& what, auto const& info) const {
    to->push_back(std::string(info.stream) + '@' + std::to_string(info.revision.value) + ' ' + what);
  }
};

// A reactor: whatever folds can't take it.
struct mailer {
  int* sent;
  void react(deposited const&) { ++*sent; }
  void react(ab::others) {}
};

}  // namespace subscribing
