/// @file
/// The room of projections: states that are folded from events.
#pragma once

#include "anabranch/projection/concepts.hpp"
#include "anabranch/projection/folded.hpp"
#include "anabranch/projection/step.hpp"
