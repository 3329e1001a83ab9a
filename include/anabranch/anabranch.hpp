/// @file
/// All rooms of the library, without `ext/`.
#pragma once

#include "anabranch/clock.hpp"
#include "anabranch/commit.hpp"
#include "anabranch/core.hpp"
#include "anabranch/kv.hpp"
#include "anabranch/log.hpp"
#include "anabranch/policies.hpp"
#include "anabranch/projection.hpp"
#include "anabranch/store.hpp"
