/// @file
/// The room of clocks: how the time of an event is told.
#pragma once

#include "anabranch/clock/concepts.hpp"
#include "anabranch/clock/manual.hpp"
#include "anabranch/clock/no_clock.hpp"
#include "anabranch/clock/system.hpp"
#include "anabranch/clock/timestamp.hpp"
