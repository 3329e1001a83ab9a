/// @file
/// The room of streams: append, read, fold.
#pragma once

#include "anabranch/log/operations.hpp"
#include "anabranch/log/stream.hpp"
