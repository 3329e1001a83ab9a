/// @file
/// The room of snapshots.
#pragma once

#include "anabranch/snapshot/compact.hpp"
#include "anabranch/snapshot/due.hpp"
#include "anabranch/snapshot/operations.hpp"
#include "anabranch/snapshot/snapshot.hpp"
