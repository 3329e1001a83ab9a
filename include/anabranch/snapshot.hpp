/// @file
/// The room of snapshots.
#pragma once

#include "anabranch/snapshot/snapshot.hpp"
