/// @file
/// The bridge to range-v3: events as its ranges, queries as its views.
#pragma once

#include "anabranch/ext/range_v3/matching_view.hpp"
#include "anabranch/ext/range_v3/views.hpp"
