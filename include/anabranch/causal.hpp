/// @file
/// Who did what, and who has seen it: dots, version vectors, causal contexts, and stores of dots.
#pragma once

#include "anabranch/causal/context.hpp"
#include "anabranch/causal/dot.hpp"
#include "anabranch/causal/dot_fun.hpp"
#include "anabranch/causal/dot_map.hpp"
#include "anabranch/causal/dot_pair.hpp"
#include "anabranch/causal/dot_set.hpp"
#include "anabranch/causal/payload.hpp"
#include "anabranch/causal/replica.hpp"
#include "anabranch/causal/replica_counts.hpp"
#include "anabranch/causal/version_vector.hpp"
