// A program that has changed four times, and what it wrote before.
#pragma once

#include <anabranch/anabranch.hpp>
#include <anabranch/testing/old_events.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace upcasting {

// What was.
namespace v1 {
struct deposited {
  static constexpr ab::definition definition{"deposited", 1};
  std::int32_t euros = 0;
};
struct moved {
  std::int64_t in = 0, out = 0;
};
struct first_named {
  std::string name;
};
struct last_named {
  std::string name;
};
struct pinged {};
struct settled {
  std::int64_t cents = 0;
};
struct batch {
  std::vector<std::int64_t> cents;
};
struct title_set {
  std::string text;
};
struct subtitle_set {
  std::string text;
};
}  // namespace v1
namespace v2 {
struct deposited {
  static constexpr ab::definition definition{"deposited", 2};
  std::int64_t cents = 0;
};
}  // namespace v2

// What is.
struct deposited {
  static constexpr ab::definition definition{"deposited", 3};
  std::int64_t cents = 0;
  std::string currency;
};
struct withdrawn {
  std::int64_t cents = 0;
};
struct named {
  std::string first, last;
};
struct titled {
  std::string title;
  std::optional<std::string> subtitle;
};
using account_event = ab::one_of<deposited, withdrawn, named, titled>;

// How one becomes the other.
struct in_cents {
  static v2::deposited up(v1::deposited const& old) { return {std::int64_t{old.euros} * 100}; }
};
struct with_currency {
  static deposited up(v2::deposited const& old) { return {old.cents, "EUR"}; }
};
struct in_and_out {
  static std::tuple<v2::deposited, withdrawn> up(v1::moved const& old) { return {{old.in}, {old.out}}; }
};
struct whole_name {
  static named up(v1::first_named const& a, v1::last_named const& b) { return {a.name, b.name}; }
};
struct no_pings {
  static void up(v1::pinged const&) {}
};
struct renamed {
  static withdrawn up(v1::settled const& old) { return {old.cents}; }
};
struct one_by_one {
  static ab::result<std::vector<v2::deposited>> up(v1::batch const& old) {
    std::vector<v2::deposited> all;
    for (auto const cents : old.cents) {
      if (cents < 0) return ab::error(ab::errc::invalid_argument, "a batch holds a debt", "mend it by hand");
      if (cents == 0) throw cents;
      all.push_back({cents});
    }
    return all;
  }
};
struct whole_title {
  static titled up(v1::title_set const& a, v1::subtitle_set const& b) { return {a.text, b.text}; }
};
struct title_alone {
  static titled up(v1::title_set const& a) { return {a.text, {}}; }
};
using all_upcasts = ab::upcasts<with_currency, in_cents, in_and_out, whole_name, no_pings, renamed, one_by_one,
                                whole_title, title_alone>;

// Every event as a line: "revision.part what".
struct journal {
  std::vector<std::string> lines;

  void apply(deposited const& e, auto const& i) { line(i, "+" + std::to_string(e.cents) + e.currency); }
  void apply(withdrawn const& e, auto const& i) { line(i, "-" + std::to_string(e.cents)); }
  void apply(named const& e, auto const& i) { line(i, e.first + " " + e.last); }
  void apply(titled const& e, auto const& i) { line(i, e.title + "/" + e.subtitle.value_or("?")); }
  friend bool operator==(journal const&, journal const&) = default;

 private:
  void line(auto const& i, std::string what) {
    lines.push_back(std::to_string(i.revision.value) + "." + std::to_string(i.part) + " " + std::move(what));
  }
};

}  // namespace upcasting
