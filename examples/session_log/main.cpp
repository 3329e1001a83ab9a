// A session that one process writes and any number read, each from wherever it is, to show it or to have the same.
//
//   session_log serve <folder> <session> <owner> <port> [<heartbeat in ms>]
//       records the lines of its input ("/open", "/close", "/tool arguments", or what is said), and serves all sessions
//   curl -fsN -H 'Last-Event-ID: 41' '127.0.0.1:8080/events?session=chat' | session_log replay <folder> <session>
#include "http.hpp"

#include <cstdlib>
#include <iostream>
#include <thread>

session_event to_event(std::string const& line) {
  if (line == "/open") return opened{};
  if (line == "/close") return closed{};
  if (!line.starts_with('/')) return said{line};
  auto const end = line.find(' ');
  return called{line.substr(1, end - 1), end == line.npos ? "" : line.substr(end + 1)};
}

int main(int argc, char** argv) {
  auto const report = [](ab::result<void> const& r) { return r ? 0 : (std::cerr << r.error() << '\n', 1); };
  if (argc < 4) return report(ab::refuse("it isn't said which folder and which session"));
  auto store = session_store::open(argv[2]);
  auto const id = ab::name::parse(argv[3]);
  if (!store || !id) return report(!store ? store.error() : id.error());
  session_bus bus(*store);
  auto const s = store->stream(*id);
  if (argc < 6) return report(replay(bus, s, std::cin));

  httplib::Server http;
  std::stop_source stop;
  answer(http, *store, bus, std::chrono::milliseconds(argc > 6 ? std::atoi(argv[6]) : 15000), stop.get_token());
  if (!http.bind_to_port("127.0.0.1", std::atoi(argv[5]))) return report(ab::refuse("the port can't be had"));
  std::jthread const listens([&] { http.listen_after_bind(); });
  while (!http.is_running()) std::this_thread::yield();
  for (std::string line; std::getline(std::cin, line);)
    report(record(bus, s, s.last().next(), {argv[4], s.now().nanoseconds, to_event(line)}));
  stop.request_stop();
  http.stop();
}
