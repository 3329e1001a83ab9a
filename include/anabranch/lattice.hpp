/// @file
/// The room of lattices: values that merge, and how they compose.
#pragma once

#include "anabranch/lattice/concepts.hpp"
#include "anabranch/lattice/operations.hpp"
