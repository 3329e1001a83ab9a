// What a catch-up subscription reads: a stream by its revisions, or a store by its positions.
#pragma once

#include "anabranch/core/error.hpp"
#include "anabranch/core/identifiers.hpp"
#include "anabranch/core/name.hpp"
#include "anabranch/core/range.hpp"
#include "anabranch/core/result.hpp"
#include "anabranch/core/text.hpp"
#include "anabranch/log/stream.hpp"
#include "anabranch/store.hpp"

#include <type_traits>
#include <vector>

namespace ab::detail {

template <class Engine, class Place>
auto places_in(Engine& e, result<name> const& table) {
  using table_type = typename Engine::template table_type<Place>;
  return table ? e.template table<Place>(*table) : result<table_type*>(table.error());
}

template <class Source>
class feed;

template <class Stream>
class feed<stream<Stream>> {
 public:
  using engine_type = typename Stream::engine_type;
  using place = revision;
  using event_family = typename Stream::event_family;
  using recorded_type = typename engine_type::recorded_type;

  explicit feed(stream<Stream> const& s) noexcept : stream_(&s.node()) {}

  engine_type& engine() const noexcept { return *stream_->engine; }
  static constexpr place none() noexcept { return Stream::none(); }
  place last() const { return stream_->last(); }
  std::string_view where() const noexcept { return stream_->key(); }
  bool usable(refusal& err) const noexcept { return stream_->usable(err); }
  // A table a stream, so that no pair of stream and name can look like another.
  result<name> table() const { return name::reserved(text<600>("checkpoint/").append(stream_->key().view())); }

  result<void> read(place_range<revision> r, std::vector<recorded_type>& to) const {
    auto const events = stream_->template read<1>(r);
    if (!events) return events.error();
    to.reserve(events->size());
    for (auto const& e : *events) {
      e.data.visit([&](auto const& data) { to.push_back(recorded_type(e, decltype(recorded_type::data)(data))); });
    }
    return {};
  }
  static place place_of(recorded_type const& e) noexcept { return e.revision; }

 private:
  Stream* stream_;
};

template <class Families, class Policies>
class feed<store<Families, Policies>> {
  using store_type = store<Families, Policies>;

 public:
  using engine_type = std::remove_reference_t<decltype(store_access::engine(std::declval<store_type&>()))>;
  using place = position;
  using recorded_type = typename engine_type::recorded_type;
  using event_family = typename engine_type::schema::any_event;

  explicit feed(store_type& s) noexcept : engine_(&store_access::engine(s)) {}

  engine_type& engine() const noexcept { return *engine_; }
  static constexpr place none() noexcept { return {}; }
  place last() const { return engine_->last_position(); }
  std::string_view where() const noexcept { return {}; }
  static bool usable(refusal&) noexcept { return true; }
  static result<name> table() { return name::reserved("store-checkpoint"); }

  result<void> read(place_range<position> r, std::vector<recorded_type>& to) const {
    auto const ok = engine_->scan(r, [&](auto const& data, auto const& info) {
      to.push_back(recorded_type(info, decltype(recorded_type::data)(data)));
    });
    if (!ok) return ok.error();
    return {};
  }
  static place place_of(recorded_type const& e) noexcept { return e.position; }

 private:
  engine_type* engine_;
};

template <class Source>
inline constexpr bool is_a_stream = false;
template <class Stream>
inline constexpr bool is_a_stream<stream<Stream>> = true;

template <class Source>
inline constexpr bool is_store = false;
template <class Families, class Policies>
inline constexpr bool is_store<store<Families, Policies>> = true;

template <class Engine>
consteval bool must_own_events() {
  if constexpr (requires { Engine::template borrows<typename Engine::schema::any_event>; }) {
    constexpr bool borrows = Engine::template borrows<typename Engine::schema::any_event>;
    static_assert(!borrows,
                  "an event of this store points into bytes that it doesn't own, and would be gone before it is told; "
                  "keep a std::string or std::vector instead of a view");
    return !borrows;
  }
  return true;
}

template <class Source>
consteval bool must_be_followed() {
  static_assert(is_store<Source> || is_a_stream<Source>,
                "what is followed is a stream, or a store under ab::global_order");
  if constexpr (is_store<Source>) {
    using engine = std::remove_reference_t<decltype(store_access::engine(std::declval<Source&>()))>;
    static_assert(engine::schema::global,
                  "this store keeps no order among its streams, so there is no place in the whole of it to go on from; "
                  "name ab::global_order among its policies, or follow a stream");
    return engine::schema::global;
  }
  return is_a_stream<Source>;
}

}  // namespace ab::detail
