/// @file
/// The room of key-values.
#pragma once

#include "anabranch/kv/kv.hpp"
#include "anabranch/kv/operations.hpp"
