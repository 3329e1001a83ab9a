/// @file
/// The room of queries: which events, and what to do with them.
#pragma once

#include "anabranch/query/expect_none.hpp"
#include "anabranch/query/query.hpp"
#include "anabranch/query/selection.hpp"
#include "anabranch/query/typed_event.hpp"
