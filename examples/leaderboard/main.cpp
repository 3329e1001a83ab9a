// Scores that several game servers count without asking each other, and tickets of which never more are sold than there are.
#include <anabranch/anabranch.hpp>
#include <anabranch/crdt.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

struct board {
  ab::add_wins_map<std::string, ab::pn_counter<>> scores;
  ab::bounded_counter<> tickets;
};

class server {
 public:
  explicit server(std::uint32_t number) : me_(number) {}

  void score(std::string const& player, std::uint64_t points) {
    board_.scores.update(player, [&](auto& s) { return s.increment(me_, points); });
  }
  void penalty(std::string const& player, std::uint64_t points) {
    board_.scores.update(player, [&](auto& s) { return s.decrement(me_, points); });
  }
  void new_season() { board_.scores.clear(); }

  void issue(std::uint64_t n) { board_.tickets.increment(me_, n); }
  /// Only with a right of this server's own: nobody has to be asked, and nothing is sold twice.
  bool sell() {
    auto const sold = board_.tickets.decrement(me_);
    if (!sold) std::printf("server %u: %s\n", me_.number(), sold.error().message().c_str());
    return sold.has_value();
  }
  bool give(server const& to, std::uint64_t n) { return board_.tickets.transfer(me_, to.me_.id(), n).has_value(); }

  /// Asks another server for what this one lacks, and joins it.
  void pull(server const& from) { ab::join(board_, ab::difference(from.board_, board_)); }

  std::vector<std::pair<std::int64_t, std::string>> top() const {
    std::vector<std::pair<std::int64_t, std::string>> all;
    board_.scores.each([&](std::string const& p, auto const& s) { all.emplace_back(s.value(), p); });
    std::sort(all.begin(), all.end(), std::greater<>());
    return all;
  }
  std::int64_t tickets() const { return board_.tickets.value(); }

 private:
  ab::replica me_;
  board board_;
};

int main() {
  server east(1), west(2);
  east.issue(3);
  for (int i = 0; i < 100; ++i) east.score("ada", 7);
  west.score("bob", 650);
  west.score("ada", 40);
  west.pull(east);
  east.pull(west);

  // The servers don't reach each other. In the west a season ends, in the east somebody still plays the old one.
  west.new_season();
  east.score("ada", 5);
  west.score("cid", 10);
  std::printf("west sells: %s\n", west.sell() ? "yes" : "no");
  std::printf("east gives the west a ticket: %s\n", east.give(west, 1) ? "yes" : "no");
  std::printf("east sells: %s\n", east.sell() ? "yes" : "no");
  std::printf("east sells: %s\n", east.sell() ? "yes" : "no");
  std::printf("east sells: %s\n", east.sell() ? "yes" : "no");

  west.pull(east);
  east.pull(west);
  std::printf("west sells: %s\n", west.sell() ? "yes" : "no");
  east.pull(west);
  for (auto const& [points, player] : east.top())
    std::printf("%-4s %4lld\n", player.c_str(), static_cast<long long>(points));
  std::printf("tickets left: %lld\n", static_cast<long long>(east.tickets()));
  std::puts(east.top() == west.top() ? "the same in the west" : "not the same");
}
