/// @file
/// The room of deciders: from a command and a state to events, appended as they were decided or not at all.
#pragma once

#include "anabranch/decider/also.hpp"
#include "anabranch/decider/backoff.hpp"
#include "anabranch/decider/concepts.hpp"
#include "anabranch/decider/decide_on.hpp"
#include "anabranch/decider/decision.hpp"
#include "anabranch/decider/handle.hpp"
#include "anabranch/decider/handled.hpp"
#include "anabranch/decider/refuse.hpp"
#include "anabranch/decider/retry.hpp"
#include "anabranch/decider/retry_append.hpp"
#include "anabranch/decider/snapshots.hpp"
