/// @file
/// The room of idempotency: appends that a repeat doesn't repeat.
#pragma once

#include "anabranch/idempotency/append_new.hpp"
#include "anabranch/idempotency/append_once.hpp"
