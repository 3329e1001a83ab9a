/// @file
/// Containers as a policy: what states are made of.
#pragma once

#include "anabranch/container/concepts.hpp"
#include "anabranch/container/encoding.hpp"
#include "anabranch/container/entry.hpp"
#include "anabranch/container/fixed.hpp"
#include "anabranch/container/fixed_sequence.hpp"
#include "anabranch/container/flat.hpp"
#include "anabranch/container/flat_map.hpp"
#include "anabranch/container/hash.hpp"
#include "anabranch/container/hash_map.hpp"
#include "anabranch/container/key_hash.hpp"
#include "anabranch/container/merge.hpp"
#include "anabranch/container/node.hpp"
#include "anabranch/container/node_map.hpp"
#include "anabranch/container/pmr.hpp"
#include "anabranch/container/sequence.hpp"
#include "anabranch/container/set_of.hpp"
