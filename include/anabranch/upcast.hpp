/// @file
/// Upcasting: events of old versions, read as today's.
#pragma once

#include "anabranch/upcast/lifted.hpp"
#include "anabranch/upcast/unknown_event.hpp"
#include "anabranch/upcast/upcasts.hpp"
