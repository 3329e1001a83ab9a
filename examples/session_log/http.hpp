// Sessions as Server-Sent Events, over HTTP: GET /events?session=chat, or with &type=said those of one type.
#pragma once

#include "session.hpp"

#include <anabranch/ext/cereal/json.hpp>
#include <anabranch/ext/cereal/one_of.hpp>
#include <anabranch/subscription/bell.hpp>

#include <httplib.h>
#include <charconv>
#include <istream>

inline std::string to_sse(entry const& e, ab::revision id, std::string_view type) {
  std::string data;
  ab::cereal_json_output json(data);
  json(cereal::make_nvp("entry", e));
  json.finish();
  return "id: " + std::to_string(id.value) + "\nevent: " + std::string(type) + "\ndata: " + data + "\n\n";
}

inline ab::result<ab::revision> to_revision(std::string_view id, ab::revision last = {INT64_MAX}) {
  ab::revision r{-1};
  auto const [end, fault] = std::from_chars(id.data(), id.data() + id.size(), r.value);
  if (fault == std::errc{} && end == id.data() + id.size() && r.value >= 0 && r <= last) return r;
  return ab::error(ab::errc::out_of_range, "the session has no such revision", "name the id of one of its events", id);
}

inline ab::result<void> replay(session_bus& bus, session const& s, std::istream& in) {
  std::string id, data;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("id: ")) id = line.substr(4);
    if (line.starts_with("data: ")) data = line.substr(6);
    if (!line.empty() || data.empty()) continue;
    auto const at = to_revision(id);
    auto const e = ab::cereal_json::decode<entry>(std::as_bytes(std::span(data)));
    if (!at || !e) return !at ? at.error() : e.error();
    if (auto const ok = record(bus, s, *at, *e); !ok) return ok;
    data.clear();
  }
  return {};
}

struct reader {
  ab::catch_up_subscription<session> tail;
  std::string type;
  ab::bell bell{};
  ab::subscription rings{};

  // Where there is nothing to tell a comment, so that both ends see that the other is there.
  bool tell(httplib::DataSink& to, std::chrono::milliseconds heartbeat, std::stop_token const& stop) {
    std::string text;
    auto const n = tail.poll(64, [&]<class Event>(Event const& e, auto const& info) {
      auto const name = ab::definition_of<Event>.name;
      if (type.empty() || type == name) text += to_sse({info.meta, info.at.nanoseconds, e}, info.revision, name);
    });
    if (n && *n == 0) bell.wait_for(heartbeat, stop);
    if (text.empty()) text = ": nothing new\n\n";
    return n && !stop.stop_requested() && to.write(text.data(), text.size());
  }
};

// A reader takes a thread while it is there; one that takes nothing for five seconds is dropped.
inline void answer(httplib::Server& http, session_store& store, session_bus& bus, std::chrono::milliseconds heartbeat,
                   std::stop_token const& stop) {
  http.new_task_queue = [] { return new httplib::ThreadPool(64); };
  http.Get("/events", [&, heartbeat, stop](auto const& asked, auto& reply) {
    auto const refuse = [&](ab::error const& e) {
      reply.status = e == ab::errc::no_such_stream ? 404 : 400;
      reply.set_content(e.message().c_str(), "text/plain");
    };
    auto const id = ab::name::parse(asked.get_param_value("session"));
    if (!id) return refuse(id.error());
    if (!ab::catalog(store).contains(*id)) return refuse({ab::errc::no_such_stream, "no such session", "", id->view()});
    auto const s = store.stream(*id);
    ab::result<ab::revision> seen = ab::revision{-1};
    if (asked.has_header("Last-Event-ID")) seen = to_revision(asked.get_header_value("Last-Event-ID"), s.last());
    if (!seen) return refuse(seen.error());
    auto const r = std::make_shared<reader>(ab::catch_up(s, *seen), asked.get_param_value("type"));
    auto const ring = [&bell = r->bell](auto const&) { bell.ring(); };
    auto rings = r->type.empty() ? bus.subscribe(s, ring) : bus.subscribe(ab::type_named(r->type), ring);
    if (!rings) return refuse(rings.error());
    r->rings = *std::move(rings);
    reply.set_chunked_content_provider("text/event-stream",
                                       [=](std::size_t, auto& to) { return r->tell(to, heartbeat, stop); });
  });
}
