/// @file
/// Replicas that exchange deltas: buffers, acknowledgements, membership, stability.
#pragma once

#include "anabranch/replication/delivery.hpp"

#include "anabranch/replication/message.hpp"
#include "anabranch/replication/replicated.hpp"
#include "anabranch/replication/stability.hpp"
#include "anabranch/replication/state_type.hpp"
