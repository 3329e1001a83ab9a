/// @file
/// States that are kept in the commits of the events that make them.
#pragma once

#include "anabranch/inline_projection/append.hpp"
#include "anabranch/inline_projection/catch_up.hpp"
#include "anabranch/inline_projection/inlined.hpp"
#include "anabranch/inline_projection/load.hpp"
