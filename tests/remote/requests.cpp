// What a server makes of bytes, whatever they are.
#include "remote/transports.hpp"
#include "spine/observed.hpp"

#include <random>
#include <vector>

namespace remote_tests {
namespace {

using namespace spine;
using ab::detail::request_bytes;

using kept = on_file::store<both_families, ab::global_order, ab::manual_clock>;

ab::errc refusal_of(ab::bytes const& answer) {
  REQUIRE_FALSE(answer.empty());
  if (answer.front() != static_cast<std::byte>(ab::remote::answer::refused)) return ab::errc{};
  return ab::detail::refusal_from(ab::bytes_view(answer).subspan(1)).code;
}

// One of each kind, all of which make sense.
std::vector<ab::bytes> sensible() {
  using namespace ab::remote;
  auto const shape = ab::canonical_codec::shape<std::int64_t>();
  commit c;
  c.streams = {{{0, "a"}, 2, 3}, {{0, "b"}, 1, 0}};
  c.tables = {{"t", shape}};
  c.values = {{0, "k", true, ab::bytes(8, std::byte{1})}};
  c.changes = {{change::append, 1, 0, "", ab::bytes(16)},
               {change::truncate, 0, 2, "", {}},
               {change::put, 0, 0, "new", ab::bytes(8)},
               {change::erase, 0, 0, "k", {}}};
  return {request_bytes(hello{1, 7}),
          request_bytes(get_head{{0, "a"}}),
          request_bytes(read_stream{{0, "a"}, 2, 9}),
          request_bytes(read_store{3, 9}),
          request_bytes(check_boundary{{0, "a"}, 2}),
          request_bytes(open_table{{"t", shape}}),
          request_bytes(get_value{{"t", shape}, "k"}),
          request_bytes(get_keys{{"t", shape}}),
          request_bytes(list_streams{}),
          request_bytes(list_tables{}),
          request_bytes(ab::remote::sync{}),
          request_bytes(c)};
}

TEST_CASE("a request that the server doesn't know", "[remote][R70][R73]") {
  on_file fixture;
  auto s = busy_store(fixture);
  ab::remote::server served(s);
  for (unsigned tag : {0U, 13U, 255U, 256U, 0xFFFFU}) {
    auto const answer = served.answer(ab::bytes{static_cast<std::byte>(tag), static_cast<std::byte>(tag >> 8U)});
    CHECK(refusal_of(answer) == ab::errc::unknown_request);
    auto const said = ab::detail::refusal_from(ab::bytes_view(answer).subspan(1));
    CHECK(said.message().view() == "request " + std::to_string(tag) +
                                       ": the server doesn't know this kind of request; use the same version of the "
                                       "library on both sides");
  }
  CHECK(refusal_of(served.answer({})) == ab::errc::malformed);
}

TEST_CASE("requests that are cut off, go on, or are about nothing", "[remote][R70][R73]") {
  on_file fixture;
  auto s = busy_store(fixture);
  ab::remote::server served(s);
  auto const before = observed(s);
  for (auto const& request : sensible()) {
    INFO("request " << std::to_integer<int>(request[0]));
    for (std::size_t n = 2; n < request.size(); ++n)
      CHECK(refusal_of(served.answer(ab::bytes_view(request).first(n))) == ab::errc::malformed);
    auto longer = request;
    longer.push_back(std::byte{});
    CHECK(refusal_of(served.answer(longer)) == ab::errc::malformed);
  }
  using namespace ab::remote;
  auto const refused = [&](auto const& r) { return refusal_of(served.answer(request_bytes(r))); };
  CHECK(refused(hello{2, 0}) == ab::errc::wrong_format);
  CHECK(refused(hello{1, 0}) == ab::errc::wrong_format);
  CHECK(refused(get_head{{2, "a"}}) == ab::errc::malformed);
  CHECK(refused(get_head{{0, "a\n"}}) == ab::errc::invalid_name);
  CHECK(refused(get_head{{1, "a"}}) == ab::errc::wrong_family);
  CHECK(refused(read_stream{{0, "a"}, 1, 9}) == ab::errc::truncated);
  CHECK(refused(open_table{{"t", 1}}) == ab::errc::wrong_type);
  commit c;
  c.values = {{0, "k", false, {}}};
  CHECK(refused(c) == ab::errc::malformed);
  c.values.clear();
  c.changes = {{change::append, 0, 0, "", {}}};
  CHECK(refused(c) == ab::errc::malformed);
  c.streams = {{{0, "b"}, 1, 0}};
  CHECK(refused(c) == ab::errc::malformed);  // no stamp
  c.changes = {{change::append, 0, 99, "", ab::bytes(16)}};
  CHECK(refused(c) == ab::errc::malformed);  // no type
  c.changes = {{change::append, 0, 0, "", ab::bytes(16)}, {change::append, 0, 0, "", ab::bytes(17)}};
  CHECK(refused(c) == ab::errc::malformed);  // the first is undone
  c.changes = {{9, 0, 0, "", {}}};
  CHECK(refused(c) == ab::errc::malformed);
  CHECK(observed(s) == before);
}

TEST_CASE("a million bytes at random, and sensible requests with some of them", "[remote][R70][R73]") {
  on_file fixture;
  auto s = busy_store(fixture);
  ab::remote::server served(s);
  std::mt19937 random(42);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto all = sensible();
    auto request = all[random() % all.size()];
    if (i % 4 == 0) {
      request.resize(2 + random() % 60);
      for (std::size_t k = 2; k < request.size(); ++k) request[k] = static_cast<std::byte>(random());
    } else {
      for (auto n = random() % 3 + 1; n > 0; --n) request[random() % request.size()] = static_cast<std::byte>(random());
    }
    refused += refusal_of(served.answer(request)) != ab::errc{} ? 1 : 0;
  }
  CHECK(refused > 10'000);
  auto const whole = observed(s);
  fixture.reopen(s);
  CHECK(observed(s) == whole);
}

// Answers that no server gives.
class lying {
 public:
  lying(ab::remote::in_process to, std::mt19937& random) : to_(to), random_(&random) {}
  ab::result<ab::bytes> call(ab::bytes_view request) {
    auto answer = to_.call(request);
    if (is(request, ab::remote::hello::tag) || (*random_)() % 2 == 0) return answer;
    for (auto n = (*random_)() % 3; n > 0 && !answer->empty(); --n)
      (*answer)[(*random_)() % answer->size()] = static_cast<std::byte>((*random_)());
    answer->resize((*random_)() % (answer->size() + 3));
    return answer;
  }

 private:
  ab::remote::in_process to_;
  std::mt19937* random_;
};

TEST_CASE("a client believes a server no more than it has to", "[remote][R70][R73]") {
  on_file fixture;
  auto s = busy_store(fixture);
  ab::remote::server served(s);
  std::mt19937 random(7);
  using distrusting =
      ab::store<both_families, ab::policies<ab::remote_storage<lying>, ab::global_order, ab::manual_clock>>;
  int errors = 0;
  for (int i = 0; i < 300; ++i) {
    auto client = distrusting::open(lying(ab::remote::in_process(served), random));
    REQUIRE(client);
    auto a = spine::stream<account_event>(*client, "a");
    errors += a.append(deposited{1}) ? 0 : 1;
    errors += a.read(ab::stored) ? 0 : 1;
    errors += client->fold<journal>(ab::stored) ? 0 : 1;
    errors += spine::kv<std::int64_t>(*client, "t").update("k", 0, [](std::int64_t n) { return n + 1; }) ? 0 : 1;
    errors += spine::kv<std::int64_t>(*client, "t").keys() ? 0 : 1;
    (void)ab::catalog(*client).streams();
    (void)ab::catalog(*client).tables();
  }
  CHECK(errors > 300);
}

// Answers one kind of request with what it is told.
class telling {
 public:
  telling(ab::remote::in_process to, std::uint16_t tag, ab::bytes answer)
      : to_(to), tag_(tag), answer_(std::move(answer)) {}
  ab::result<ab::bytes> call(ab::bytes_view request) {
    if (is(request, tag_)) return answer_;
    return to_.call(request);
  }

 private:
  ab::remote::in_process to_;
  std::uint16_t tag_;
  ab::bytes answer_;
};

TEST_CASE("a server that says what can't be is malformed, and holds nobody up", "[remote][R70][R73]") {
  on_file fixture;
  auto s = busy_store(fixture);
  ab::remote::server served(s);
  using client =
      ab::store<both_families, ab::policies<ab::remote_storage<telling>, ab::global_order, ab::manual_clock>>;
  auto const told = [&]<class Reply>(std::uint16_t tag, Reply const& reply) {
    auto answer = ab::detail::answer_bytes(ab::remote::answer::done, reply);
    return client::open(telling(ab::remote::in_process(served), tag, std::move(answer)));
  };
  using namespace ab::remote;
  CHECK(told(hello::tag, heads{{}, INT64_MAX, {}}).error() == ab::errc::malformed);
  for (head const& wrong : {head{1, INT64_MAX, 0}, head{INT64_MIN, INT64_MAX, 0}, head{0, 5, 0}, head{9, 5, 0}}) {
    auto c = told(get_head::tag, heads{{wrong}, 0, {}});
    REQUIRE(c);
    auto a = spine::stream<account_event>(*c, "a");
    CHECK(a.last() == ab::revision{0});
    CHECK(a.size() == 0);
    CHECK(a.append(deposited{1}));  // the server corrects what was taken for granted
    CHECK(ab::catalog(*c).total_events() > 0);
  }
  for (page const& circle : {page{{}, {}, true, 1, 9}, page{{}, {}, true, 2, 1}, page{{}, {}, true, -5, 3}}) {
    auto c = told(read_stream::tag, circle);
    REQUIRE(c);
    auto a = spine::stream<account_event>(*c, "a");
    CHECK(a.read(ab::from(2)).error() == ab::errc::malformed);
    auto d = told(read_store::tag, circle);
    REQUIRE(d);
    CHECK(d->read(ab::from(2)).error() == ab::errc::malformed);
  }
}

TEST_CASE("both sides mean the same store", "[remote][R70][R36]") {
  on_file fixture;
  auto s = fixture.open<account_event>();
  ab::remote::server served(s);
  auto const opens = [&]<class... Policies>(ab::policies<Policies...> const*) {
    using client = ab::store<account_event, ab::policies<ab::remote_storage<ab::remote::in_process>, Policies...>>;
    return client::open(ab::remote::in_process(served)).has_value();
  };
  CHECK(opens(static_cast<ab::policies<> const*>(nullptr)));
  CHECK_FALSE(opens(static_cast<ab::policies<ab::global_order> const*>(nullptr)));
  CHECK_FALSE(opens(static_cast<ab::policies<ab::manual_clock> const*>(nullptr)));
  CHECK_FALSE(opens(static_cast<ab::policies<ab::revisions_from<0>> const*>(nullptr)));
  using other = ab::store<order_event, ab::policies<ab::remote_storage<ab::remote::in_process>>>;
  CHECK(other::open(ab::remote::in_process(served)).error() == ab::errc::wrong_format);
}

}  // namespace
}  // namespace remote_tests
