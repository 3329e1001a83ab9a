/// @file
/// Projections that are kept, and can be dropped and folded again.
#pragma once

#include "anabranch/registry/registry.hpp"
#include "anabranch/registry/status.hpp"
