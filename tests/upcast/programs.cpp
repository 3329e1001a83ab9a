// Programs of several ages, one after the other, on the same files.
#include "spine/storages.hpp"
#include "upcast/versions.hpp"

#include "catch.hpp"

namespace upcasting {
namespace {

using ab::errc;
using spine::on_file;
template <class Families, class... Policies>
using file_store = on_file::store<Families, Policies...>;

using first_program = ab::one_of<v1::deposited, v1::moved, v1::first_named, v1::last_named, v1::pinged, withdrawn>;
using second_program = ab::one_of<v2::deposited, withdrawn>;

TEST_CASE("what an old program wrote is read by a new one, and both go on", "[upcast][R35][R36]") {
  on_file fixture;
  {
    auto s = fixture.open<first_program>();
    auto a = s.stream("a");
    REQUIRE(a.append(v1::deposited{5}, withdrawn{20}, v1::first_named{"Ada"}, v1::last_named{"Lovelace"}));
    REQUIRE(s.stream("pings").append(v1::pinged{}));
  }
  for (int times = 1; times <= 2; ++times) {
    auto s = fixture.open<account_event, all_upcasts>();
    auto a = s.stream("a");
    REQUIRE(a.append(deposited{times, "USD"}));
    auto const j = a.fold<journal>();
    REQUIRE(j);
    CHECK(j->lines.size() == 3U + static_cast<std::size_t>(times));
    CHECK(j->lines[0] == "1.0 +500EUR");
    CHECK(s.stream("pings").last() == ab::revision{1});
    CHECK(s.stream("pings").fold<journal>()->lines.empty());
  }
  auto const old = file_store<first_program>::open(fixture.path());
  REQUIRE(!old);
  CHECK(old.error() == errc::wrong_type);  // the new version is none that it declares
}

TEST_CASE("several families, each with its own old events", "[upcast][R35]") {
  struct shipped {
    std::int32_t item;
  };
  on_file fixture;
  {
    auto s = fixture.open<ab::families<ab::one_of<v1::deposited, v1::settled>, ab::one_of<shipped>>>();
    REQUIRE(s.stream<ab::one_of<v1::deposited, v1::settled>>("a").append(v1::settled{1}));
    REQUIRE(s.stream<ab::one_of<shipped>>("o").append(shipped{1}));
  }
  using both = ab::families<ab::one_of<shipped>, ab::one_of<deposited, withdrawn>>;
  auto s = fixture.open<both, ab::upcasts<with_currency, in_cents, renamed>>();
  using money = ab::one_of<deposited, withdrawn>;
  CHECK((*s.stream<money>("a").read()).front().data.get_if<withdrawn>() != nullptr);
  CHECK((*s.stream<ab::one_of<shipped>>("o").read()).size() == 1);
  CHECK(s.stream<money>("o").read().error() == errc::wrong_family);
}

TEST_CASE("types and versions that nobody declares", "[upcast][R35][R36][R73]") {
  on_file fixture;
  {
    auto s = fixture.open<first_program>();
    REQUIRE(s.stream("a").append(v1::deposited{5}, v1::pinged{}, withdrawn{20}, v1::first_named{"Ada"}));
    REQUIRE(s.stream("b").append(v1::pinged{}));
  }
  SECTION("are refused, and nothing is changed") {
    CHECK(file_store<ab::one_of<withdrawn>>::open(fixture.path()).error() == errc::unknown_type);
    auto const e = file_store<second_program>::open(fixture.path()).error();
    CHECK(e == errc::wrong_type);
    CHECK(e.expected == 2);
    CHECK(e.actual == 1);
    CHECK(file_store<first_program>::open(fixture.path()));
  }
  SECTION("or pass through, for who asks for it") {
    using passing = ab::one_of<deposited, withdrawn, ab::unknown_event>;
    {
      auto s = fixture.open<passing>();
      auto a = s.stream("a");
      auto const events = a.read();
      REQUIRE(events);
      REQUIRE(events->size() == 4);
      auto const* old = (*events)[0].data.get_if<ab::unknown_event>();
      REQUIRE(old != nullptr);
      CHECK(old->name == "deposited");
      CHECK(old->version == 1);
      CHECK(ab::canonical_codec::decode<v1::deposited>(old->data)->euros == 5);
      CHECK((*events)[0].type() == "deposited");
      CHECK((*events)[2].data.get_if<withdrawn>()->cents == 20);
      CHECK(s.stream("b").append(withdrawn{1}, deposited{1, "EUR"}));
    }
    auto s = fixture.open<passing, ab::global_order>();
    CHECK((*s.read()).size() == 7);
    CHECK((*s.stream("b").read())[2].data.get_if<deposited>()->currency == "EUR");
  }
}

// Three ages of one event, to which fields were only added.
namespace age1 {
struct ordered {
  static constexpr ab::definition definition{.name = "ordered", .tolerant = true};
  std::int32_t item = 0;
};
}  // namespace age1
namespace age2 {
struct ordered {
  static constexpr ab::definition definition{.name = "ordered", .tolerant = true};
  std::int32_t item = 0;
  std::string colour = "blue";
  std::optional<std::int32_t> size;
};
}  // namespace age2
namespace changed {
struct ordered {
  static constexpr ab::definition definition{.name = "ordered", .tolerant = true};
  std::int64_t item = 0;
  std::string colour;
};
}  // namespace changed
namespace strict {
struct ordered {
  std::int32_t item = 0;
};
}  // namespace strict

TEST_CASE("a tolerant reader minds no fields that were added", "[upcast][R36]") {
  on_file fixture;
  { REQUIRE(fixture.open<ab::one_of<age1::ordered>>().stream("a").append(age1::ordered{1})); }
  {
    auto s = fixture.open<ab::one_of<age2::ordered>>();
    auto a = s.stream("a");
    REQUIRE(a.append(age2::ordered{2, "red", 5}));
    CHECK(a.append(ab::exact(1), age2::ordered{9, "lost", {}}).error() == errc::wrong_revision);
    auto const events = a.read();
    REQUIRE(events);
    CHECK((*events)[0].data.get_if<age2::ordered>()->item == 1);
    CHECK((*events)[0].data.get_if<age2::ordered>()->colour == "blue");
    CHECK((*events)[1].data.get_if<age2::ordered>()->colour == "red");
  }
  {
    auto s = fixture.open<ab::one_of<age1::ordered>, ab::global_order>();
    REQUIRE(s.stream("a").append(age1::ordered{3}));
    auto const all = s.read();
    REQUIRE(all);
    REQUIRE(all->size() == 3);
    for (int i = 0; i < 3; ++i) CHECK((*all)[static_cast<std::size_t>(i)].data.get_if<age1::ordered>()->item == i + 1);
  }
  CHECK(file_store<ab::one_of<changed::ordered>>::open(fixture.path()).error() == errc::wrong_type);
  CHECK(file_store<ab::one_of<strict::ordered>>::open(fixture.path()).error() == errc::wrong_type);
}

struct frozen {
  static constexpr ab::definition definition{"frozen", 1, 14774109213017615701U};
  std::int64_t cents = 0;
  std::string currency;
};

TEST_CASE("a fingerprint is of names and types", "[upcast][R36]") {
  auto s = on_file().open<ab::one_of<frozen>>();  // compiles
  CHECK(s.stream("a").append(frozen{1, "EUR"}));
#if !defined(__clang__) || __clang_major__ >= 18
  struct other_name {
    std::int64_t cent = 0;
    std::string currency;
  };
  struct other_type {
    std::int32_t cents = 0;
    std::string currency;
  };
  struct other_order {
    std::string currency;
    std::int64_t cents = 0;
  };
  CHECK(ab::fingerprint_of<frozen> == frozen::definition.fingerprint);
  CHECK(ab::fingerprint_of<other_name> != ab::fingerprint_of<frozen>);
  CHECK(ab::fingerprint_of<other_type> != ab::fingerprint_of<frozen>);
  CHECK(ab::fingerprint_of<other_order> != ab::fingerprint_of<frozen>);
#endif
}

}  // namespace
}  // namespace upcasting
