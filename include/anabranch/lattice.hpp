/// @file
/// The room of lattices: values that merge, and how they compose.
#pragma once

#include "anabranch/lattice/all.hpp"
#include "anabranch/lattice/antichain.hpp"
#include "anabranch/lattice/any.hpp"
#include "anabranch/lattice/bounds.hpp"
#include "anabranch/lattice/chain.hpp"
#include "anabranch/lattice/concepts.hpp"
#include "anabranch/lattice/fingerprint.hpp"
#include "anabranch/lattice/lexicographic.hpp"
#include "anabranch/lattice/map.hpp"
#include "anabranch/lattice/max.hpp"
#include "anabranch/lattice/merge_parts.hpp"
#include "anabranch/lattice/min.hpp"
#include "anabranch/lattice/morphism.hpp"
#include "anabranch/lattice/operations.hpp"
#include "anabranch/lattice/option.hpp"
#include "anabranch/lattice/pair.hpp"
#include "anabranch/lattice/product.hpp"
#include "anabranch/lattice/set.hpp"
#include "anabranch/lattice/try_join.hpp"
#include "anabranch/lattice/value_order.hpp"
