/// @file
/// All rooms of the library, without `ext/`.
#pragma once

#include "anabranch/blob.hpp"
#include "anabranch/clock.hpp"
#include "anabranch/codec.hpp"
#include "anabranch/commit.hpp"
#include "anabranch/core.hpp"
#include "anabranch/decider.hpp"
#include "anabranch/hash.hpp"
#include "anabranch/idempotency.hpp"
#include "anabranch/inline_projection.hpp"
#include "anabranch/kv.hpp"
#include "anabranch/log.hpp"
#include "anabranch/policies.hpp"
#include "anabranch/projection.hpp"
#include "anabranch/registry.hpp"
#include "anabranch/snapshot.hpp"
#include "anabranch/storage/file.hpp"
#include "anabranch/storage/memory.hpp"
#include "anabranch/store.hpp"
#include "anabranch/subscription.hpp"
