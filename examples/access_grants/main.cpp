// A desk that grants and revokes: who may use what now, who could on a day, and who was granted what between two days.
//
//   access_grants <store>      and on the standard input, a line each:
//
//   2026-03-02 anna grants ben ledger        now
//   2026-03-03 anna revokes ben ledger       on 2026-03-02
//                                            audit 2026-03-02 2026-03-03
#include "day.hpp"
#include "grants.hpp"

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

// The lines say what day it is. Time never goes back: an earlier day counts as the last one that was told.
using access_store = ab::store<access_event, ab::policies<ab::file_storage<>, ab::manual_clock>>;

void print(std::string const& title, grants const& g) {
  std::cout << title << ":\n";
  for (auto const& [who, what] : g.held) std::cout << "  " << who << " may use " << what << '\n';
}

class desk {
 public:
  explicit desk(access_store& store) : store_(store) {}

  // What is decided on is what is expected to be there still when it is written.
  template <class Event>
  ab::result<void> record(day today, Event const& e) {
    store_.clock().set(morning_of(today));
    auto const now = current_.value();
    if (!now) return now.error();
    if (auto const ok = allowed(e, now->state); !ok) return ok;
    auto const written = log_.append(ab::exact(now->through), e);
    if (!written) return written.error();
    return {};
  }

  ab::result<void> now() const {
    auto const now = current_.value();
    if (!now) return now.error();
    print("now, after " + std::to_string(now->through.value) + " events", now->state);
    return {};
  }

  ab::result<void> on(day d) const {
    auto const then = ab::query(log_).during({}, night_of(d)).fold<grants>();
    if (!then) return then.error();
    print("on " + to_text(morning_of(d)), *then);
    return {};
  }

  ab::result<void> audit(day first, day last) const {
    auto const granted_then = ab::query(log_).of<granted>().during(morning_of(first), night_of(last));
    std::cout << "granted from " << to_text(morning_of(first)) << " to " << to_text(morning_of(last)) << ":\n";
    return granted_then.each([](auto const& e) {
      auto const& [right, by] = e.data;
      std::cout << "  " << to_text(e.at) << ": " << right.what << " to " << right.who << ", by " << by << '\n';
    });
  }

 private:
  access_store& store_;
  access_store::stream_type<> log_ = store_.stream("access");
  decltype(ab::view<grants>(log_)) current_ = ab::view<grants>(log_);
};

inline constexpr auto not_understood = ab::refuse("this line is none that the desk understands");

ab::result<void> follow(std::string const& line, desk& d) {
  std::istringstream text(line);
  std::vector<std::string> words;
  for (std::string w; text >> w;) words.push_back(w);
  auto const n = words.size();
  auto const date = [&](std::size_t i) { return i < n ? to_day(words[i]) : std::nullopt; };

  if (n == 1 && words[0] == "now") return d.now();
  if (n == 2 && words[0] == "on" && date(1)) return d.on(*date(1));
  if (n == 3 && words[0] == "audit" && date(1) && date(2)) return d.audit(*date(1), *date(2));
  if (n == 5 && date(0) && words[2] == "grants") return d.record(*date(0), granted{{words[3], words[4]}, words[1]});
  if (n == 5 && date(0) && words[2] == "revokes") return d.record(*date(0), revoked{{words[3], words[4]}, words[1]});
  return not_understood;
}

}  // namespace

int main(int argc, char** argv) {
  auto store = access_store::open(argc > 1 ? argv[1] : "access.store");
  if (!store) return std::cerr << store.error() << '\n', 1;
  desk d(*store);
  for (std::string line; std::getline(std::cin, line);) {
    if (auto const ok = follow(line, d); !ok) std::cout << line << "\n  " << ok.error() << '\n';
  }
}
