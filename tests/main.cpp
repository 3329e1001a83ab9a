// Linked into every test executable: main (under Catch2 2; version 3 brings its own), and a listener that writes down what
// each test case has shown, so that tests/run can say which requirement is proved.
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_case_info.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
using listener_base = Catch::EventListenerBase;
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
using listener_base = Catch::TestEventListenerBase;
#endif

#include <cstdlib>
#include <fstream>
#include <string>

namespace {

// Version 2 keeps the information in the statistics, version 3 points to it.
[[maybe_unused]] Catch::TestCaseInfo const& the(Catch::TestCaseInfo const& info) { return info; }
[[maybe_unused]] Catch::TestCaseInfo const& the(Catch::TestCaseInfo const* info) { return *info; }

/// Appends "passed|failed <tab> executable <tab> tags <tab> name" per test case to the file that ANABRANCH_REQUIREMENTS names.
struct requirements final : listener_base {
  using listener_base::listener_base;

  void testRunStarting(Catch::TestRunInfo const& run) override { executable_ = std::string(run.name); }

  void testCaseEnded(Catch::TestCaseStats const& stats) override {
    char const* const file = std::getenv("ANABRANCH_REQUIREMENTS");
    if (file == nullptr) return;
    auto const& info = the(stats.testInfo);
    // Executables run side by side: one write per line keeps the lines whole.
    auto const line = std::string(stats.totals.testCases.allOk() ? "passed" : "failed") + '\t' + executable_ + '\t' +
                      info.tagsAsString() + '\t' + std::string(info.name) + '\n';
    std::ofstream(file, std::ios::app) << line << std::flush;
  }

 private:
  std::string executable_;
};

}  // namespace

CATCH_REGISTER_LISTENER(requirements)
